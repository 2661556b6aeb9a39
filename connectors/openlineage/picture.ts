import { canonicalJson, type Json } from '../../server/model/json.ts';
import { datasetUid, jobUid, type QualifiedName } from '../../server/model/ids.ts';
import type { RunState, SaidLineage } from './event.ts';

/** What was said last of something, and when. */
export interface Stamped<T> {
  readonly at: string;
  readonly value: T;
}

/** What all events so far say of one dataset. A mutable value: whoever folds owns it. */
export interface DatasetPicture extends QualifiedName {
  readonly kind: 'dataset';
  /** The newest mention by each of the last runs, by run id; `''` for events without a run. */
  said: Record<string, string>;
  /** When it was dropped or renamed away last, and by which run. */
  dropped: {
    readonly at: string;
    readonly run: string;
    /** The key of the name that it was renamed to. */
    readonly into?: string;
  } | null;
  /** When it was made, changed or described as an output last: the run that dropped it may make it anew. */
  made?: string;
  facets: Record<string, Stamped<Json>>;
  /** Fields that lineage names; shown where nobody gave a schema. */
  fields: string[];
  /** The datasets by whose names it ever called itself (symlinks), and those that called themselves by its own: keys with the newest time. */
  calls?: Record<string, string>;
  calledBy?: Record<string, string>;
  /** Jobs that read or write it, by their key. */
  jobs: Record<string, QualifiedName & { readonly at: string }>;
}

/** What all events so far say of one job. */
export interface JobPicture extends QualifiedName {
  readonly kind: 'job';
  facets: Record<string, Stamped<Json>>;
  /** The runs that its lineage rests on, and the newest ones. */
  runs: Record<string, RunPicture>;
  /** What runs and declarations say of columns, by digest: most runs of a job say the same. */
  lineages: Record<string, SaidLineage>;
  /** What a JobEvent declared, apart from any run. */
  design: Stamped<RunFlow> | null;
  /** Ended runs that were counted, by id: the position of the event that did. */
  counted: Record<string, string>;
}

/** What one run read and wrote, by the keys of the datasets. */
export interface RunFlow {
  inputs: Record<string, QualifiedName>;
  outputs: Record<string, RunOutput>;
}

/** Datasets that are gone, by key: dropped (null), or renamed (the key of the new name). */
export type Gone = Readonly<Record<string, Stamped<string | null>>>;

export interface RunPicture extends RunFlow {
  first: string;
  last: string;
  state: RunState;
  /** Text and dialect of the statement that it ran. */
  sql: Stamped<Json> | null;
  /** What it says is gone: true only once it has ended well. */
  gone?: Gone;
}

export interface RunOutput extends QualifiedName {
  /** Which of the job's lineages holds of it; null: none was told. */
  readonly lineage: Stamped<string> | null;
}

export type Picture = DatasetPicture | JobPicture;

/** Keys of datasets made lately: an event names the same ones again and again. */
const madeKeys = new Map<string, string>();
const maxMade = 20_000;

/** Keys under which pictures are kept. */
export function datasetKey({ namespace, name }: QualifiedName): string {
  const text = `${namespace}\u0000${name}`;
  const made = madeKeys.get(text);
  if (made !== undefined) return made;
  if (madeKeys.size >= maxMade) madeKeys.clear();
  const key = `d:${datasetUid({ namespace, name })}`;
  madeKeys.set(text, key);
  return key;
}

export function jobKey(name: QualifiedName): string {
  return `j:${jobUid(name)}`;
}

/**
 * The one of two statements that counts: the later one, and of two of the same instant always the same one, so that events
 * may come in any order and more than once.
 */
export function later<T>(a: Stamped<T> | null | undefined, b: Stamped<T>): Stamped<T> {
  if (a === null || a === undefined || a.at < b.at) return b;
  if (a.at > b.at) return a;
  return canonicalJson(a.value) >= canonicalJson(b.value) ? a : b;
}

const rank: Readonly<Record<RunState, number>> = { OTHER: 0, START: 1, RUNNING: 2, ABORT: 3, FAIL: 4, COMPLETE: 5 };

/** The state that a run is in when both were heard of it, whichever came first. */
export function laterState(a: RunState, b: RunState): RunState {
  return rank[a] >= rank[b] ? a : b;
}

/** Nothing more comes of such a run. */
export function hasEnded(state: RunState): boolean {
  return rank[state] >= rank.ABORT;
}

/** The `count` entries of a record that `newest` puts first; the others are forgotten. */
export function keepNewest<T>(record: Record<string, T>, count: number, at: (value: T) => string): Record<string, T> {
  const entries = Object.entries(record);
  if (entries.length <= count) return record;
  const order = entries.sort(([a, x], [b, y]) => {
    const [first, second] = [at(x), at(y)];
    return first === second ? (a < b ? -1 : 1) : first > second ? -1 : 1;
  });
  return Object.fromEntries(order.slice(0, count));
}
