import type { Decider, Signal, Verdict } from '../model/classification.ts';
import { fieldUid, parsePath, type Uid } from '../model/ids.ts';
import type { QueryContext } from './context.ts';
import { inBatches } from '../stores/in-batches.ts';
import { isVisible, readRecords } from './entities.ts';
import type { SubjectView } from './answers.ts';

/** Whose rows a dataset holds, as its own verdict says. `key` is the printed path of the key field. */
export interface Subject {
  readonly kind: string;
  readonly key: string | null;
  readonly confidence: number;
  readonly evidence: readonly Signal[];
}

/** A dataset's subject is a verdict on the dataset with a category below this; a signal of it names the key field. */
const prefix = 'subject.';
const keySignal = 'subject-key';
const rankOf: Record<Decider, number> = { human: 0, imported: 1, detector: 2, llm: 3 };

/** Subjects whose rows are natural persons. */
export const persons: ReadonlySet<string> = new Set(['person', 'patient', 'customer', 'employee', 'user']);

/**
 * By which the detectors say that a column is a person's key by its name, or that a declared key leads to one, whosever rows
 * they are. In lists of codes a name alone is not enough: the `parent_id` of a category is no person's.
 */
const personKeySignals: ReadonlySet<string> = new Set(['key', 'foreign-key']);
const declaredKeySignals: ReadonlySet<string> = new Set(['foreign-key']);

/** To whom rows relate by a key: the subject's kind, or `person` where rows of something else hold one; null: to nobody known. */
export function identifiedKind(subject: Pick<Subject, 'kind' | 'key' | 'evidence'> | undefined): string | null {
  if (subject === undefined) return null;
  const signals = subject.kind === 'reference' ? declaredKeySignals : personKeySignals;
  const holdsKey = subject.evidence.some(({ signal }) => signals.has(signal));
  if (persons.has(subject.kind)) return subject.key !== null || holdsKey ? subject.kind : null;
  return holdsKey ? 'person' : null;
}

/** The subjects of datasets; one that nobody judged has no entry. */
export async function readSubjects(
  context: QueryContext,
  datasets: readonly Uid[],
  n: number,
): Promise<ReadonlyMap<Uid, Subject>> {
  const verdicts = await inBatches(datasets, (batch) => context.graph.verdicts(batch, n));
  const subjects = new Map<Uid, Subject>();
  for (const [dataset, all] of Map.groupBy(verdicts, (verdict) => verdict.field)) {
    const subject = subjectOf(all);
    if (subject !== null) subjects.set(dataset, subject);
  }
  return subjects;
}

function subjectOf(verdicts: readonly Verdict[]): Subject | null {
  const best = verdicts
    .filter(({ category, state }) => category.startsWith(prefix) && (state === 'accepted' || state === 'proposed'))
    .sort((a, b) => rankOf[a.decider] - rankOf[b.decider] || b.confidence - a.confidence)[0];
  if (best === undefined) return null;
  return {
    kind: best.category.slice(prefix.length),
    key: best.evidence.find(({ signal }) => signal === keySignal)?.detail ?? null,
    confidence: best.confidence,
    evidence: best.evidence.filter(({ signal }) => signal !== keySignal),
  };
}

/** Whose rows the datasets hold, in the order asked; null where nobody judged it or the viewer may not see it. */
export async function readSubjectViews(
  context: QueryContext,
  datasets: readonly Uid[],
  n: number,
): Promise<readonly (SubjectView | null)[]> {
  const [subjects, records] = await Promise.all([
    readSubjects(context, datasets, n),
    readRecords(context, datasets, n),
  ]);
  const keyOf = (dataset: Uid): Uid | null => {
    const key = subjects.get(dataset)?.key;
    const record = records.get(dataset);
    return key === undefined || key === null || record === undefined ? null : fieldUid(record, parsePath(key));
  };
  const keys = datasets.map(keyOf);
  const there = await readRecords(
    context,
    keys.filter((key) => key !== null),
    n,
  );
  return datasets.map((dataset, index) => {
    const subject = subjects.get(dataset);
    const record = records.get(dataset);
    if (subject === undefined || record === undefined || !isVisible(context, record)) return null;
    const key = keys[index] ?? null;
    return {
      kind: subject.kind,
      keyField: key !== null && there.has(key) ? key : null,
      confidence: subject.confidence,
      keyPath: key !== null && there.has(key) ? subject.key : null,
      evidence: subject.evidence,
    };
  });
}
