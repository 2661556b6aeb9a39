import type { ChangeRecord } from '../../stores/graph/graph-store.ts';
import type { DiffSection } from './diff.ts';

type ChangeTable = ChangeRecord['table'];

/** How many rows of each kind came and went, where they are too many to be told one by one. */
export type RowSums = ReadonlyMap<ChangeTable, { readonly opened: number; readonly closed: number }>;

/** Counts rows as they are read; nothing of them is kept. */
export function createRowCounter(): { add(rows: readonly ChangeRecord[]): void; readonly sums: RowSums } {
  const sums = new Map<ChangeTable, { opened: number; closed: number }>();
  return {
    sums,
    add(rows) {
      for (const { table, change } of rows) {
        const sum = sums.get(table) ?? { opened: 0, closed: 0 };
        sum[change] += 1;
        sums.set(table, sum);
      }
    },
  };
}

/** What each kind of row is to people, what matters most first. What people entered is never summed. */
const told: readonly (readonly [ChangeTable, DiffSection['key'], string, string])[] = [
  ['derived', 'flows', 'Where regulated data goes', 'classifications that lineage carries to fields'],
  ['verdict', 'judgements', 'What fields hold', 'judgements of fields and of the subjects of tables'],
  ['fact', 'datasets', 'Datasets, fields and jobs', 'descriptions of datasets, fields and jobs'],
  ['edge', 'lineage', 'Lineage', 'flows from column to column'],
];

/** One item a kind of row: how many are new, and how many no longer stand. What is described otherwise is in both. */
export function summedSections(sums: RowSums): readonly DiffSection[] {
  return told.flatMap(([table, key, title, words]): readonly DiffSection[] => {
    const { opened, closed } = sums.get(table) ?? { opened: 0, closed: 0 };
    if (opened + closed === 0) return [];
    const [come, gone] = [opened, closed].map((count) => count.toLocaleString('en-US'));
    const says = `${come ?? ''} came and ${gone ?? ''} no longer stand; what is said otherwise than before counts on both sides`;
    const details = [
      { name: 'came', before: null, after: String(opened) },
      { name: 'no longer stand', before: String(closed), after: null },
    ];
    return [{ key, title, items: [{ change: 'changed', what: `${words} (too many to list)`, says, details }] }];
  });
}
