import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BarrierId, Direction, TaggedItem } from '../../../src/model.ts';
import { BARRIERS, barrierOf } from '../../../src/taxonomy/barriers.ts';
import { loadExamples } from '../../../src/taxonomy/learned/examples.ts';
import { TAGGER_METHOD, tag } from '../../../src/taxonomy/tag.ts';

const barriersOf = (tagged: TaggedItem): Partial<Record<BarrierId, Direction>> =>
  Object.fromEntries(tagged.taggings.map(({ barrier, direction }) => [barrier, direction]));

const CASES: [title: string, summary: string, barrier: BarrierId, direction: Direction][] = [
  ['Washington tightens export controls on AI chips bound for China', '', 'geopolitical-deadlock', 'deepens'],
  ['White House order seeks to preempt state AI laws', '', 'geopolitical-deadlock', 'deepens'],
  ['US and China agree to hold talks on AI risks', '', 'geopolitical-deadlock', 'eases'],
  ['Nvidia to resume H20 chip sales to China', '', 'geopolitical-deadlock', 'mixed'],
  ['General Assembly establishes scientific panel on AI', '', 'weakened-institutions', 'eases'],
  ['Fifth state ratifies the framework convention on AI', '', 'weakened-institutions', 'eases'],
  ['Britain and US refuse to sign Paris AI summit declaration', '', 'weakened-institutions', 'deepens'],
  ['Commission weakens AI Act after complaints', '', 'weakened-institutions', 'deepens'],
  [
    'Governor signs SB 53, first frontier AI law',
    'Large developers must publish safety frameworks.',
    'public-private-asymmetry',
    'eases',
  ],
  ['Tech giants pour millions into lobbying against AI rules', '', 'public-private-asymmetry', 'deepens'],
  ['OpenAI gives UK AI Security Institute early access to its models', '', 'public-private-asymmetry', 'eases'],
  ['Deepfakes flood the election campaign, officials say', '', 'knowledge-collapse', 'deepens'],
  ['New rules require labelling of AI-generated content', '', 'knowledge-collapse', 'eases'],
  ['EU to delay high-risk rules of the AI Act until 2027', '', 'pacing-gap', 'deepens'],
  ['AI is outpacing regulation, lawmakers admit', '', 'pacing-gap', 'deepens'],
  ['States back UN resolution on lethal autonomous weapons', '', 'ungoverned-militarization', 'eases'],
  ['Pentagon awards AI contract to xAI for classified networks', '', 'ungoverned-militarization', 'deepens'],
];

