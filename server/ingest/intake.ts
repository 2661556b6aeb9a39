import type { DatasetDocument, JobDocument, SourceDocument } from '../model/document.ts';
import { datasetUid, jobUid, type QualifiedName, type Uid } from '../model/ids.ts';
import type { Gap } from '../model/provenance.ts';
import { stagedForm } from './digest.ts';
import { createFieldKeeper } from './field-keeper.ts';
import type { JobBefore } from './kept-jobs.ts';
import type { KnownTables } from './known-tables.ts';
import { nameDataset } from './name-dataset.ts';
import { nameJob, type JobSql } from './name-job.ts';
import { nameKey, type NamedDataset, type NamedDocument, type NamedField } from './named-document.ts';
import { formerly, namesOf, otherNamesOf } from './names-in.ts';
import type { Names } from './names.ts';
import type { Stage, Staged } from './stage.ts';

/** What the graph holds of one document of the source. */
export interface ExistingDocument {
  readonly digest: string;
  readonly scope: string;
}

/** A job whose SQL waits until all tables of the run are known. Its text is held in memory and nowhere else. */
export interface PendingJob {
  readonly scope: string;
  readonly document: JobDocument;
}

/** A dataset that its source describes only in part. It waits like a job: SQL that is still to be resolved may name more columns. */
export interface PartialDataset {
  readonly scope: string;
  readonly document: DatasetDocument;
}

/** A dataset under its joined name, and where it was met. */
export interface ScopedDataset {
  readonly named: NamedDataset;
  readonly scope: string;
}

export interface IntakeCounts {
  changed: number;
  unchanged: number;
}

/**
 * Takes documents in batches: joins their names, digests them, compares with the graph and stages them. Nothing is awaited
 * per document. Jobs with SQL are held back until {@link Intake.takePending}, datasets described in part with them.
 */
export interface Intake {
  readonly seen: ReadonlyMap<Uid, string>;
  readonly removed: ReadonlySet<Uid>;
  /** What the source described under a name that is another name of a dataset by now, with that dataset's name. */
  readonly calledOtherwise: ReadonlyMap<Uid, QualifiedName>;
  /** Datasets around the jobs that were kept because their SQL could not be looked at. */
  readonly besideKept: ReadonlySet<Uid>;
  readonly gaps: readonly Gap[];
  /** Gaps of fields that were kept although their source no longer lists them, since the last time they were taken. */
  takeKept(): readonly (Gap & { readonly scope: string })[];
  readonly counts: Readonly<IntakeCounts>;
  /** UTF-16 units of SQL held back, and a little for each dataset. */
  readonly pendingSize: number;
  add(document: SourceDocument, scope: string): void;
  remove(kind: 'dataset' | 'job', name: QualifiedName, scope: string): void;
  /** True when a batch is full and {@link Intake.flush} is due. */
  readonly isFull: boolean;
  flush(epoch: number): Promise<void>;
  takePending(): { readonly jobs: readonly PendingJob[]; readonly partial: readonly PartialDataset[] };
  /** Keeps those jobs as they were of which SQL told before, and what they read and wrote; the others come back. */
  keepJobs(jobs: readonly PendingJob[]): Promise<readonly PendingJob[]>;
  /** Datasets with the fields that may not go unasked; those that keep nothing are left out. */
  keep(datasets: readonly ScopedDataset[]): Promise<readonly ScopedDataset[]>;
  /** Stages a job whose SQL was resolved, or a dataset that a statement creates. */
  stageNamed(named: NamedDocument, scope: string): void;
  stageJob(document: JobDocument, scope: string, sql: JobSql): void;
  /** Counts a document in that an earlier part of the run staged. */
  restore(staged: Staged): void;
}

const batchSize = 1000;
/** What a dataset held back counts for beside SQL. */
const heldDataset = 1000;

