import { availableParallelism } from 'node:os';
import { createSqlEngine } from '../../server/sql/create-sql-engine.ts';
import { analyticCorpus, queryCorpus } from './corpus.ts';
import { arePeersThere, runPeer } from './peers.ts';
import type { CorpusEntry } from './corpus.ts';

/** Statements a second, median and p99 of our engine and its peers over the same statements, in one run. */

interface Row {
  readonly engine: string;
  readonly perSecond: number;
  readonly median: number;
  readonly p99: number;
  readonly answered: string;
}

function rowOf(engine: string, times: readonly number[], wall: number, answered: number): Row {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return {
    engine,
    perSecond: (times.length / wall) * 1000,
    median: at(0.5),
    p99: at(0.99),
    answered: `${answered}/${times.length}`,
  };
}

/** Rounds over the statements, so that what is measured is longer than the warming up of each worker's machine code. */
const rounds = 5;

async function runOurs(corpus: readonly CorpusEntry[], workers: number): Promise<Row> {
  const engine = createSqlEngine({ workers, deadlineMs: 20_000 });
  // Warm like the peers, whose modules are loaded before their clock starts; other texts, so that nothing comes from memory.
  const warm = (entry: CorpusEntry): Promise<unknown> =>
    engine.lineage({ ...entry.request, sql: `${entry.request.sql} -- warm` });
  await Promise.all(corpus.slice(0, 100).map(warm));
  const times: number[] = [];
  let answered = 0;
  const queue = Array.from({ length: rounds }, (_, round) => corpus.map((entry) => asIn(entry, round))).flat();
  const start = performance.now();
  const lane = async (): Promise<void> => {
    for (let entry = queue.shift(); entry !== undefined; entry = queue.shift()) {
      const from = performance.now();
      const { error } = await engine.lineage(entry.request);
      times.push(performance.now() - from);
      if (error === null) answered += 1;
    }
  };
  await Promise.all(Array.from({ length: workers }, lane));
  const wall = performance.now() - start;
  await engine.close();
  return rowOf(`lexline, ${workers} worker${workers === 1 ? '' : 's'}`, times, wall, answered);
}

/** The same statement as a text of its own, so that no round is answered from the memory of an earlier one. */
function asIn(entry: CorpusEntry, round: number): CorpusEntry {
  return { ...entry, request: { ...entry.request, sql: `${entry.request.sql}\n-- round ${round}` } };
}

async function runTheirs(peer: 'sqlglot' | 'sqllineage', corpus: readonly CorpusEntry[]): Promise<Row> {
  const answers = await runPeer(peer, corpus);
  const times = answers.map((answer) => answer.ms);
  const wall = times.reduce((sum, ms) => sum + ms, 0);
  return rowOf(peer, times, wall, answers.filter((answer) => answer.error === null).length);
}

function print(title: string, rows: readonly Row[]): void {
  console.log(
    `\n${title}\n${'engine'.padEnd(22)}${'statements/s'.padStart(14)}${'median ms'.padStart(12)}${'p99 ms'.padStart(10)}${'answered'.padStart(14)}`,
  );
  for (const { engine, perSecond, median, p99, answered } of rows)
    console.log(
      `${engine.padEnd(22)}${perSecond.toFixed(0).padStart(14)}${median.toFixed(2).padStart(12)}${p99.toFixed(1).padStart(10)}${answered.padStart(14)}`,
    );
}

const all = availableParallelism();
const corpora = [
  ['analytic queries (CTEs, joins, CASE, windows)', analyticCorpus(60)],
  ['single statements of our suite, all dialects', queryCorpus()],
] as const;
for (const [title, corpus] of corpora) {
  const rows = [await runOurs(corpus, 1), ...(all > 1 ? [await runOurs(corpus, all)] : [])];
  if (arePeersThere()) rows.push(await runTheirs('sqlglot', corpus), await runTheirs('sqllineage', corpus));
  print(`${title}: ${corpus.length}`, rows);
}
if (!arePeersThere())
  console.log('\npeers skipped: .cache/sql-peers is not there (docs/sql-lineage.md says how to make it)');