describe('barriers and directions', () => {
  it.each(CASES)('%s', (title, summary, barrier, direction) => {
    const tagged = tag({ title, summary });
    expect(tagged.relevant).toBe(true);
    expect(barriersOf(tagged)[barrier]).toBe(direction);
  });

  it('names the section, mechanism and method of a tagging', () => {
    const [tagging] = tag({ title: 'EU to delay high-risk rules of the AI Act', summary: '' }).taggings.filter(
      ({ barrier }) => barrier === 'pacing-gap',
    );
    expect(tagging).toMatchObject({ section: 'AO', mechanism: 'rules-delayed', method: TAGGER_METHOD });
  });

  it('knows only sections and mechanisms of the taxonomy', () => {
    for (const [title, summary] of CASES)
      for (const { barrier, section, mechanism } of tag({ title, summary }).taggings) {
        expect(barrierOf(barrier).sections).toContain(section);
        if (mechanism !== undefined) expect(barrierOf(barrier).mechanisms.map(({ id }) => id)).toContain(mechanism);
      }
    expect(BARRIERS).toHaveLength(6);
  });

  it('makes the barrier with the most weight primary', () => {
    expect(tag({ title: 'Pentagon signs AI deal with OpenAI for classified networks', summary: '' }).primary).toBe(
      'ungoverned-militarization',
    );
  });

  it('takes back what a "not" denies', () => {
    const told = tag({ title: 'Deepfakes disrupt the election', summary: '' });
    expect(barriersOf(told)['knowledge-collapse']).toBe('deepens');
    const denied = tag({ title: 'Election was not disrupted by deepfakes', summary: '' });
    expect(barriersOf(denied)['knowledge-collapse']).toBeUndefined();
  });

  it('turns a delay that is denied into a deadline kept, and quotes the "not"', () => {
    const { taggings } = tag({ title: 'Commission will not delay the AI Act', summary: '' });
    const pacing = taggings.find(({ barrier }) => barrier === 'pacing-gap');
    expect(pacing?.direction).toBe('eases');
    expect(pacing?.evidence[0]?.quote).toBe('Commission will not delay the AI Act');
  });

  it('never proves a tagging by a name alone', () => {
    const names = new Set(['US', 'China', 'OpenAI', 'Pentagon', 'EU', 'UN', 'Commission', 'Meta', 'Nvidia']);
    for (const [title, summary] of CASES)
      for (const { evidence } of tag({ title, summary }).taggings)
        for (const { quote } of evidence) expect(names).not.toContain(quote);
  });

  it('never cuts through a hyphenated word or a known term', () => {
    const cut: string[] = [];
    for (const item of loadExamples())
      for (const { evidence } of tag(item).taggings)
        for (const { field, start, end, quote } of evidence)
          if (/[a-z]-$/.test(item[field].slice(0, start)) || /^-[a-z]/.test(item[field].slice(end))) cut.push(quote);
    expect(cut).toEqual([]);
    const title = 'Commission publishes Code of Practice on marking and labelling AI-generated content';
    const quotes = tag({ title, summary: '' }).taggings.flatMap(({ evidence }) => evidence.map(({ quote }) => quote));
    expect(quotes.some((quote) => quote.includes('Practice'))).toBe(true);
    for (const quote of quotes) expect(quote).not.toMatch(/^(of )?Practice/);
  });

  it('tags a title alone, a summary alone and a relevant item without any barrier', () => {
    expect(
      tag({ title: '', summary: 'Washington tightened export controls on AI chips for China.' }).taggings,
    ).toHaveLength(1);
    const plain = tag({ title: 'Ministry opens consultation on AI guidance for schools', summary: '' });
    expect([plain.relevant, plain.taggings, plain.primary]).toEqual([true, [], undefined]);
  });
});

describe('relevance', () => {
  it.each([
    'Commission adopts tariffs on imported steel',
    'Quantum computer sets a record',
    'Fisheries ministers agree catch limits',
    'New phone brings an AI assistant and smarter photo features',
    'AI start-up raises $200m in series C at higher valuation',
    'Research Scientist, AI Security Institute: how to apply',
    'Parliament debates roaming charges',
    'Security Council extends mission mandate',
  ])('leaves out: %s', (title) => {
    expect(tag({ title, summary: '' })).toMatchObject({ relevant: false, taggings: [] });
  });

  it.each([
    'La UE aprueba la ley de inteligencia artificial',
    "L'Union européenne adopte le règlement sur l'intelligence artificielle",
    'KI-Verordnung: Bundesregierung verschiebt Gesetz zur Aufsicht',
    'Garante privacy apre istruttoria: intelligenza artificiale e regole',
    'Governo propõe lei de inteligência artificial',
  ])('knows the subject in other languages: %s', (title) => {
    expect(tag({ title, summary: '' }).relevant).toBe(true);
  });

  it('keeps what spoke for and against', () => {
    const { relevance } = tag({ title: 'AI policy fellowship: how to apply', summary: '' });
    expect(relevance.some(({ weight }) => weight > 0)).toBe(true);
    expect(relevance.some(({ weight }) => weight < 0)).toBe(true);
  });
});