export function createIntake(options: {
  readonly names: Names;
  readonly tables: KnownTables;
  readonly stage: Stage;
  readonly existing: ReadonlyMap<Uid, ExistingDocument>;
  /** What the source listed of datasets before, in the order asked; null: whatever it lists now holds. */
  readonly listedBefore: ((datasets: readonly Uid[]) => Promise<readonly (readonly NamedField[])[]>) | null;
  /** What the source's SQL told of jobs before, in the order asked; null: whatever it tells now holds. */
  readonly sqlBefore: ((jobs: readonly Uid[]) => Promise<readonly (JobBefore | null)[]>) | null;
}): Intake {
  const { names, tables, existing, sqlBefore } = options;
  const seen = new Map<Uid, string>();
  const removed = new Set<Uid>();
  const calledOtherwise = new Map<Uid, QualifiedName>();
  const besideKept = new Set<Uid>();
  const digests = new Map<Uid, string>();
  const gaps: Gap[] = [];
  const counts: IntakeCounts = { changed: 0, unchanged: 0 };
  let datasets: { document: DatasetDocument; scope: string }[] = [];
  let jobs: PendingJob[] = [];
  let pending: PendingJob[] = [];
  let partial: PartialDataset[] = [];
  let pendingSize = 0;
  let ready: Omit<Staged, 'epoch'>[] = [];
  let removals: { kind: 'dataset' | 'job'; name: QualifiedName; scope: string }[] = [];

  // Compared once and staged once: what it costs to write a document out is paid once.
  const forms = new WeakMap<NamedDocument, ReturnType<typeof stagedForm>>();
  const formOf = (named: NamedDocument): ReturnType<typeof stagedForm> => {
    const form = forms.get(named) ?? stagedForm(named);
    forms.set(named, form);
    return form;
  };

  const fields = createFieldKeeper({
    existing,
    listedBefore: options.listedBefore,
    digestOf: (named) => formOf(named).digest,
    besideKept,
    atOnce: batchSize,
  });

  const stageNamed = (named: NamedDocument, scope: string): void => {
    const uid = named.kind === 'dataset' ? datasetUid(named) : jobUid(named);
    const { body, digest } = formOf(named);
    const before = existing.get(uid);
    const same = before !== undefined && before.digest === digest && before.scope === scope;
    const earlier = digests.get(uid);
    if (earlier !== undefined && earlier !== digest) gaps.push(statedTwice(named));
    if (earlier === undefined) counts[same ? 'unchanged' : 'changed'] += 1;
    digests.set(uid, digest);
    seen.set(uid, scope);
    removed.delete(uid);
    ready.push({ uid, kind: named.kind, scope, digest, state: same ? 'same' : 'differs', text: same ? null : body });
  };

  /** The dataset that a source reports as removed: what it described under this name, be it another name of something by now. */
  const removedDataset = (name: QualifiedName): Uid | null => {
    const own = datasetUid({ namespace: names.namespace(name.namespace), name: name.name });
    if (existing.has(own) || seen.has(own)) return own;
    const target = datasetUid(names.dataset(name));
    // One of several names went; the dataset itself was described in this very run.
    return target !== own && seen.has(target) ? null : target;
  };

  const hold = ({ document, scope }: PendingJob): void => {
    pending.push({ document, scope });
    for (const { sql } of document.statements ?? []) pendingSize += sql.length;
  };

  const keepJobs = async (met: readonly PendingJob[]): Promise<readonly PendingJob[]> => {
    const uidOf = ({ document }: PendingJob): Uid => jobUid(names.job(document));
    const asked = met.filter((one) => existing.has(uidOf(one)));
    const before = sqlBefore === null || asked.length === 0 ? [] : await sqlBefore(asked.map(uidOf));
    const stay = new Set<PendingJob>();
    for (const [i, one] of asked.entries()) {
      const known = before[i] ?? null;
      const uid = uidOf(one);
      const digest = existing.get(uid)?.digest;
      if (known === null || digest === undefined) continue;
      stay.add(one);
      if (!digests.has(uid)) counts.unchanged += 1;
      digests.set(uid, digest);
      seen.set(uid, one.scope);
      removed.delete(uid);
      ready.push({ uid, kind: 'job', scope: one.scope, digest, state: 'same', text: null });
      for (const dataset of known.datasets) besideKept.add(dataset);
    }
    return met.filter((one) => !stay.has(one));
  };

  return {
    seen,
    removed,
    calledOtherwise,
    besideKept,
    gaps,
    counts,
    keepJobs,
    keep: (made) => fields.keep(made),
    takeKept: () => fields.takeGaps(),
    get pendingSize() {
      return pendingSize;
    },
    get isFull() {
      return datasets.length + jobs.length + removals.length >= batchSize;
    },
    add(document, scope) {
      if (document.type === 'dataset') {
        datasets.push({ document, scope });
        if (document.partial === true) pendingSize += heldDataset;
      } else if (document.partial === true || (document.statements ?? []).length === 0) jobs.push({ document, scope });
      else hold({ document, scope });
    },
    remove(kind, name, scope) {
      removals.push({ kind, name, scope });
    },
    async flush(epoch) {
      await names.learn(
        namesOf(datasets, jobs, removals),
        datasets.flatMap(({ document }) => document.aliases ?? []),
      );
      const met = datasets.map(({ document, scope }) => {
        const named = nameDataset(document, names);
        names.alias(
          named,
          named.aliases.map(([namespace, name]) => ({ namespace, name })),
        );
        for (const former of formerly(document, named, names)) {
          if (!existing.has(former) || seen.has(former)) continue;
          removed.add(former);
          calledOtherwise.set(former, named);
        }
        return { document, named, scope };
      });
      const held = byName(await fields.keepTogether(met.filter(({ document }) => document.partial !== true)));
      for (const { document, named, scope } of met) {
        const whole = held.get(nameKey(named)) ?? named;
        tables.add(whole, document.partial, otherNamesOf(whole, names));
        if (document.partial === true) partial.push({ document, scope });
        else stageNamed(whole, scope);
      }
      const unread = new Set(jobs.filter(({ document }) => document.partial === true));
      const anew = new Set(await keepJobs([...unread]));
      for (const { document, scope } of jobs.filter((one) => !unread.has(one) || anew.has(one)))
        if ((document.statements ?? []).length > 0) hold({ document, scope });
        else stageNamed(nameJob(document, names, null), scope);
      for (const { kind, name, scope } of removals) {
        const uid = kind === 'dataset' ? removedDataset(name) : jobUid(names.job(name));
        if (uid === null) continue;
        removed.add(uid);
        seen.delete(uid);
        ready.push({ uid, kind, scope, digest: '', state: 'removed', text: null });
      }
      const batch = ready.map((staged) => ({ ...staged, epoch }));
      [datasets, jobs, removals, ready] = [[], [], [], []];
      await options.stage.put(batch);
    },
    takePending() {
      const taken = { jobs: pending, partial };
      [pending, partial] = [[], []];
      pendingSize = 0;
      return taken;
    },
    stageNamed,
    stageJob(document, scope, sql) {
      stageNamed(nameJob(document, names, sql), scope);
    },
    restore({ uid, scope, digest, state }) {
      if (state === 'removed') removed.add(uid);
      else if (state !== 'stale') {
        seen.set(uid, scope);
        digests.set(uid, digest);
        counts[state === 'same' ? 'unchanged' : 'changed'] += 1;
      }
    },
  };
}

/** Datasets by name: of two under one name the later one counts. */
export function byName(datasets: readonly ScopedDataset[]): ReadonlyMap<string, NamedDataset> {
  return new Map(datasets.map(({ named }) => [nameKey(named), named]));
}

function statedTwice(named: NamedDocument): Gap {
  return {
    what: named.name,
    reason: 'source-failed',
    detail: 'the source described it twice in one read, in different words; the later one counts',
    remedy: 'look in the source for two things of this name, and rename or remove one',
  };
}
