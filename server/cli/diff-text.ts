import { escapeMarkdown } from './markdown.ts';
import type { Diff, DiffItem, DiffMoment } from '../query/diff/diff.ts';

const signs: Readonly<Record<DiffItem['change'], string>> = { new: '+', gone: '-', changed: '~' };

/** The counts of both moments, in the order in which they are shown. */
const figures: readonly (readonly [string, keyof Omit<DiffMoment, 'n' | 'publishedAt'>])[] = [
  ['datasets', 'datasets'],
  ['fields', 'fields'],
  ['sensitive fields', 'sensitiveFields'],
  ['undecided fields', 'undecidedFields'],
  ['fields not judged', 'notJudgedFields'],
];

/** What a signature under a diff does not cover. */
const limits = [
  'What came and went between the two times is in neither.',
  'It knows the sources that were connected, as they were when they were last read before each time.',
  'A field that nobody judged, or that is undecided, may hold anything: the table above counts them.',
];

/** A diff for a terminal: what matters most first, `+` new, `-` no longer seen, `~` changed. */
export function diffLines(diff: Diff): readonly string[] {
  const { from, to } = diff;
  const lines = [
    `Revision ${from.n} (known ${from.publishedAt}) → revision ${to.n} (known ${to.publishedAt})`,
    ...figures.map(([words, member]) => `  ${words}: ${change(from[member], to[member])}`),
    ...diff.revisions.map(
      ({ n, publishedAt, cause, actor }) => `  revision ${n}, ${publishedAt}: ${cause}, by ${actor}`,
    ),
  ];
  for (const { title, items } of diff.sections) {
    lines.push('', `${title} (${items.length})`);
    for (const { change: kind, what, says } of items) lines.push(`  ${signs[kind]} ${what}: ${says}`);
  }
  if (diff.sections.length === 0) lines.push('', 'Nothing differs.');
  if (diff.hidden > 0) lines.push('', hiddenWords(diff.hidden));
  return lines;
}

/** A diff as a document that can be filed and signed: a draft, like every report. */
export function diffMarkdown(diff: Diff): readonly string[] {
  const { from, to } = diff;
  const lines = [
    `# What changed between revision ${from.n} and revision ${to.n}`,
    '',
    `Known by ${from.publishedAt} and by ${to.publishedAt}. A draft; no legal advice. "No longer seen" means that no source asserts it any longer.`,
    '',
    '| | before | after |',
    '| --- | ---: | ---: |',
    ...figures.map(([words, member]) => `| ${words} | ${from[member]} | ${to[member]} |`),
  ];
  for (const { title, items } of diff.sections) {
    lines.push('', `## ${title}`, '');
    for (const { change: kind, what, says, details } of items) {
      lines.push(`- ${kindWords(kind)}: **${escapeMarkdown(what)}**: ${escapeMarkdown(says)}`);
      for (const { name, before, after } of details)
        if (name === 'because') lines.push(`  - because: ${escapeMarkdown(after ?? before ?? 'none')}`);
        else if (kind === 'changed')
          lines.push(
            `  - ${escapeMarkdown(name)}: ${escapeMarkdown(before ?? 'none')} → ${escapeMarkdown(after ?? 'none')}`,
          );
    }
  }
  if (diff.sections.length === 0) lines.push('', 'Nothing differs.');
  lines.push('', '## Revisions', '');
  for (const { n, publishedAt, cause, actor } of diff.revisions)
    lines.push(`- ${n}, ${publishedAt}: ${escapeMarkdown(cause)}, by ${escapeMarkdown(actor)}`);
  lines.push('', '## What this does not say', '');
  lines.push(...limits.map((line) => `- ${line}`));
  if (diff.hidden > 0) lines.push(`- ${hiddenWords(diff.hidden)}`);
  lines.push('', '## Read and signed', '', '| name | office | date | signature |', '| --- | --- | --- | --- |');
  lines.push('| | | | |');
  return lines;
}

function change(before: number, after: number): string {
  if (before === after) return `${after}, as before`;
  return `${before} → ${after} (${after > before ? '+' : ''}${after - before})`;
}

function kindWords(kind: DiffItem['change']): string {
  return kind === 'gone' ? 'no longer' : kind;
}

function hiddenWords(hidden: number): string {
  return `${hidden} more datasets changed that you may not see.`;
}
