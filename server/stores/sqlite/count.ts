import { LexlineError } from '../../base/errors.ts';
import { directKinds } from '../../model/edge.ts';
import type { CountRequest, CountResult } from '../graph/graph-store.ts';
import { defaultBudget } from '../graph/walk-page.ts';
import type { Engine } from './engine.ts';
import type { Connection } from './prepared.ts';
import { neighbourSql, idsOf } from './reach.ts';
import { entityKinds } from './rows.ts';

/** Things whose neighbours, or whose kinds, one statement reads. */
const batchSize = 2000;

/** Counts of published revisions that are remembered; they never change. */
const rememberedCounts = 200;
const remembered = new WeakMap<Connection, Map<string, CountResult>>();

type Counting = Pick<Engine, 'connection' | 'isStopped'>;

/** Counts what a walk of this shape reaches. Nothing of it is kept but a mark for each thing: a closure may hold a million. */
export function countReached(engine: Counting, request: CountRequest): CountResult {
  const { connection } = engine;
  const { from, direction, depth, kinds, n, budget } = request;
  if (n > Number(connection.sql('SELECT published FROM head').get()?.['published'])) return countAt(engine, request);
  const key = JSON.stringify([from, direction, depth, kinds, n, budget]);
  const known = remembered.get(connection) ?? new Map<string, CountResult>();
  remembered.set(connection, known);
  const counted = known.get(key) ?? countAt(engine, request);
  if (known.size >= rememberedCounts) known.clear();
  known.set(key, counted);
  return counted;
}

function countAt({ connection, isStopped }: Counting, request: CountRequest): CountResult {
  const { direction, kinds = directKinds, n, depth, budget = defaultBudget } = request;
  const marks = marksOf(connection);
  const isJob = marksOf(connection);
  const starts = idsOf(connection, request.from);
  for (const id of starts) marks[id] = 1;
  let jobs = 0;
  const found: number[] = [];
  let layer: readonly number[] = [...new Set(starts)];
  const statement = connection.arrays(
    `SELECT json_group_array(far), json_group_array(job) FROM (${neighbourSql(direction, kinds)})`,
  );
  for (let degree = 1; degree <= depth && layer.length > 0; degree++) {
    const begun = found.length;
    // By number, so that what lies together in the index is read together.
    const inOrder = Uint32Array.from(layer).sort();
    for (let at = 0; at < inOrder.length; at += batchSize) {
      if (isStopped()) throw new LexlineError('CANCELLED', '[stores] the walk was stopped on request');
      const row = statement.get(
        `[${inOrder.subarray(at, at + batchSize).join()}]`,
        n,
        n,
      ) as unknown as readonly string[];
      const [far = '[]', by = '[]'] = row;
      for (const job of JSON.parse(by) as readonly number[])
        if (job !== 0 && isJob[job] === 0) {
          isJob[job] = 1;
          jobs += 1;
        }
      for (const id of JSON.parse(far) as readonly number[]) {
        if (marks[id] === 1) continue;
        if (found.length >= budget) return { ...kindsOf(connection, found), jobs, complete: false };
        marks[id] = 1;
        found.push(id);
      }
    }
    layer = found.slice(begun);
  }
  return { ...kindsOf(connection, found), jobs, complete: true };
}

/** One mark for each thing that there is. */
function marksOf(connection: Connection): Uint8Array {
  return new Uint8Array(Number(connection.sql('SELECT max(id) AS last FROM entity').get()?.['last'] ?? 0) + 1);
}

/** How many of the things are fields, and how many datasets they belong to or are. */
function kindsOf(connection: Connection, ids: readonly number[]): Pick<CountResult, 'fields' | 'datasets'> {
  const isDataset = marksOf(connection);
  const statement = connection.arrays(
    'SELECT json_group_array(e.kind), json_group_array(CASE e.kind WHEN ? THEN e.parent ELSE e.id END) FROM json_each(?) v CROSS JOIN entity e WHERE e.id = v.value',
  );
  const [dataset, field] = [entityKinds.indexOf('dataset'), entityKinds.indexOf('field')];
  const inOrder = Uint32Array.from(ids).sort();
  const counts = { fields: 0, datasets: 0 };
  for (let at = 0; at < inOrder.length; at += batchSize) {
    const row = statement.get(
      field,
      `[${inOrder.subarray(at, at + batchSize).join()}]`,
    ) as unknown as readonly string[];
    const [kinds, owners] = row.map((text) => JSON.parse(text) as readonly (number | null)[]);
    for (const [i, kind] of (kinds ?? []).entries()) {
      if (kind === field) counts.fields += 1;
      const owner = owners?.[i] ?? null;
      if ((kind !== field && kind !== dataset) || owner === null || isDataset[owner] === 1) continue;
      isDataset[owner] = 1;
      counts.datasets += 1;
    }
  }
  return counts;
}
