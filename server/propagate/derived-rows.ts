import type { DerivedClassification } from '../model/classification.ts';
import type { Uid } from '../model/ids.ts';
import type { Change, GraphStore } from '../stores/graph/graph-store.ts';
import { derivedRow, isSameRow, rowKey, type Row } from './row.ts';

/** The rows of the fields that one propagation touches: as they were, as they become, and the difference. */
export interface DerivedRows {
  load(fields: Iterable<Uid>): Promise<void>;
  /** Rows as they stand now; the field must have been loaded. */
  at(field: Uid): ReadonlyMap<string, Row>;
  set(field: Uid, row: Row): void;
  drop(field: Uid, key: string): void;
  /** Fields whose rows are not what they were, `before` and after. */
  changedFields(): readonly Uid[];
  before(field: Uid): ReadonlyMap<string, Row>;
  /** What must be written so that the open revision holds the rows as they now stand. */
  changes(actual: ReadonlyMap<Uid, readonly DerivedClassification[]>): readonly Change[];
}

const batchSize = 1000;

/** `n` is the revision whose rows are the fixpoint to start from; 0: there are none. */
export function createDerivedRows(graph: Pick<GraphStore, 'derived'>, n: number, rules: string): DerivedRows {
  const before = new Map<Uid, Map<string, Row>>();
  const now = new Map<Uid, Map<string, Row>>();
  const none: ReadonlyMap<string, Row> = new Map();

  const rowsOf = (map: ReadonlyMap<Uid, ReadonlyMap<string, Row>>, field: Uid): readonly DerivedClassification[] =>
    [...(map.get(field) ?? none).values()].map((row) => derivedRow(field, row, rules));

  return {
    async load(fields) {
      const missing = [...new Set(fields)].filter((field) => !before.has(field));
      for (const field of missing) {
        before.set(field, new Map());
        now.set(field, new Map());
      }
      if (n === 0) return;
      for (let at = 0; at < missing.length; at += batchSize)
        for (const row of await graph.derived(missing.slice(at, at + batchSize), n)) {
          const { field, category, treatment, rank, via } = row;
          const key = rowKey(category, treatment);
          before.get(field)?.set(key, { category, treatment, rank, via });
          now.get(field)?.set(key, { category, treatment, rank, via });
        }
    },
    at: (field) => now.get(field) ?? none,
    before: (field) => before.get(field) ?? none,
    set(field, row) {
      now.get(field)?.set(rowKey(row.category, row.treatment), row);
    },
    drop(field, key) {
      now.get(field)?.delete(key);
    },
    changedFields() {
      return [...now.keys()].filter((field) => differ(rowsOf(before, field), rowsOf(now, field)));
    },
    changes(actual) {
      const changes: Change[] = [];
      for (const field of [...now.keys()].sort()) {
        const there = actual.get(field) ?? rowsOf(before, field);
        changes.push(...difference(there, rowsOf(now, field)));
      }
      return changes;
    },
  };
}

function differ(a: readonly DerivedClassification[], b: readonly DerivedClassification[]): boolean {
  return difference(a, b).length > 0;
}

/** The changes that lead from one set of rows of a field to another. */
export function difference(
  from: readonly DerivedClassification[],
  to: readonly DerivedClassification[],
): readonly Change[] {
  const wanted = new Map(to.map((row) => [rowKey(row.category, row.treatment), row]));
  const changes: Change[] = [];
  for (const row of from) {
    const key = rowKey(row.category, row.treatment);
    const after = wanted.get(key);
    if (after === undefined)
      changes.push({ type: 'end-derived', field: row.field, category: row.category, treatment: row.treatment });
    else if (isSameRow(row, after)) wanted.delete(key);
  }
  for (const row of wanted.values()) changes.push({ type: 'derived', row });
  return changes;
}
