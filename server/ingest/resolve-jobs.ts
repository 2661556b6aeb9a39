import type { JobDocument } from '../model/document.ts';
import type { Gap } from '../model/provenance.ts';
import type { Intake, PartialDataset, PendingJob } from './intake.ts';
import { byName } from './intake.ts';
import { completeDatasets } from './complete-datasets.ts';
import { createdDatasets } from './created-datasets.ts';
import { jobSql, type ResolvedStatement } from './job-sql.ts';
import type { KnownTables } from './known-tables.ts';
import { nameKey, type NamedDataset } from './named-document.ts';
import { ledTables, namesInSql } from './led-tables.ts';
import { namesOfJob, otherNamesOf } from './names-in.ts';
import type { Names } from './names.ts';
import type { StatementLineage } from './statement-lineage.ts';
import { stagedForm } from './digest.ts';

/** Texts resolved at a time; the SQL room has its own workers. */
const atOnce = 8;
/** Tables made of tables made of tables: so many rounds at most until a star is known through and through. */
const maxRounds = 6;

/** How far the statements were understood, and what was not. */
export interface ResolvedJobs {
  full: number;
  tables: number;
  failed: number;
  readonly gaps: (Gap & { readonly scope: string })[];
  /** True: jobs stay as they were because their SQL breaks off. */
  kept: boolean;
}

/** A dataset that statements create, or whose columns they complete. */
interface FoundDataset {
  readonly named: NamedDataset;
  readonly scope: string;
  /** False: it may have columns that no statement names. */
  readonly isWhole?: boolean;
}

/**
 * Resolves the SQL of jobs once all tables of the run are known, and stages jobs and the tables that their statements
 * create, and the datasets that the source described in part. Statements feed the columns of the tables that they create or
 * complete to the others, round by round until nothing more is learnt.
 */
export async function resolveJobs(options: {
  readonly pending: readonly PendingJob[];
  readonly partial: readonly PartialDataset[];
  readonly intake: Intake;
  readonly names: Names;
  readonly tables: KnownTables;
  readonly lineage: StatementLineage;
  readonly epoch: number;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}): Promise<ResolvedJobs> {
  const { pending, intake, names } = options;
  const tables = ledTables(options.tables, names);
  const counts: ResolvedJobs = { full: 0, tables: 0, failed: 0, gaps: [], kept: false };
  await names.learn(pending.flatMap(({ document }) => [...namesOfJob(document)]));
  for (const namespace of namespacesOf(pending, names)) await tables.load(namespace);

  const own = new Set(intake.seen.keys());
  let found: ReadonlyMap<string, FoundDataset> = new Map();
  let resolved: readonly (readonly ResolvedStatement[])[] = [];
  for (let round = 0; round < maxRounds; round++) {
    resolved = await resolveRound(options);
    await names.learn([...namesInSql(resolved.flat(), options.tables)]);
    const next: ReadonlyMap<string, FoundDataset> = new Map<string, FoundDataset>([
      ...createdDatasets(pending, resolved, { names, tables, told: options.tables, own }),
      ...completeDatasets(options.partial, resolved, { names, tables }),
    ]);
    const learnt = [...next.values()].filter(({ named }) => {
      const before = found.get(nameKey(named));
      return before === undefined || stagedForm(before.named).digest !== stagedForm(named).digest;
    });
    found = next;
    for (const { named, isWhole } of learnt) tables.add(named, isWhole === false, otherNamesOf(named, names));
    if (learnt.length === 0) break;
  }

  const broken = pending.filter(({ document }, i) => document.mayBreakOff === true && breaksOff(resolved[i] ?? []));
  const anew = new Set(await intake.keepJobs(broken));
  const kept = new Set(broken.filter((one) => !anew.has(one)));
  counts.kept = kept.size > 0;
  const held = byName(await intake.keep([...found.values()]));
  for (const named of held.values())
    tables.add(named, found.get(nameKey(named))?.isWhole === false, otherNamesOf(named, names));
  if (held.size > 0) resolved = await resolveRound(options);
  for (const [key, { named, scope }] of found) intake.stageNamed(held.get(key) ?? named, scope);
  for (const [i, job] of pending.entries()) {
    const { document, scope } = job;
    const statements = resolved[i] ?? [];
    for (const { lineage } of statements) counts[lineage.parseStatus] += 1;
    const sql = await jobSql(document, statements, tables);
    if (kept.has(job)) counts.gaps.push({ ...brokenOff(document.name), scope });
    else intake.stageJob(document, scope, sql);
    counts.gaps.push(...sql.gaps().map((gap) => ({ ...gap, scope })));
    if (i % 500 === 499) await intake.flush(options.epoch);
  }
  await intake.flush(options.epoch);
  return counts;
}

/** SQL that is not understood to its end may go on where nobody sees it; so may a text that is still empty. */
function breaksOff(resolved: readonly ResolvedStatement[]): boolean {
  return resolved.some(({ statement, lineage }) => {
    if (lineage.error !== null || statement.sql.trim() === '') return true;
    return (lineage.statements.at(-1)?.parseStatus ?? 'full') !== 'full';
  });
}

function brokenOff(name: string): Gap {
  return {
    what: `SQL of ${name}`,
    reason: 'not-read',
    detail: 'it is not understood to its end and may be half written: what it told before was kept',
    remedy: 'sync again once it is written; if it is whole and should count as it is, run the sync with --allow-shrink',
  };
}

async function resolveRound(options: Parameters<typeof resolveJobs>[0]): Promise<readonly ResolvedStatement[][]> {
  const { pending, names, lineage, signal } = options;
  const answers: ResolvedStatement[][] = pending.map(() => []);
  let next = 0;
  let done = 0;
  const worker = async (): Promise<void> => {
    while (next < pending.length) {
      signal.throwIfAborted();
      const i = next++;
      const job = pending[i];
      if (job !== undefined) answers[i] = await resolveJob(job.document, names, lineage, signal);
      done += 1;
      if (done % 100 === 0) options.onProgress(done, pending.length);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  options.onProgress(done, pending.length);
  return answers;
}

async function resolveJob(
  document: JobDocument,
  names: Names,
  lineage: StatementLineage,
  signal: AbortSignal,
): Promise<ResolvedStatement[]> {
  const resolved: ResolvedStatement[] = [];
  for (const statement of document.statements ?? []) {
    const namespace = names.namespace(statement.namespace);
    resolved.push({
      statement,
      namespace,
      target: statement.target === undefined ? null : names.dataset(statement.target),
      lineage: await lineage.of(statement, namespace, signal),
    });
  }
  return resolved;
}

function namespacesOf(pending: readonly PendingJob[], names: Names): ReadonlySet<string> {
  const namespaces = new Set<string>();
  for (const { document } of pending)
    for (const statement of document.statements ?? []) {
      namespaces.add(names.namespace(statement.namespace));
      if (statement.target !== undefined) namespaces.add(names.dataset(statement.target).namespace);
    }
  return namespaces;
}
