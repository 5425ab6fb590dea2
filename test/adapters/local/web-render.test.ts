import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { renderPage } from '../../../adapters/local/web-frame.ts';
import { commandAddress, escapeText, renderArticle } from '../../../adapters/local/web-render.ts';
import type { Block } from '../../../src/card.ts';
import { hostileCards, WHOLE_CARD } from '../cards.ts';

/** All that our own markup ever holds. */
const ELEMENTS: Readonly<Record<string, readonly string[]>> = {
  article: ['class'],
  h1: [],
  h2: [],
  h3: [],
  small: [],
  p: ['class'],
  span: ['class', 'aria-hidden'],
  a: ['href', 'rel', 'download'],
  dl: [],
  dt: [],
  dd: [],
  ul: ['class'],
  li: [],
  hr: [],
  pre: [],
  code: [],
  strong: [],
  em: [],
  mark: [],
  blockquote: [],
  cite: [],
  time: ['datetime'],
};

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What a browser would see: elements in order, and the text between them. */
function parse(html: string): { elements: Element[]; text: string; comments: number; unclosed: string[] } {
  const elements: Element[] = [];
  const open: string[] = [];
  const unclosed: string[] = [];
  let text = '';
  let comments = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      elements.push({ name, attributes });
      open.push(name);
    },
    onclosetag(name, implied) {
      if (open.pop() !== name || (implied && name !== 'hr')) unclosed.push(name);
    },
    ontext(data) {
      text += data;
    },
    oncomment() {
      comments += 1;
    },
  });
  parser.end(html);
  return { elements, text, comments, unclosed };
}

function render(...blocks: Block[]): string {
  return renderArticle({ ...WHOLE_CARD, title: 'A title', blocks }, '/barrier');
}

describe('a card as HTML', () => {
  it('reads like a page', () => {
    expect(renderArticle(WHOLE_CARD, '/feeds export')).toMatchInlineSnapshot(`
      "<article class="plain">
      <h1>AI governance digest · Fri 3 Jul 2026</h1>
      <p><span class="quiet">3 events from 4 items in the last day</span></p>
      <h2>Geopolitical deadlock <small>[CH 2.1]</small></h2>
      <ul class="entries">
      <li><span class="sign deepens" aria-hidden="true">▲</span><span class="unseen">deepens: </span><h3><a href="https://www.whitehouse.gov/presidential-actions/2025/12/eliminating-state-law-obstruction/" rel="noopener noreferrer">Trump signs executive order to preempt state AI laws</a></h3>
      <p class="source">White House · <time datetime="2025-12-11T23:30:00.000Z">Fri 12 Dec 2025</time> · also NIST, Transformer · <a href="/?command=%2Fbarrier%20why%20k3f9q2abcd">why?</a></p>
      <p class="detail">also ▲ Technology outruns law</p>
      <blockquote>“to preempt state AI laws” <cite>[CH 2.1]</cite></blockquote>
      <blockquote>“a second quote”</blockquote>
      </li>
      <li><span class="sign eases" aria-hidden="true">▼</span><span class="unseen">eases: </span><h3>China and the United States agree to talk</h3>
      <p class="source">UN News · <time datetime="2025-12-11">Thu 11 Dec 2025</time></p>
      </li>
      <li><span class="sign" aria-hidden="true">·</span><h3><mark>Code</mark> of practice under way</h3>
      <p class="source">A source · no date</p>
      <p>… the <mark>code</mark> applies …</p>
      </li>
      </ul>
      <p class="more">… <a href="/?command=%2Fdigest%20last">2 more</a></p>
      <dl>
      <dt>Defined in</dt><dd>[CH 2.1]</dd>
      <dt>Deepens it</dt><dd>Rivalry between powers,
      export controls</dd>
      </dl>
      <hr>
      <p><strong>strong</strong> and <em>a quote</em> and <code>/barrier help</code> and the <a href="https://example.org/essay" rel="noopener noreferrer">essay</a></p>
      <p><a href="/file?command=%2Ffeeds%20export" download>feeds.opml</a></p>
      <pre>&lt;opml&gt;
        &lt;body/&gt;
      &lt;/opml&gt;
      </pre>
      <ul class="buttons">
      <li><span>Undo: <code>/feeds undo 3</code></span></li>
      </ul>
      </article>"
    `);
  });

  it('holds none but our own elements and attributes, all closed, whatever a feed brings', () => {
    fc.assert(
      fc.property(hostileCards, fc.string({ unit: 'binary' }), (card, command) => {
        const { elements, comments, unclosed } = parse(renderArticle(card, command));
        expect({ comments, unclosed }).toEqual({ comments: 0, unclosed: [] });
        for (const { name, attributes } of elements) {
          expect(Object.keys(ELEMENTS)).toContain(name);
          for (const attribute of Object.keys(attributes)) expect(ELEMENTS[name]).toContain(attribute);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('links only to the web, telling it nothing, and to its own lookups', () => {
    fc.assert(
      fc.property(hostileCards, (card) => {
        const links = parse(renderArticle(card, '/barrier')).elements.filter(({ name }) => name === 'a');
        for (const { attributes } of links) {
          const isOwn = /^\/(\?|file\?)command=[^"<>]*$/.test(attributes.href ?? '');
          if (!isOwn)
            expect(attributes).toMatchObject({ href: expect.stringMatching(/^https?:/), rel: 'noopener noreferrer' });
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keeps every word that it escapes', () => {
    fc.assert(
      fc.property(fc.string(), (title) => {
        const { text } = parse(renderArticle({ ...WHOLE_CARD, title, blocks: [] }, ''));
        expect(text.trim()).toBe(title.trim());
      }),
    );
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', '/relative', 'file:///etc/passwd', ''])(
    'makes no link of “%s”',
    (link) => {
      const html = render({ kind: 'entries', entries: [{ title: 'A title', source: 'S', link }] });
      expect(html).not.toContain('href');
    },
  );

  it.each([
    ['/barrier', true],
    ['/barrier search export controls', true],
    ['/digest last', true],
    ['/digest preview full:yes', true],
    ['/digest status', true],
    ['/feeds list eu', true],
    ['/feeds health', true],
    ['/feeds history', true],
    ['/feeds export json', true],
    ['/digest now', false],
    ['/digest pause', false],
    ['/feeds undo 3', false],
    ['/feeds add https://example.org', false],
    ['/feeds test https://example.org', false],
    ['/feeds healthy', false],
    ['feeds health', false],
  ])('of the button %s makes a link: %s', (command, isLink) => {
    const html = render({ kind: 'buttons', buttons: [{ label: 'Press', command }] });
    expect(html.includes('<a href="/?command=')).toBe(isLink);
    expect(commandAddress(command) !== undefined).toBe(isLink);
    if (!isLink) expect(html).toContain(`<code>${command}</code>`);
  });

  it('escapes what could end an attribute or an element', () => {
    expect(escapeText(`<a href="x" title='y'>&\u0000`)).toBe('&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp; ');
  });
});

describe('the page around a card', () => {
  it('escapes its title, its banner and the command box', () => {
    const hostile = '</title><script>alert(1)</script>"><img>';
    const html = renderPage({ title: hostile, article: '', command: hostile, banner: hostile });
    expect(parse(html).elements.map(({ name }) => name)).not.toEqual(expect.arrayContaining(['script']));
    expect(parse(html).elements.some(({ name }) => name === 'img')).toBe(false);
    expect(html).not.toContain('<script');
  });
});
