import { printPath } from '../../model/ids.ts';
import type { Cell, Column } from '../report.ts';
import type { ClassificationView, FieldView, InventoryRow } from '../../query/query.ts';
import { stateWords } from '../../draw/words.ts';
import { NONE, type Signal } from '../../model/classification.ts';

/** The columns of the inventory's `fields` section: one row a classification, or one row for a field without any. */
export const fieldColumns: readonly Column[] = [
  { key: 'dataset', title: 'Dataset', place: 'group' },
  { key: 'namespace', title: 'Namespace', place: 'group' },
  { key: 'kind', title: 'Kind', place: 'group' },
  { key: 'sources', title: 'Sources', place: 'group' },
  { key: 'field', title: 'Field' },
  { key: 'type', title: 'Type' },
  { key: 'state', title: 'State' },
  { key: 'label', title: 'What it holds' },
  { key: 'classes', title: 'Classes' },
  { key: 'treatment', title: 'Treatment' },
  { key: 'decidedBy', title: 'Decided by' },
  { key: 'confidence', title: 'Confidence', holds: 'numbers' },
  { key: 'judgedFrom', title: 'Judged from' },
  { key: 'category', title: 'Category', place: 'detail' },
  { key: 'terms', title: 'In the words of regulations that bind the holder', place: 'detail' },
  { key: 'termsIfBound', title: 'In the words of regulations of which nobody said whether they do', place: 'detail' },
  { key: 'evidence', title: 'Evidence', place: 'detail' },
  { key: 'citations', title: 'Citations', place: 'detail' },
  { key: 'reachedFrom', title: 'Reached from', place: 'detail' },
  { key: 'decidedAt', title: 'Decided at', place: 'detail' },
  { key: 'review', title: 'Review', place: 'detail' },
  { key: 'controls', title: 'Controls on reading', place: 'detail' },
  { key: 'gap', title: 'Gap', place: 'detail' },
  { key: 'remedy', title: 'Remedy', place: 'detail' },
];

/** The rows of one field. A field without a classification has one row that says why. */
export function fieldRows({ dataset, field }: InventoryRow): readonly (readonly Cell[])[] {
  const place: readonly Cell[] = [
    dataset.name,
    dataset.namespace,
    dataset.kind,
    dataset.sources,
    printPath(field.path),
    field.type,
    stateWords[field.effective.state],
  ];
  const ending: readonly Cell[] = [
    field.controls.map(({ kind, name, source }) => `${kind} ${name} (${source})`),
    field.gap?.detail ?? null,
    field.gap?.remedy ?? null,
  ];
  if (field.classifications.length === 0) return [[...place, ...unclassified(field), ...ending]];
  return field.classifications.map((one) => [...place, ...classified(one, field), ...ending]);
}

function classified(one: ClassificationView, field: FieldView): readonly Cell[] {
  return [
    one.label,
    one.classes,
    one.treatment === 'clear' ? 'in clear' : one.treatment,
    `${one.decidedBy.kind} ${one.decidedBy.name}`.trim(),
    rounded(one.confidence),
    judgedFrom(field),
    one.category,
    termsOf(one, true),
    termsOf(one, false),
    one.evidence.map(signalText),
    one.citations.map(({ provision, edition, check }) => `${provision}, ${edition}, ${check}`),
    one.origin === null
      ? null
      : `${one.origin.name}, ${String(one.origin.hops)} step${one.origin.hops === 1 ? '' : 's'} away`,
    one.decidedBy.at,
    one.reviewState === 'NOT_REVIEWED' ? 'not reviewed' : one.reviewState.toLowerCase(),
  ];
}

function termsOf({ terms }: ClassificationView, applies: boolean): readonly string[] {
  return terms
    .filter((one) => one.applies === applies)
    .map(({ regulation, term, provision }) => `${regulation}: ${term} (${provision})`);
}

function unclassified(field: FieldView): readonly Cell[] {
  const verdict = field.verdicts.find((one) => one.state === 'abstained') ?? field.verdicts[0];
  if (verdict === undefined)
    return [field.label, [], null, null, null, judgedFrom(field), null, [], [], [], [], null, null, null];
  return [
    field.label,
    [],
    null,
    `${verdict.decider} ${verdict.by}`.trim(),
    rounded(verdict.confidence),
    judgedFrom(field),
    verdict.state === 'abstained' ? null : NONE,
    [],
    [],
    verdict.evidence.map(signalText),
    [],
    null,
    verdict.at,
    verdict.decider === 'human' ? 'decided by a person' : 'not reviewed',
  ];
}

/** How deep the judgement goes. `names only` rests on names, types, comments and neighbours. */
export function judgedFrom(field: FieldView): 'not judged' | 'names only' | 'profile of values' {
  if (field.effective.state === 'GAP') return 'not judged';
  return field.evidence.length > 0 ? 'profile of values' : 'names only';
}

function signalText({ signal, detail }: Signal): string {
  return detail === '' ? signal : `${signal}: ${detail}`;
}

function rounded(confidence: number): number {
  return Math.round(confidence * 100) / 100;
}
