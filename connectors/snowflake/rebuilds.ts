import { joinName } from '../../server/model/dataset-name.ts';
import type { Gap } from '../../server/model/provenance.ts';
import type { TagPolicyRow, TagRow } from './account-rows.ts';
import { byTag, policyName } from './controls.ts';
import { columnTagsNow, isOwn, relationTagsNow } from './live-tags.ts';
import { literal, path } from './names.ts';
import { columnNameRow, madeRow, parseRows } from './rows.ts';
import type { Session } from './session.ts';
import { catalogSql } from './sql.ts';
import { tagName } from './tags.ts';

/** How long a dropped table's tags are compared with those of the table that took its name. */
export const rebuildDays = 90;
/** TAG_REFERENCES of the account may be this late. */
const lateMs = 4 * 3_600_000;
/** Tables looked at one by one in a read. */
const maxTables = 200;

type Place = readonly [schema: string, relation: string];

/**
 * `CREATE OR REPLACE TABLE` without `COPY TAGS` makes a table that carries none of the tags of the one before, and none of the
 * masking that hung on them. Tables that were made anew and carried tags are looked at as they are now; each that lost some is a
 * gap. Gives the tags of the database, those tables' own as they are now.
 */
export async function tagsAfterRebuilds(
  session: Session,
  database: string,
  { tags, tagPolicies }: { readonly tags: readonly TagRow[]; readonly tagPolicies: readonly TagPolicyRow[] },
  signal: AbortSignal,
): Promise<readonly TagRow[]> {
  const onRelations = tags.filter(({ domain }) => domain !== 'DATABASE' && domain !== 'SCHEMA');
  if (onRelations.length === 0) return tags;
  const { port, config } = session;
  const sql = catalogSql(config.structure, database);
  const made = parseRows('tables made anew', madeRow, await port.query(sql.made(rebuildDays), sql.binds, signal));
  const now = session.clock.now() + (await session.about(signal)).skewMs;
  const before = Map.groupBy(onRelations, (row) => key([row.object_schema ?? '', row.object_name ?? '']));
  const suspects = made.flatMap(({ schema_name: schema, name, created_ms: created }) => {
    const place: Place = [schema, name];
    const carried = before.get(key(place)) ?? [];
    const isFresh = created !== null && created > now - lateMs;
    return carried.length > 0 && (isFresh || lostAmong(carried, carried).length > 0) ? [{ place, carried }] : [];
  });
  if (suspects.length > maxTables) session.note(unchecked(database, suspects.length - maxTables));
  const corrected = new Map<string, readonly TagRow[]>();
  for (const { place, carried } of suspects.slice(0, maxTables)) {
    const live = await liveRows(session, database, place, signal);
    if (live === null) continue;
    corrected.set(key(place), live);
    const lost = await stillThere(session, database, place, lostAmong(carried, live), signal);
    if (lost.length > 0) session.note(unprotected(database, place, lost, tagPolicies));
  }
  const kept = tags.filter(
    (row) =>
      row.domain === 'DATABASE' ||
      row.domain === 'SCHEMA' ||
      !corrected.has(key([row.object_schema ?? '', row.object_name ?? ''])),
  );
  return [...kept, ...[...corrected.values()].flat()];
}

function key(place: Place): string {
  return JSON.stringify(place);
}

/** What people or we had put on it and what is not among `live`. What Snowflake carries along by itself comes back by itself. */
function lostAmong(carried: readonly TagRow[], live: readonly TagRow[]): readonly TagRow[] {
  const there = new Set(live.filter(({ deleted_ms: deleted }) => deleted === null).map((row) => thing(row)));
  const lost = carried.filter(
    (row) => !/PROPAGATED|INHERITED/iu.test(row.apply_method ?? '') && !there.has(thing(row)),
  );
  return [...new Map(lost.map((row) => [thing(row), row])).values()];
}

function thing(row: TagRow): string {
  return JSON.stringify([row.column_name, tagName(row)]);
}

/** Null: the table functions do not answer, and what the account shows of it, however late, stands. */
async function liveRows(
  session: Session,
  database: string,
  [schema, relation]: Place,
  signal: AbortSignal,
): Promise<readonly TagRow[] | null> {
  const where = [database, schema, relation] as const;
  const found = await session.optional(
    async () => [
      ...(await columnTagsNow(session.port, where, signal)).filter((row) => isOwn(row, 'column')),
      ...(await relationTagsNow(session.port, where, signal))
        .filter((row) => isOwn(row, 'relation'))
        .map((row) => ({ ...row, column_name: null })),
    ],
    (refusal) => ({
      what: `tags of ${joinName(where)} as they are now`,
      reason: 'no-rights',
      detail: `it was made anew, and this role may not ask which tags it carries since (${refusal.number})`,
      remedy: `GRANT REFERENCES ON TABLE ${path(...where)} TO ROLE ${session.config.role ?? '<role>'};`,
    }),
  );
  if (found === null) return null;
  return found.map((row) => ({
    ...row,
    object_schema: schema,
    object_name: relation,
    domain: row.column_name === null ? 'TABLE' : 'COLUMN',
    deleted_ms: null,
  }));
}

/** Without the tags of columns that the new table does not have. */
async function stillThere(
  { port, config }: Session,
  database: string,
  [schema, relation]: Place,
  lost: readonly TagRow[],
  signal: AbortSignal,
): Promise<readonly TagRow[]> {
  if (lost.length === 0) return [];
  const sql = catalogSql(config.structure, database);
  const rows = await port.query(sql.columnNames, [...sql.binds, schema, relation], signal);
  const columns = new Set(parseRows('columns', columnNameRow, rows).map(({ name }) => name));
  return lost.filter(({ column_name: column }) => column === null || columns.has(column));
}

function unprotected(
  database: string,
  [schema, relation]: Place,
  lost: readonly TagRow[],
  tagPolicies: readonly TagPolicyRow[],
): Gap {
  const policies = byTag(tagPolicies);
  const where = path(database, schema, relation);
  const said = lost.map((row) => {
    const bound = (policies.get(tagName(row)) ?? []).map((policy) => policyName(policy));
    const masking = bound.length === 0 ? '' : ` (with it ${bound.join(', ')} no longer works there)`;
    return `${row.column_name ?? 'the table'} lost ${tagName(row)}${masking}`;
  });
  const again = lost.map(
    (row) =>
      `ALTER TABLE ${where}${row.column_name === null ? '' : ` MODIFY COLUMN ${path(row.column_name)}`} SET TAG ${path(row.tag_database, row.tag_schema, row.tag_name)} = ${literal(row.tag_value ?? '')};`,
  );
  return {
    what: `protection of ${joinName([database, schema, relation])}`,
    reason: 'stale',
    detail: `it was made anew without the tags that it carried: ${said.join('; ')}`,
    remedy: ['-- make it with CREATE OR REPLACE TABLE … COPY TAGS; to put back what is lost:', ...again].join('\n'),
  };
}

function unchecked(database: string, tables: number): Gap {
  return {
    what: `tags of ${tables} further ${tables === 1 ? 'table' : 'tables'} of ${database}`,
    reason: 'not-read',
    detail: 'they were made anew and it was not looked at whether they kept their tags: 200 a read are',
    remedy: 'look at the tags of tables that were made anew by hand, or split the database over several sources',
  };
}
