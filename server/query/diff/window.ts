import { seesEverything } from '../../access/viewer.ts';
import { LexlineError } from '../../base/errors.ts';
import { printPath, type Uid } from '../../model/ids.ts';
import type { Json } from '../../model/json.ts';
import type { ChangeRecord, EntityRecord } from '../../stores/graph/graph-store.ts';
import type { QueryContext } from '../context.ts';
import { isVisible, readRecords } from '../entities.ts';
import { eachPage } from '../paging.ts';
import { createRowCounter, type RowSums } from './sums.ts';

/** What people read about: documents, aliases and evidence are how it is known. */
const tables = ['fact', 'edge', 'verdict', 'derived', 'entered'] as const;

/** Rows compared one by one; of a window with more only the sums are told. */
const usualRows = 400_000;

/** The rows that differ between two revisions, and the records of everything that they speak of. */
export interface DiffWindow {
  readonly from: number;
  readonly to: number;
  readonly rows: readonly ChangeRecord[];
  /** Where more differ than are compared one by one: how many of each kind; `rows` are then people's entries alone. */
  readonly sums: RowSums | null;
  /** As it was. What was never named by then is absent. */
  before(uid: Uid): EntityRecord | undefined;
  after(uid: Uid): EntityRecord | undefined;
  /** The record of either moment, the later first. */
  known(uid: Uid): EntityRecord | undefined;
  /** A dataset's or job's name, a field's with its dataset's in front; null when the viewer may not see it. */
  nameOf(uid: Uid): string | null;
  /** The dataset of a field; anything else is its own. */
  holderOf(uid: Uid): Uid;
}

/**
 * Reads the window. More rows than `maxRows` (400,000) are summed, not kept. That counts what a viewer who sees a part may not
 * know: for them it fails with QUERY_TOO_COSTLY.
 */
export async function readWindow(
  context: QueryContext,
  from: number,
  to: number,
  maxRows = usualRows,
): Promise<DiffWindow> {
  let rows: ChangeRecord[] = [];
  const counter = createRowCounter();
  let isSummed = false;
  if (from < to)
    for await (const page of eachPage((request) => context.graph.changes(from, to, request, tables), 10_000)) {
      counter.add(page);
      for (const row of page) if (!isSummed || row.table === 'entered') rows.push(row);
      if (isSummed || rows.length <= maxRows) continue;
      isSummed = true;
      rows = rows.filter(({ table }) => table === 'entered');
      if (!seesEverything(context.scope) || context.hidden !== undefined)
        throw new LexlineError('QUERY_TOO_COSTLY', `[query] more than ${maxRows} rows differ between the two times`, {
          remedy: 'Choose times nearer to each other.',
        });
    }
  const uids = [...new Set(rows.flatMap(namedIn))];
  const [older, newer] = await Promise.all([readWithParents(context, uids, from), readWithParents(context, uids, to)]);
  const known = (uid: Uid): EntityRecord | undefined => {
    const [later, earlier] = [newer.get(uid), older.get(uid)];
    return later === undefined || (later.assertions.length === 0 && (earlier?.assertions.length ?? 0) > 0)
      ? (earlier ?? later)
      : later;
  };
  return {
    from,
    to,
    rows,
    sums: isSummed ? counter.sums : null,
    before: (uid) => older.get(uid),
    after: (uid) => newer.get(uid),
    known,
    holderOf: (uid) => known(uid)?.parent ?? uid,
    nameOf(uid) {
      const record = known(uid);
      if (record === undefined) return null;
      const holder = record.parent === null ? record : known(record.parent);
      if (holder === undefined || !isVisible(context, holder)) return null;
      return record.path === null ? holder.name : `${holder.name}.${printPath(record.path)}`;
    },
  };
}

/** Everything that a row speaks of. */
function namedIn({ table, uid, body }: ChangeRecord): readonly Uid[] {
  if (table === 'entered') return [uid, ...Object.values(members(members(body)['body'])).filter(isUid)];
  if (table !== 'edge') return [uid];
  const { from, job } = edgeBody(body);
  return job === null ? [uid, from] : [uid, from, job];
}

/** An entry names things by their identities: the field towards which a stop holds. */
export function isUid(value: Json): value is Uid {
  return typeof value === 'string' && /^[0-9a-f]{32}$/u.test(value);
}

/** What a row of an edge says beside its far end. */
export interface EdgeBody {
  readonly from: Uid;
  readonly kind: string;
  readonly job: Uid | null;
  readonly fn: string;
  readonly effect: string;
}

/** An edge's row as it is kept. */
export function edgeBody(body: Json): EdgeBody {
  const text = (name: string): string => textMember(body, name) ?? '';
  return {
    from: text('from'),
    kind: text('kind'),
    job: textMember(body, 'job'),
    fn: text('fn'),
    effect: text('effect'),
  };
}

/** The members of a row's body; none when it is no object. */
export function members(body: Json | undefined): Readonly<Record<string, Json>> {
  return typeof body === 'object' && body !== null && !Array.isArray(body)
    ? (body as Readonly<Record<string, Json>>)
    : {};
}

/** A member that is text; null when there is none. */
export function textMember(body: Json | undefined, name: string): string | null {
  const value = members(body)[name];
  return typeof value === 'string' ? value : null;
}

async function readWithParents(
  context: QueryContext,
  uids: readonly Uid[],
  n: number,
): Promise<ReadonlyMap<Uid, EntityRecord>> {
  if (n === 0) return new Map();
  const records = await readRecords(context, uids, n);
  const parents = [...records.values()].flatMap(({ parent }) =>
    parent === null || records.has(parent) ? [] : [parent],
  );
  return new Map([...records, ...(await readRecords(context, parents, n))]);
}
