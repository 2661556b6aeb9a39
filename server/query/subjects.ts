import type { Decider, Signal, Verdict } from '../model/classification.ts';
import { subjectCarried, subjectPrefix } from '../model/carried-class.ts';
import { fieldUid, parsePath, printPath, type Uid } from '../model/ids.ts';
import type { Treatment } from '../model/treatment.ts';
import type { QueryContext } from './context.ts';
import { inBatches } from '../stores/in-batches.ts';
import { isVisible, readRecords } from './entities.ts';
import type { SubjectView } from './answers.ts';

/** Whose rows a dataset holds, as its own verdict says, and whose key lineage brought into it. `key` is the printed path of the key field. */
export interface Subject {
  /** `unknown` where no verdict says it. */
  readonly kind: string;
  readonly key: string | null;
  readonly confidence: number;
  readonly evidence: readonly Signal[];
  /** A column that holds the key of persons whose table lies upstream, in a form that still tells one from another. */
  readonly carried: { readonly kind: string; readonly field: Uid; readonly path: string } | null;
}

/** Forms of a key that still tell one person from another. */
const singling: ReadonlySet<Treatment> = new Set(['clear', 'hashed', 'keyed', 'encrypted', 'tokenised']);

/** A signal of the verdict on a dataset's subject; it names the key field. */
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
export function identifiedKind(
  subject: (Pick<Subject, 'kind' | 'key' | 'evidence'> & Partial<Pick<Subject, 'carried'>>) | undefined,
): string | null {
  if (subject === undefined) return null;
  return identifiedHere(subject) ?? subject.carried?.kind ?? null;
}

/** The same by what is said of the dataset itself. */
function identifiedHere(subject: Pick<Subject, 'kind' | 'key' | 'evidence'>): string | null {
  const signals = subject.kind === 'reference' ? declaredKeySignals : personKeySignals;
  const holdsKey = subject.evidence.some(({ signal }) => signals.has(signal));
  if (persons.has(subject.kind)) return subject.key !== null || holdsKey ? subject.kind : null;
  return holdsKey ? 'person' : null;
}

/** The subjects of datasets; one of which nothing is known has no entry. */
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
  const open = [...new Set(datasets)].filter((uid) => {
    const own = subjects.get(uid);
    return own === undefined || identifiedHere(own) === null;
  });
  for (const [dataset, carried] of await readCarried(context, open, n))
    subjects.set(dataset, { ...(subjects.get(dataset) ?? unknownSubject), carried });
  return subjects;
}

const unknownSubject = { kind: 'unknown', key: null, confidence: 1, evidence: [] } as const;

/** By dataset the column that carries a person's key; of several the first by path. */
async function readCarried(
  context: QueryContext,
  datasets: readonly Uid[],
  n: number,
): Promise<ReadonlyMap<Uid, NonNullable<Subject['carried']>>> {
  const marks = await inBatches(datasets, (batch) => context.graph.fieldMarks(batch, n));
  const found = marks.flatMap((fields, i) => {
    const [first] = fields.flatMap(({ field, derived }) =>
      derived.flatMap(({ category, treatment, rank }) => {
        const kind = rank > 0 && singling.has(treatment) ? subjectCarried(category) : null;
        return kind === null ? [] : [{ field, kind }];
      }),
    );
    return first === undefined ? [] : [{ ...first, dataset: datasets[i] ?? '' }];
  });
  const records = await readRecords(
    context,
    found.map(({ field }) => field),
    n,
  );
  return new Map(
    found.map(({ dataset, field, kind }) => [
      dataset,
      { kind, field, path: printPath(records.get(field)?.path ?? []) },
    ]),
  );
}

function subjectOf(verdicts: readonly Verdict[]): Subject | null {
  const best = verdicts
    .filter(
      ({ category, state }) => category.startsWith(subjectPrefix) && (state === 'accepted' || state === 'proposed'),
    )
    .sort((a, b) => rankOf[a.decider] - rankOf[b.decider] || b.confidence - a.confidence)[0];
  if (best === undefined) return null;
  return {
    kind: best.category.slice(subjectPrefix.length),
    key: best.evidence.find(({ signal }) => signal === keySignal)?.detail ?? null,
    confidence: best.confidence,
    evidence: best.evidence.filter(({ signal }) => signal !== keySignal),
    carried: null,
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
    const { carried } = subject;
    if (carried !== null)
      return {
        kind: subject.kind === unknownSubject.kind ? carried.kind : subject.kind,
        keyField: carried.field,
        confidence: subject.confidence,
        keyPath: carried.path,
        evidence: [
          ...subject.evidence,
          {
            signal: 'carried-key',
            detail: `${carried.path} holds keys of ${carried.kind}s, by lineage`,
            weight: 0,
          },
        ],
      };
    return {
      kind: subject.kind,
      keyField: key !== null && there.has(key) ? key : null,
      confidence: subject.confidence,
      keyPath: key !== null && there.has(key) ? subject.key : null,
      evidence: subject.evidence,
    };
  });
}
