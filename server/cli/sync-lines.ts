import type { DriftItem, DriftReport } from '../sync/drift.ts';
import type { SyncReport } from '../sync/sync.ts';
import { countOf } from '../query/labels.ts';

/** At most so many differences are printed one by one. */
const itemsShown = 10;

/** How a source differs from when it was last read, for people. Nothing where nothing differs. */
export function driftLines(drift: DriftReport | undefined): readonly string[] {
  if (drift === undefined) return [];
  const { datasets, fields, items, unlisted } = drift;
  const parts = [
    [datasets.added, 'dataset', 'new'],
    [datasets.noLongerSeen, 'dataset', 'no longer seen'],
    [fields.added, 'field', 'new'],
    [fields.noLongerSeen, 'field', 'no longer seen'],
    [fields.renamed, 'field', 'renamed'],
    [fields.retyped, 'field', 'retyped'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, thing, how]) => `${countOf(count, thing)} ${how}`);
  const rest = items.length - Math.min(items.length, itemsShown) + unlisted;
  return [
    `  drift: ${said.join(', ')}`,
    ...items.slice(0, itemsShown).flatMap((item) => itemLines(item)),
    ...(rest > 0 ? [`    … and ${rest} more (--json lists them)`] : []),
  ];
}

function itemLines({
  change,
  dataset,
  field,
  detail,
  categories,
  decided,
  writtenTags,
  downstream,
  fix,
}: DriftItem): readonly string[] {
  const thing = field === null ? dataset : `${dataset}.${field}`;
  const what = change === 'dataset-no-longer-seen' ? 'no longer seen' : change.replaceAll('-', ' ');
  const means = [
    ...(categories.length === 0 ? [] : [`held ${categories.join(', ')}`]),
    ...(decided ? ['a person had decided about it'] : []),
    ...(writtenTags.length === 0 ? [] : [`carried our tag ${writtenTags.join(', ')}`]),
    ...(downstream === null || downstream === 0 ? [] : [`${countOf(downstream, 'field')} downstream`]),
  ];
  return [
    `    ${thing}: ${what}${detail === '' ? '' : ` (${detail})`}${means.length === 0 ? '' : `; ${means.join('; ')}`}`,
    ...(fix === null ? [] : [`      what to do: ${fix}`]),
  ];
}

/** What became of tags on their way back, for people. */
export function writeBackLines(writeBack: SyncReport['writeBack']): readonly string[] {
  if (writeBack === undefined) return [];
  const { mode, written, waiting, failed, refused, leftOver, stopped } = writeBack;
  return [
    `  tags written back (${mode}): ${written} written, ${waiting} waiting, ${failed} failed${refused > 0 ? `, ${refused} refused before for what they are on` : ''}${leftOver > 0 ? `, ${leftOver} left for the next sync` : ''}`,
    ...(stopped === null ? [] : [`    ${stopped}`]),
    ...(waiting > 0 ? ['    lexline write-back lists what waits'] : []),
  ];
}