describe('what is not sure', () => {
  it('is called unclear, below even odds and above three in ten, and not tagged', () => {
    const judged = loadExamples().map(tag);
    const unclear = judged.flatMap(({ unclear: near = [], taggings }) => near.map((each) => ({ ...each, taggings })));
    expect(unclear.length).toBeGreaterThan(5);
    for (const { barrier, confidence, taggings } of unclear) {
      expect(taggings.some((tagging) => tagging.barrier === barrier)).toBe(false);
      expect(confidence).toBeGreaterThanOrEqual(0.3);
      expect(confidence).toBeLessThanOrEqual(0.5);
    }
  });

  it('is nearly relevant where little is missing, and never where much is', () => {
    const off = loadExamples()
      .map(tag)
      .filter(({ relevant }) => !relevant);
    const near = off.filter(({ nearlyRelevant }) => nearlyRelevant);
    expect(near.length).toBeGreaterThan(5);
    expect(near.length).toBeLessThan(off.length / 2);
    expect(tag({ title: 'Fisheries ministers agree catch limits', summary: '' }).nearlyRelevant).toBeUndefined();
  });
});

describe('responses', () => {
  it('are told beside the barriers', () => {
    const found = loadExamples().filter(({ responses }) => responses.includes('oversight-mechanisms'));
    const told = found.filter((example) => tag(example).responses?.includes('oversight-mechanisms'));
    expect(told.length).toBeGreaterThan(found.length / 2);
  });
});

describe('the crisis flag', () => {
  it('is raised for an attack carried out with AI, not for talk of one', () => {
    const title = 'First large-scale AI-orchestrated cyber espionage campaign hits governments';
    expect(tag({ title, summary: 'Officials name the AI model that was used.' }).crisis).toBe(true);
    expect(tag({ title: 'Experts warn of risks from AI in cyber attacks', summary: '' }).crisis).toBe(false);
  });
});

/** Pieces that make frames match, between arbitrary text. */
const piece = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    'AI Act',
    ' delay ',
    'US',
    'China',
    ' deepfakes ',
    ' election ',
    '. ',
    ' not ',
    'İ',
    'ß',
    '🤖',
    ' autonomous weapons ',
    ' treaty ',
  ),
);
const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));

describe('any text at all', () => {
  it('is tagged with exact quotes, at most three a tagging, or not at all', () => {
    fc.assert(
      fc.property(text, text, (title, summary) => {
        const item = { title, summary };
        const tagged = tag(item);
        for (const { evidence, confidence, reasons } of tagged.taggings) {
          expect(evidence.length).toBeGreaterThanOrEqual(1);
          expect(evidence.length).toBeLessThanOrEqual(3);
          expect(confidence).toBeGreaterThanOrEqual(0);
          expect(confidence).toBeLessThanOrEqual(1);
          expect(reasons.length).toBeGreaterThan(0);
        }
        const cited = tagged.taggings.flatMap(({ evidence, reasons }) => [
          ...evidence,
          ...reasons.map((reason) => reason.evidence),
        ]);
        for (const { field, start, end, quote } of [...cited, ...tagged.relevance.map((reason) => reason.evidence)]) {
          expect(quote).toBe(item[field].slice(start, end));
          expect(quote.trim()).not.toBe('');
        }
        if (!tagged.relevant) expect(tagged.taggings).toEqual([]);
        expect(tagged.primary === undefined).toBe(tagged.taggings.length === 0);
      }),
    );
  });

  it('gives the same answer every time', () => {
    const item = { title: 'US and China agree to hold talks on AI risks', summary: 'Deepfakes flood the election.' };
    const first = tag(item);
    tag({ title: 'Commission adopts tariffs', summary: '' });
    expect(tag(item)).toEqual(first);
  });

  it.each([
    ['one endless word', 'a'.repeat(100_000)],
    ['endless repetition of one word', 'AI '.repeat(33_000)],
    ['endless near-matches', 'AI Act not delay China US '.repeat(4_000)],
    ['endless sentences', 'AI. Act. '.repeat(11_000)],
    ['nothing but stops', '.'.repeat(100_000)],
    ['nothing but apostrophes', "a'".repeat(50_000)],
    ['abbreviations without end', 'U.'.repeat(50_000)],
  ])('is read through, hostile as it may be: %s', (_kind, hostile) => {
    const tagged = tag({ title: hostile, summary: hostile });
    expect(tagged.method).toBe(TAGGER_METHOD);
  });
});
