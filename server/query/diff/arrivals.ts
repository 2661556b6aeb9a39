import type { DerivedClassification } from '../../model/classification.ts';
import type { Uid } from '../../model/ids.ts';
import type { ChangeRecord } from '../../stores/graph/graph-store.ts';
import type { QueryContext } from '../context.ts';
import { inBatches } from '../context.ts';
import { readRecords } from '../entities.ts';
import { shortName } from '../field-views.ts';
import { categoryLabel } from '../labels.ts';
import { witnessPaths } from '../origins.ts';
import { inOrder, type DiffItem } from './diff.ts';
import { members, textMember, type DiffWindow } from './window.ts';

/** Fields named in one sentence; the rest are counted. */
const maxNamed = 8;

interface Arrival {
  readonly field: Uid;
  readonly category: string;
  readonly treatment: string;
}

/** Regulated data that now reaches a dataset along its lineage, or no longer does: one item a dataset, category and form. */
export async function diffArrivals(context: QueryContext, window: DiffWindow): Promise<readonly DiffItem[]> {
  const rows = window.rows.filter(({ table, body }) => table === 'derived' && rankOf(body) > 0);
  const opened = byKey(rows.filter(({ change }) => change === 'opened'));
  const closed = byKey(rows.filter(({ change }) => change === 'closed'));
  const reached = [...opened].filter(([key]) => !closed.has(key)).map(([, row]) => row);
  const left = [...closed].filter(([key]) => !opened.has(key)).map(([, row]) => row);
  const [arriving, leaving] = await Promise.all([
    items(context, window, reached, 'new'),
    items(context, window, left, 'gone'),
  ]);
  return inOrder([...arriving, ...leaving]);
}

function byKey(rows: readonly ChangeRecord[]): ReadonlyMap<string, Arrival> {
  return new Map(
    rows.map(({ uid, body }) => {
      const category = textMember(body, 'category') ?? '';
      const arrival = { field: uid, category, treatment: textMember(body, 'treatment') ?? '' };
      return [keyOf(arrival), arrival];
    }),
  );
}

function rankOf(body: ChangeRecord['body']): number {
  const { rank } = members(body);
  return typeof rank === 'number' ? rank : 0;
}

async function items(
  context: QueryContext,
  window: DiffWindow,
  arrivals: readonly Arrival[],
  change: 'new' | 'gone',
): Promise<readonly DiffItem[]> {
  const visible = arrivals.filter(({ field }) => window.nameOf(field) !== null);
  const origins = await originsOf(context, visible, change === 'new' ? window.to : window.from);
  const groups = Map.groupBy(visible, ({ field, category, treatment }) =>
    JSON.stringify([window.holderOf(field), category, treatment]),
  );
  return [...groups.values()].flatMap((group): readonly DiffItem[] => {
    const [first] = group;
    const what = first === undefined ? null : window.nameOf(window.holderOf(first.field));
    if (first === undefined || what === null) return [];
    const label = categoryLabel(first.category, context.taxonomy);
    const form = first.treatment === 'clear' ? 'in clear' : first.treatment;
    const from = [...new Set(group.flatMap((one) => origins.get(keyOf(one)) ?? []))].toSorted();
    const fields = group.map(({ field }) => window.known(field)?.path?.join('.') ?? '').toSorted();
    const verb = change === 'new' ? 'now reaches' : 'no longer reaches';
    const says = `${label} ${verb} ${listed(fields)} ${form}${from.length === 0 ? '' : `, from ${listed(from)}`}`;
    return [{ change, what, says, details: [] }];
  });
}

function listed(names: readonly string[]): string {
  const more = names.length - maxNamed;
  return more > 0 ? `${names.slice(0, maxNamed).join(', ')} and ${more} more` : names.join(', ');
}

function keyOf({ field, category, treatment }: Arrival): string {
  return JSON.stringify([field, category, treatment]);
}

/** Where each began, by its witness path. */
async function originsOf(
  context: QueryContext,
  arrivals: readonly Arrival[],
  n: number,
): Promise<ReadonlyMap<string, string>> {
  const wanted = new Set(arrivals.map(keyOf));
  const fields = [...new Set(arrivals.map(({ field }) => field))];
  const derived = await inBatches(fields, (batch) => context.graph.derived(batch, n));
  const rows: readonly DerivedClassification[] = derived.filter((row) => wanted.has(keyOf(row)));
  const paths = await witnessPaths(context, rows, n);
  const ends = paths.map((path) => path.at(-1)?.field ?? '');
  const records = await readRecords(context, ends, n);
  const parents = await readRecords(
    context,
    [...records.values()].flatMap(({ parent }) => (parent === null ? [] : [parent])),
    n,
  );
  return new Map(
    rows.flatMap((row, at) => {
      const field = records.get(ends[at] ?? '');
      const dataset = parents.get(field?.parent ?? '');
      return field === undefined || dataset === undefined ? [] : [[keyOf(row), shortName(dataset, field)] as const];
    }),
  );
}
