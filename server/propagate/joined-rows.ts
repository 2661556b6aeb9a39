import { cutEndOf } from '../model/parts.ts';
import type { Uid } from '../model/ids.ts';
import type { EdgeRecord, GraphStore } from '../stores/graph/graph-store.ts';
import type { DerivedRows } from './derived-rows.ts';
import type { LocalGraph } from './local-graph.ts';
import { effectUnder, type PropagationRules } from './propagation-rules.ts';
import { bringsPart, putTogether, type PartEdge } from './put-together.ts';
import { rowKey, type Row } from './row.ts';
import type { Stops } from './stops.ts';
import { tablesOf } from './tables-of.ts';

/** The rows of clear values that stand where parts of them come together. */
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
  const fields = await behindParts(around, touched);
  const into = await partsInto(around, fields);
  const cutFrom = new Set(
    [...into.values()].flatMap((byField) =>
      [...byField.values()].flatMap((edges) => edges.flatMap(({ from, cut }) => (cut === null ? [] : [from]))),
    ),
  );
  const tables = await tablesOf(around.graph, around.n, cutFrom);
  const found = new Map<Uid, Row[]>();
  for (const [category, byField] of into)
    for (const field of putTogether(byField, (uid) => tables.get(uid) ?? null)) {
      const parts = around.rows.at(field).get(rowKey(category, 'partial'));
      if (!fields.has(field) || parts === undefined) continue;
      const row: Row = { category, treatment: 'clear', rank: parts.rank + 1, via: { field, treatment: 'partial' } };
      const known = found.get(field);
      if (known === undefined) found.set(field, [row]);
      else known.push(row);
    }
  return { at: (field) => found.get(field) ?? [], fields };
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

/** By category, then by field: the edges that bring parts into these fields and into those that the parts come from. */
async function partsInto(
  around: Surroundings,
  fields: ReadonlySet<Uid>,
): Promise<ReadonlyMap<string, ReadonlyMap<Uid, readonly PartEdge<Uid>[]>>> {
  const { rows, local } = around;
  const into = new Map<string, Map<Uid, PartEdge<Uid>[]>>();
  const seen = new Set<Uid>();
  for (let level = fields; level.size > 0;) {
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
        for (const { from, cut } of edges) if (cut === null) before.add(from);
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
    const cut = brings === 'cut' ? { end: cutEndOf(edge.fn) } : null;
    return [{ from: edge.from, cut, plain: cut === null && edge.kind === 'IDENTITY' }];
  });
}
