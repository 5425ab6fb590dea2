/** The page around an article: navigation, the command box, and the headers that keep a browser from doing more. */
import { createHash } from 'node:crypto';
import { commandAddress, escapeText } from './web-render.ts';
import { STYLE } from './web-style.ts';

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Sent with every answer: no script, no frame, no address of ours passed on, nothing kept on disk. */
export const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

const PLACES: readonly (readonly [name: string, address: string])[] = [
  ['Barriers', '/'],
  ['Digest', '/digest'],
  ['Feeds', commandAddress('/feeds list') ?? '/'],
  ['Health', commandAddress('/feeds health') ?? '/'],
  ['Help', commandAddress('/barrier help') ?? '/'],
];

export interface Frame {
  readonly title: string;
  /** Markup, made by web-render.ts. */
  readonly article: string;
  /** Shown in the command box. */
  readonly command: string;
  /** A word shown on every page, such as `recorded sample`; absent for none. */
  readonly banner?: string;
}

/** A whole document. */
export function renderPage({ title, article, command, banner }: Frame): string {
  const links = PLACES.map(([name, address]) => `<a href="${escapeText(address)}">${name}</a>`).join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeText(title)} · Barrierwatch</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<nav aria-label="Pages">
<strong>Barrierwatch</strong>
${banner ? `<span class="banner">${escapeText(banner)}</span>\n` : ''}${links}
</nav>
<form action="/" method="get" role="search">
<label class="unseen" for="command">Command</label>
<input id="command" name="command" value="${escapeText(command)}" placeholder="/barrier search export controls" autocomplete="off" spellcheck="false">
<button>Ask</button>
</form>
</header>
<main>
${article}
</main>
<footer>This page only looks things up. Feeds and digests are changed at the terminal, by admins.</footer>
</body>
</html>
`;
}
