import type { Classifier, ColumnJudgement, TableJudgement } from '../classify/classifier.ts';
import { subjectPrefix } from '../model/carried-class.ts';
import { NONE, careSignal, type CoarseClass, type Verdict } from '../model/classification.ts';
import { canonicalJson, digestOf } from '../model/json.ts';
import type { Actor } from '../model/provenance.ts';
import type { Uid } from '../model/ids.ts';
import type { Taxonomy } from '../rulebook/taxonomy.ts';
import type { Change, EvidenceRecord } from '../stores/graph/graph-store.ts';
import type { LedgerEntry } from '../stores/ledger/ledger.ts';
import { importedVerdicts, type TagMaps } from './imported-verdicts.ts';
import { tableInput, type DescribedDataset } from './table-input.ts';

/** Kind of the entry that asks a person to look again: the evidence they decided on is no longer of the same kind. */
export const otherEvidenceKind = 'decided-on-other-evidence';

/** What judging one dataset changes. Kept in the state store until all are judged. */
export interface DatasetJudgement {
  readonly changes: readonly Change[];
  readonly ledger: readonly LedgerEntry[];
  readonly judged: number;
  readonly sensitive: number;
  readonly undecided: number;
}

/**
 * Judges a dataset's fields by the deterministic tier and compares with the verdicts that stand. A verdict is a function of
 * its key: equal key, no change. Human verdicts are never touched; where the detectors now say something of another kind
 * than what the person saw, the field is marked for review.
 */
export function judgeDataset(
  described: DescribedDataset,
  context: {
    readonly classifier: Pick<Classifier, 'classify' | 'keysOf' | 'detectorSet'>;
    readonly taxonomy: Taxonomy;
    readonly tagMaps: TagMaps;
    readonly applies: Readonly<Record<string, string>>;
    readonly evidence: ReadonlyMap<Uid, EvidenceRecord>;
    /** All verdicts on the dataset and its fields. */
    readonly verdicts: ReadonlyMap<Uid, readonly Verdict[]>;
    readonly actor: Actor;
    readonly at: string;
  },
): DatasetJudgement {
  const { classifier, taxonomy, tagMaps, applies, at } = context;
  const input = tableInput(described, context.evidence, applies);
  const judgement = classifier.classify(input);
  const keys = classifier.keysOf(input, judgement);
  const changes: Change[] = [];
  const ledger: LedgerEntry[] = [];
  const nothing: Uid[] = [];
  const standing = (uid: Uid): readonly Verdict[] => context.verdicts.get(uid) ?? [];
  const compare = (uid: Uid, wanted: readonly Verdict[]): void => {
    const own = standing(uid).filter(({ decider }) => decider === 'detector' || decider === 'imported');
    for (const verdict of wanted) {
      const before = own.find(({ decider, category }) => decider === verdict.decider && category === verdict.category);
      if (before !== undefined && (before.key === verdict.key || saysTheSame(before, verdict))) continue;
      changes.push({ type: 'verdict', verdict });
      if (verdict.category === NONE && verdict.state !== 'abstained') nothing.push(uid);
      else ledger.push(entryOf('verdict', verdict, context.actor, at));
    }
    for (const { decider, category } of own)
      if (!wanted.some((verdict) => verdict.decider === decider && verdict.category === category)) {
        changes.push({ type: 'end-verdict', field: uid, decider, category });
        ledger.push({ kind: 'verdict-ended', actor: context.actor, at, subject: uid, body: { decider, category } });
      }
  };

  const subject = subjectVerdict(described.dataset.uid, judgement, classifier.detectorSet, digestOf(keys), at);
  compare(described.dataset.uid, subject === null ? [] : [subject]);
  let sensitive = 0;
  let undecided = 0;
  for (const [i, column] of judgement.columns.entries()) {
    const field = described.fields[i];
    if (field === undefined) continue;
    const detected = detectorVerdict(field.uid, column, judgement, classifier.detectorSet, keys[i] ?? '', at);
    const preferred = column.category === NONE || column.category === '' ? null : column.category;
    const isRecordOfCare = judgement.subject.aboutPatients;
    const imported = importedVerdicts(field, { tagMaps, taxonomy, applies, isRecordOfCare, preferred, at });
    compare(field.uid, [detected, ...imported]);
    const review = reviewMark(standing(field.uid), detected, at);
    if (review !== null) changes.push(review);
    if (detected.state === 'abstained') undecided += 1;
    else if (detected.category !== NONE || imported.length > 0) sensitive += 1;
  }
  if (nothing.length > 0)
    ledger.push(nothingFound(described.dataset.uid, nothing, classifier.detectorSet, digestOf(keys), context));
  return { changes, ledger, judged: judgement.columns.length, sensitive, undecided };
}

