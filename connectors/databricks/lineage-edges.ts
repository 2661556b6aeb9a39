import type { StatedEdge } from '../../server/model/document.ts';
import type { QualifiedName } from '../../server/model/ids.ts';
import { datasetOf, storedAt } from './names.ts';
import type { LineageRow } from './rows.ts';

/** What the lineage tables saw of one job or statement. */
export interface Seen {
  readonly inputs: readonly QualifiedName[];
  readonly outputs: readonly QualifiedName[];
  readonly edges: readonly StatedEdge[];
  readonly firstMs: number;
  readonly lastMs: number;
}

/** Edges of one job; beyond it tables of thousands of columns are listed pair by pair. */
const maxEdges = 50_000;

/**
 * Brings rows of lineage to edges. Databricks says that a value arrives and not what was done to it. `weak`: they count where
 * the text of the statement is not understood in full. Where columns are told, the pair of tables is not told again. Pure.
 */
export function seenBy(namespace: string, rows: readonly LineageRow[], weak: boolean): Seen {
  const inputs = new Map<string, QualifiedName>();
  const outputs = new Map<string, QualifiedName>();
  const edges: StatedEdge[] = [];
  const pairsTold = new Set<string>();
  const pairs = new Map<string, readonly [QualifiedName, QualifiedName]>();
  const keyOf = ({ namespace: space, name }: QualifiedName): string => JSON.stringify([space, name]);
  let firstMs = Number.POSITIVE_INFINITY;
  let lastMs = 0;
  for (const row of rows) {
    const from = placeOf(namespace, row.source_name, row.source_path);
    const to = placeOf(namespace, row.target_name, row.target_path);
    if (from === null || to === null) continue;
    firstMs = Math.min(firstMs, row.first_ms);
    lastMs = Math.max(lastMs, row.last_ms);
    inputs.set(keyOf(from), from);
    outputs.set(keyOf(to), to);
    const pair = `${keyOf(from)} ${keyOf(to)}`;
    if (row.source_column === null || row.target_column === null) {
      pairs.set(pair, [from, to]);
      continue;
    }
    pairsTold.add(pair);
    if (edges.length >= maxEdges) continue;
    edges.push({
      from: { dataset: from, field: [row.source_column] },
      to: { dataset: to, field: [row.target_column] },
      kind: 'TRANSFORMATION',
      effect: 'unknown',
      ...(weak ? { weak } : {}),
    });
  }
  for (const pair of pairsTold) pairs.delete(pair);
  const tables = [...pairs.values()].map(([from, to]): StatedEdge => ({
    from: { dataset: from, field: null },
    to: { dataset: to, field: null },
    kind: 'DATASET',
    ...(weak ? { weak } : {}),
  }));
  return {
    inputs: [...inputs.values()],
    outputs: [...outputs.values()],
    edges: [...tables, ...edges],
    firstMs,
    lastMs,
  };
}

/** A table by its name; files by the place where they lie. */
function placeOf(namespace: string, name: string | null, path: string | null): QualifiedName | null {
  // Unity Catalog keeps names in lower case.
  const table = name === null || name === '' ? null : datasetOf(namespace, name.toLowerCase());
  return table ?? (path === null || path === '' ? null : storedAt(namespace, path));
}
