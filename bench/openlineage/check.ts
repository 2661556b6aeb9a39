import { join } from 'node:path';
import { silentLog } from '../../server/base/log.ts';
import { datasetUid, jobUid } from '../../server/model/ids.ts';
import { everyPage } from '../../server/stores/every-page.ts';
import { openSqliteStores } from '../../server/stores/sqlite/open-stores.ts';
import { benchNamespace, jobCount, namesOf } from './make-event.ts';

/** What the stores hold after events of so many runs. */
export interface Found {
  readonly waiting: number;
  /** Runs that were counted, over all jobs. */
  readonly runs: number;
  /** Jobs whose count is not the number of their runs. */
  readonly wrongCounts: number;
  /** Of the outputs and inputs that events spoke of, those that the graph does not hold. */
  readonly missingDatasets: number;
  readonly revisions: number;
  /** Shortest time between two revisions, in ms. */
  readonly closest: number;
  /** Most revisions in any whole second. */
  readonly mostInASecond: number;
}

/** Looks into the stores of a server that has ended. */
export async function checkStores(folder: string, serials: ReadonlySet<number>): Promise<Found> {
  const stores = await openSqliteStores({ path: join(folder, 'data'), log: silentLog });
  const { graph, state } = stores;
  const { published: n } = await graph.head();
  const expected = new Map<number, number>();
  for (const serial of serials) expected.set(serial % jobCount, (expected.get(serial % jobCount) ?? 0) + 1);
  let runs = 0;
  let wrongCounts = 0;
  const datasets = new Set<string>();
  for (const [job, count] of expected) {
    const observed = await state.observations([jobUid({ namespace: 'bench', name: `job_${job}` })], 'runs');
    const counted = observed.reduce((sum, one) => sum + one.count, 0);
    runs += counted;
    if (counted !== count) wrongCounts += 1;
    for (const name of Object.values(namesOf(job))) datasets.add(datasetUid({ namespace: benchNamespace, name }));
  }
  const found = await graph.get([...datasets], n);
  const times: number[] = [];
  for await (const { publishedAt } of everyPage((page) => graph.revisions(page), 500))
    times.push(Date.parse(publishedAt));
  times.sort((a, b) => a - b);
  const gaps = times.slice(1).map((at, i) => at - (times[i] ?? 0));
  const bySecond = [...Map.groupBy(times, (at) => Math.floor(at / 1000)).values()].map(({ length }) => length);
  const waiting = await state.count('inbox:lineage');
  await stores.close();
  return {
    waiting,
    runs,
    wrongCounts,
    missingDatasets: found.filter((one) => (one?.assertions.length ?? 0) === 0).length,
    revisions: times.length,
    closest: Math.min(Infinity, ...gaps),
    mostInASecond: Math.max(0, ...bySecond),
  };
}