/** Judged again, with the same outcome: nothing to write. */
function saysTheSame(before: Verdict, now: Verdict): boolean {
  const said = ({ key: _key, by: _by, at: _at, ...rest }: Verdict): string => canonicalJson(rest);
  return said(before) === said(now);
}

function detectorVerdict(
  field: Uid,
  column: ColumnJudgement,
  { subject }: TableJudgement,
  detectorSet: string,
  key: string,
  at: string,
): Verdict {
  const related = column.relatesToSubject
    ? [
        {
          signal: 'relates-to-subject',
          detail: `a field in the row of ${/^[aeiou]/u.test(subject.kind) ? 'an' : 'a'} ${subject.kind}`,
          weight: 0,
        },
      ]
    : [];
  return {
    field,
    decider: 'detector',
    by: detectorSet,
    category: column.category === '' ? NONE : column.category,
    state: column.abstain ? 'abstained' : 'proposed',
    classes: column.classes.filter((each): each is CoarseClass => each !== 'NONE'),
    fine: column.fine,
    confidence: column.confidence,
    derived: column.derived,
    evidence: [...column.evidence, ...related],
    citations: [],
    alternatives: column.alternatives,
    key,
    at,
  };
}

/** Whose rows these are, as a verdict on the dataset itself. */
function subjectVerdict(
  dataset: Uid,
  { subject }: TableJudgement,
  detectorSet: string,
  digest: string,
  at: string,
): Verdict | null {
  if (subject.kind === 'unknown') return null;
  const key = subject.keyColumn === null ? [] : [{ signal: 'subject-key', detail: subject.keyColumn, weight: 0 }];
  const care = subject.aboutPatients
    ? [{ signal: careSignal, detail: 'the rows are records of care of patients', weight: 0 }]
    : [];
  return {
    field: dataset,
    decider: 'detector',
    by: detectorSet,
    category: `${subjectPrefix}${subject.kind}`,
    state: 'proposed',
    classes: [],
    fine: [],
    confidence: subject.confidence,
    derived: null,
    evidence: [...subject.evidence, ...care, ...key],
    citations: [],
    key: digestOf([digest, 'subject']),
    at,
  };
}

/** A person decided here, and the detectors now find another category, or another form, than when that was decided. */
function reviewMark(standing: readonly Verdict[], now: Verdict, at: string): Change | null {
  const human = standing.find(({ decider }) => decider === 'human');
  const before = standing.find(({ decider }) => decider === 'detector');
  if (human === undefined || before === undefined || kindOf(before) === kindOf(now)) return null;
  const body = { decision: human.category, before: kindOf(before), now: kindOf(now), at };
  const actor: Actor = { kind: 'process', id: now.by };
  return { type: 'enter', entered: { uid: now.field, kind: otherEvidenceKind, body, actor } };
}

function kindOf({ category, state, derived }: Verdict): string {
  return `${state === 'abstained' ? 'abstained' : category}${derived === null ? '' : `/${derived}`}`;
}

/** One entry for all fields of a dataset that were judged to hold nothing sensitive. */
function nothingFound(
  subject: Uid,
  fields: readonly Uid[],
  by: string,
  key: string,
  { actor, at }: { readonly actor: Actor; readonly at: string },
): LedgerEntry {
  return { kind: 'verdicts-none', actor, at, subject, body: { decider: 'detector', by, key, fields } };
}

function entryOf(kind: string, verdict: Verdict, actor: Actor, at: string): LedgerEntry {
  const { field, decider, by, category, state, confidence, key, derived } = verdict;
  return { kind, actor, at, subject: field, body: { decider, by, category, state, confidence, key, derived } };
}
