import { cutEndOf, isPutTogether, joiningOf } from '../model/parts.ts';
import type { Uid } from '../model/ids.ts';
import type { EdgeRecord, GraphStore } from '../stores/graph/graph-store.ts';
import type { DerivedRows } from './derived-rows.ts';
import type { LocalGraph } from './local-graph.ts';
import { effectUnder, type PropagationRules } from './propagation-rules.ts';
import { bringsPart, mayJoin, putTogether, type PartEdge, type PartsInto } from './put-together.ts';
import { rowKey, type Row } from './row.ts';
import type { Stops } from './stops.ts';
import { tablesOf } from './tables-of.ts';

/** The rows of whole values that stand where parts of them come together. */
export interface JoinedRows {
  readonly at: (field: Uid) => readonly Row[];
  /** Fields where such a row can have changed. */
  readonly fields: ReadonlySet<Uid>;
}

export const noJoinedRows: JoinedRows = { at: () => [], fields: new Set() };

interface Surroundings {
  readonly graph: Pick<GraphStore, 'get'>;
  readonly n: number;
  readonly rules: PropagationRules;
  readonly stops: Stops;
  readonly rows: DerivedRows;
  readonly local: LocalGraph;
}

/**
 * Looks again wherever parts of a value can come together otherwise than before: at the fields that a change touched, and
 * behind them as far as parts go. The rows of the parts themselves must stand already; none of them rests on what is found here.
 */
export async function joinedRows(around: Surroundings, touched: ReadonlySet<Uid>): Promise<JoinedRows> {
  const { rows } = around;
  const fields = await behindParts(around, touched);
  const into = await partsInto(around, fields);
  const cutFrom = new Set(
    [...into.values()].flatMap((byField) =>
      [...byField.values()].flatMap((edges) => edges.flatMap(({ from, brings }) => (brings === 'cut' ? [from] : []))),
    ),
  );
  const tables = await tablesOf(around.graph, around.n, cutFrom);
  const found = new Map<Uid, Row[]>();
  for (const [category, byField] of into)
    for (const { field, treatment } of putTogether(byField, fields, (uid) => tables.get(uid) ?? null)) {
      const parts = rows.at(field).get(rowKey(category, 'partial'));
      if (parts === undefined) continue;
      const row: Row = { category, treatment, rank: parts.rank + 1, via: { field, treatment: 'partial' } };
      const known = found.get(field);
      if (known === undefined) found.set(field, [row]);
      else known.push(row);
    }
  const stood = [...fields].filter((field) =>
    [...rows.at(field).values()].some(({ treatment, via }) => via !== null && isPutTogether({ field, treatment }, via)),
  );
  return { at: (field) => found.get(field) ?? [], fields: new Set([...stood, ...found.keys()]) };
}

async function behindParts({ rows, local }: Surroundings, touched: ReadonlySet<Uid>): Promise<ReadonlySet<Uid>> {
  const found = new Set(touched);
  const changed = new Set(rows.changedFields());
  // What changed may be cut on its way out; of all else only what holds a part matters.
  let level = [...new Set([...touched, ...changed])].filter((field) => changed.has(field) || heldPart(rows, field));
  while (level.length > 0) {
    await local.load(level, 'outOf');
    const next = new Set(level.flatMap((field) => local.outOf(field).map(({ to }) => to)));
    await rows.load(next);
    level = [...next].filter((field) => !found.has(field) && heldPart(rows, field));
    for (const field of level) found.add(field);
  }
  return found;
}

function heldPart(rows: DerivedRows, field: Uid): boolean {
  return [rows.before(field), rows.at(field)].some((all) =>
    [...all.values()].some(({ treatment }) => treatment === 'partial'),
  );
}

/** By category: the edges that bring parts into those of these fields where they may come together, and into those behind them. */
async function partsInto(around: Surroundings, fields: ReadonlySet<Uid>): Promise<ReadonlyMap<string, PartsInto<Uid>>> {
  const { rows, local } = around;
  const into = new Map<string, Map<Uid, PartEdge<Uid>[]>>();
  const seen = new Set<Uid>();
  const held = [...fields].filter((field) => heldPart(rows, field));
  await local.load(held, 'into');
  const joining = held.filter((field) => mayJoin(local.into(field).map(({ fn }) => ({ joins: joiningOf(fn) }))));
  for (let level = new Set(joining); level.size > 0;) {
    const holding = [...level].filter((field) => !seen.has(field) && heldPart(rows, field));
    for (const field of holding) seen.add(field);
    await local.load(holding, 'into');
    await rows.load(holding.flatMap((field) => local.into(field).map(({ from }) => from)));
    const before = new Set<Uid>();
    for (const field of holding)
      for (const { category, treatment } of rows.at(field).values()) {
        if (treatment !== 'partial') continue;
        const edges = local.into(field).flatMap((edge) => partEdges(around, edge, category));
        const known = into.get(category) ?? new Map<Uid, PartEdge<Uid>[]>();
        into.set(category, known.set(field, edges));
        for (const { from } of edges) before.add(from);
      }
    level = before;
  }
  return into;
}

function partEdges({ rules, stops, rows }: Surroundings, edge: EdgeRecord, category: string): PartEdge<Uid>[] {
  const effect = effectUnder(rules, edge.fn, edge.effect);
  return [...rows.at(edge.from).values()].flatMap((row) => {
    const brings = row.category === category ? bringsPart(row.treatment, effect) : null;
    if (brings === null || stops.stops(edge, category)) return [];
    const end = brings === 'cut' ? cutEndOf(edge.fn) : null;
    return [{ from: edge.from, brings, end, joins: joiningOf(edge.fn), job: edge.job }];
  });
}
