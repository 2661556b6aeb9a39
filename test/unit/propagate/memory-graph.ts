import type { DerivedClassification, Verdict } from '../../../server/model/classification.ts';
import type { Uid } from '../../../server/model/ids.ts';
import { isOfKind } from '../../../server/stores/graph/entry-kind.ts';
import type {
  Change,
  ChangeRecord,
  EdgeRecord,
  EnteredRecord,
  EntityRecord,
  GraphStore,
} from '../../../server/stores/graph/graph-store.ts';
import type { Page, PageRequest } from '../../../server/stores/page.ts';

/** What a revision holds, as far as propagation looks. */
export interface Snapshot {
  readonly edges: readonly EdgeRecord[];
  readonly verdicts: readonly Verdict[];
  readonly entered: readonly EnteredRecord[];
  derived: readonly DerivedClassification[];
}

/** The part of the graph contract that propagation uses, over whole snapshots: slow, obvious, small pages. */
export function createMemoryGraph(entities: readonly EntityRecord[], snapshots: Snapshot[]): GraphStore {
  const at = (n: number): Snapshot => snapshots[n] ?? { edges: [], verdicts: [], entered: [], derived: [] };
  const paged = <T>(items: readonly T[], { first, after }: PageRequest): Page<T> => {
    const size = Math.min(first, 7);
    const from = after === undefined ? 0 : Number(after);
    const next = from + size;
    return { items: items.slice(from, next), cursor: next < items.length ? String(next) : null };
  };
  const graph: Partial<GraphStore> = {
    head: async () => ({ published: snapshots.length - 2, publishedAt: null, open: null, floor: 0, kept: [] }),
    get: async (uids) => uids.map((uid) => entities.find((entity) => entity.uid === uid) ?? null),
    list: async (filter, _n, page) =>
      paged(
        entities.filter(({ kind, parent }) => kind === filter.kind && parent === filter.parent),
        page,
      ),
    edges: async (uids, direction, kinds, n, page) =>
      paged(
        at(n).edges.filter(
          (edge) =>
            uids.includes(direction === 'upstream' ? edge.to : edge.from) &&
            (kinds === undefined || kinds.includes(edge.kind)),
        ),
        page,
      ),
    verdicts: async (fields, n) => at(n).verdicts.filter(({ field }) => fields.includes(field)),
    derived: async (fields, n) => at(n).derived.filter(({ field }) => fields.includes(field)),
    entered: async ({ kind }, n) => at(n).entered.filter((entry) => kind === undefined || isOfKind(entry.kind, kind)),
    scan: async (what, n, page) => paged<unknown>(at(n)[what as keyof Snapshot], page) as never,
    changes: async (a, b, page, tables) =>
      paged(
        changesBetween(at(a), at(b)).filter(({ table }) => tables === undefined || tables.includes(table)),
        page,
      ),
    apply: async (open, changes) => {
      const snapshot = at(open.n);
      for (const change of changes) snapshot.derived = applied(snapshot.derived, change);
      return { opened: 0, closed: 0 };
    },
  };
  return graph as GraphStore;
}

function applied(rows: readonly DerivedClassification[], change: Change): readonly DerivedClassification[] {
  if (change.type !== 'derived' && change.type !== 'end-derived') throw new Error(`not expected: ${change.type}`);
  const { field, category, treatment } = change.type === 'derived' ? change.row : change;
  const others = rows.filter((row) => row.field !== field || row.category !== category || row.treatment !== treatment);
  if (change.type === 'end-derived' && others.length === rows.length) throw new Error('ended a row that is not there');
  return change.type === 'derived' ? [...others, change.row] : others;
}

function changesBetween(a: Snapshot, b: Snapshot): readonly ChangeRecord[] {
  const records: ChangeRecord[] = [];
  const compare = <T>(
    table: ChangeRecord['table'],
    before: readonly T[],
    after: readonly T[],
    uid: (row: T) => Uid,
  ) => {
    const [old, now] = [before, after].map((rows) => new Set(rows.map((row) => JSON.stringify(row))));
    for (const row of before)
      if (now?.has(JSON.stringify(row)) !== true)
        records.push({ table, change: 'closed', at: 0, uid: uid(row), body: row as never });
    for (const row of after)
      if (old?.has(JSON.stringify(row)) !== true)
        records.push({ table, change: 'opened', at: 0, uid: uid(row), body: row as never });
  };
  compare('edge', a.edges, b.edges, ({ to }) => to);
  compare('verdict', a.verdicts, b.verdicts, ({ field }) => field);
  compare('entered', a.entered, b.entered, ({ uid }) => uid);
  compare('derived', a.derived, b.derived, ({ field }) => field);
  return records;
}
