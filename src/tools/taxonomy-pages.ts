/** `npm run taxonomy`: writes docs/taxonomy, a page a barrier, with examples that the tagger judged without having seen them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { BARRIER_IDS, type BarrierId, type TaggedItem, type Tagging } from '../model.ts';
import { BARRIERS, type Barrier, ESSAYS } from '../taxonomy/barriers.ts';
import { unseenTaggers } from '../taxonomy/learned/cross-validate.ts';
import { type Example, loadExamples } from '../taxonomy/learned/examples.ts';
import { type Agreement, score } from '../taxonomy/score.ts';
import { KNOWLEDGE, tag, WEIGHTS } from '../taxonomy/tag.ts';
import { labelOf } from './labelled-items.ts';

const FOLDER = new URL('../../docs/taxonomy/', import.meta.url);
const TRUE_EXAMPLES = 5;
const REFUSED_EXAMPLES = 3;

interface Case {
  readonly example: Example;
  readonly tagged: TaggedItem;
}

function judgeAll(): Case[] {
  const examples = loadExamples();
  const unseen = unseenTaggers(examples, KNOWLEDGE, WEIGHTS);
  return examples.map((example) => ({ example, tagged: (unseen.find(example) ?? tag)(example) }));
}

/** Surest first, with as many mechanisms and directions as there are; English, so that everybody can follow. */
function trueExamples(barrier: BarrierId, cases: readonly Case[]): { example: Example; tagging: Tagging }[] {
  const right = cases.flatMap(({ example, tagged }) => {
    const tagging = tagged.taggings.find((each) => each.barrier === barrier);
    const isRight = tagging !== undefined && example.barriers[barrier] === tagging.direction;
    return isRight && example.language === 'en' && example.mechanisms[barrier] === tagging.mechanism
      ? [{ example, tagging }]
      : [];
  });
  right.sort((a, b) => b.tagging.confidence - a.tagging.confidence || a.example.title.localeCompare(b.example.title));
  const chosen: typeof right = [];
  const isNew = (one: (typeof right)[number], part: 'mechanism' | 'direction') =>
    chosen.every(({ tagging }) => tagging[part] !== one.tagging[part]);
  const wishes = [
    (one: (typeof right)[number]) => isNew(one, 'mechanism') && isNew(one, 'direction'),
    (one: (typeof right)[number]) => isNew(one, 'mechanism'),
    () => true,
  ];
  for (const wish of wishes)
    for (const one of right) if (chosen.length < TRUE_EXAMPLES && !chosen.includes(one) && wish(one)) chosen.push(one);
  return chosen;
}

/** Those that came nearest and were rightly not tagged: called unclear, or off topic with words of the barrier. */
function refusedExamples(barrier: BarrierId, cases: readonly Case[]): { example: Example; confidence: number }[] {
  return cases
    .flatMap(({ example, tagged }) => {
      const near = tagged.unclear?.find((each) => each.barrier === barrier);
      const isRight = example.barriers[barrier] === undefined && near !== undefined && example.language === 'en';
      return isRight ? [{ example, confidence: near.confidence }] : [];
    })
    .sort((a, b) => b.confidence - a.confidence || a.example.title.localeCompare(b.example.title))
    .slice(0, REFUSED_EXAMPLES);
}

function page(barrier: Barrier, cases: readonly Case[], agreed: Agreement): string {
  const told = trueExamples(barrier.id, cases).map(
    ({ example, tagging }) =>
      `- **${tagging.direction}**, \`${tagging.mechanism}\`, ${Math.round(tagging.confidence * 100)} %: ${plain(example.title)}\n` +
      tagging.evidence.map(({ quote, field }) => `  - “${plain(quote)}” (${field})\n`).join(''),
  );
  const refused = refusedExamples(barrier.id, cases).map(
    ({ example, confidence }) =>
      `- ${Math.round(confidence * 100)} %: ${plain(example.title)}${example.summary === '' ? '' : `\n  - ${plain(example.summary)}`}\n`,
  );
  return [
    `# ${barrier.name}\n`,
    `\`${barrier.id}\` · ${barrier.sections.map((section) => `[${section}]`).join(' ')}\n`,
    `${barrier.definition}\n`,
    '| mechanism | what it is |\n| --- | --- |',
    ...barrier.mechanisms.map(({ id, description }) => `| \`${id}\` | ${description} |`),
    '',
    ...(barrier.figures.length > 0 ? [`Figures: ${barrier.figures.join('; ')}.\n`] : []),
    `**Deepens it:** ${barrier.deepens}\n`,
    `**Eases it:** ${barrier.eases}\n`,
    '## Tagged, and rightly\n',
    'The words in quotation marks are the proof that was kept; the share is the confidence.\n',
    told.join(''),
    '## Refused, and rightly\n',
    'These came nearest to being tagged. The bot calls them unclear and says nothing.\n',
    refused.join(''),
    '## How often it is right\n',
    `On ${cases.length} labelled examples, each judged by weights that had seen nothing of its event: precision ${share(agreed.precision)}, recall ${share(agreed.recall)}, F1 ${share(agreed.f1)}.\n`,
    `Sources: ${Object.entries(ESSAYS)
      .filter(([letters]) => barrier.sections.some((section) => section.startsWith(letters)))
      .map(([letters, { title, address }]) => `[${letters}] [${title}](${address})`)
      .join(' · ')}. The examples are written for this project; \`npm run taxonomy\` makes this page.\n`,
  ].join('\n');
}

function share(value: number): string {
  return value.toFixed(2);
}

/** Text of an example without what Markdown would take for its own. */
function plain(text: string): string {
  return text.replaceAll(/[\\`*_<>[\]|]/g, '\\$&');
}

const cases = judgeAll();
const scored = score(
  cases.map(({ example, tagged }, at) => ({
    id: String(at),
    title: example.title,
    summary: example.summary,
    label: labelOf(example),
    tagged,
  })),
);
mkdirSync(FOLDER, { recursive: true });
for (const barrier of BARRIERS)
  writeFileSync(new URL(`${barrier.id}.md`, FOLDER), page(barrier, cases, scored.barriers[barrier.id]));
process.stdout.write(`Wrote ${BARRIER_IDS.length} pages to docs/taxonomy.\n`);
