import { digestOf } from '../../server/model/json.ts';
import { LexlineError } from '../../server/base/errors.ts';
import { joinName } from '../../server/model/dataset-name.ts';
import type { Warehouse, WarehouseKey, WarehouseRoutine } from '../kit/warehouse/warehouse.ts';
import { isRefused } from './failure.ts';
import { listedInPart, tooManyKeys, unlisted, otherLanguage } from './gaps.ts';
import type { Governance } from './governance.ts';
import { withUnreadParts } from './unread.ts';
import {
  alteredAs,
  columnOf,
  hasShownText,
  importedKeysOf,
  isTemporary,
  ownKeysOf,
  relationOf,
  routineOf,
} from './map.ts';
import {
  columnRow,
  importedKeyRow,
  markRow,
  ownKeyRow,
  parseRows,
  pipeRow,
  relationRow,
  routineRow,
  schemaRow,
  shownTextRow,
  taskRow,
  type TaskRow,
  type RelationRow,
} from './rows.ts';
import type { Session } from './session.ts';
import { catalogSql, maxShown, showKeysSql, showTasksSql, showTextsSql } from './sql.ts';

/** LAST_DDL of a system that keeps none: everything was made at the beginning of time. */
const noStamp = /^(?:0(?:\.0*)?|1970-01-01.*)?$/u;

/** One database of an account, as its catalog tells it. `governance` is asked for once, when schemas are listed. */
export function snowflakeDatabase(
  session: Session,
  database: string,
  loadGovernance: (signal: AbortSignal) => Promise<Governance>,
): Warehouse {
  const { port, config } = session;
  const sql = catalogSql(config.structure, database);
  let governance: Promise<Governance> | null = null;
  const governed = (signal: AbortSignal): Promise<Governance> => (governance ??= loadGovernance(signal));
  let tasks: Promise<readonly TaskRow[]> | null = null;
  const shown = new Map<string, Promise<ReadonlyMap<string, string | null>>>();
  const altered = new Map<string, { readonly alteredAs?: string }>();
  const bySchema = new Map<string, Promise<readonly WarehouseKey[] | null>>();

  /** By schema: what changes with any change of structure in it. */
  async function structureMarks(signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
    const marks = parseRows('changes', markRow, await port.query(sql.marks, sql.binds, signal));
    const hasStamps = marks.every(({ last_ddl: last }) => last !== null && !noStamp.test(last));
    const columns = hasStamps
      ? []
      : parseRows('changes', markRow, await port.query(sql.columnMarks, sql.binds, signal));
    const found = Map.groupBy([...marks, ...columns], (row) => row.schema_name);
    return new Map([...found].map(([schema, rows]) => [schema, digestOf(rows)]));
  }

  /** By schema: what changes with any procedure, function, pipe or task in it. What is not listed is said where it is read. */
  async function routineMarks(signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
    const found: { readonly schema_name: string }[] = [...(await allTasks(signal))];
    for (const kind of ['PROCEDURE', 'FUNCTION', 'PIPE'] as const) {
      try {
        found.push(...parseRows('changes', markRow, await port.query(sql.routineMarks(kind), sql.binds, signal)));
      } catch (error) {
        if (!isRefused(error)) throw error;
      }
    }
    return new Map([...Map.groupBy(found, (row) => row.schema_name)].map(([schema, rows]) => [schema, digestOf(rows)]));
  }

  /** All tasks of the database: SHOW tells them at once. */
  function allTasks(signal: AbortSignal): Promise<readonly TaskRow[]> {
    tasks ??= session
      .optional(
        async () => parseRows('tasks', taskRow, await port.query(showTasksSql(database), [], signal)),
        (refusal) => unlisted('tasks', `database ${database}`, refusal, null),
      )
      .then((rows) => {
        if ((rows?.length ?? 0) >= maxShown) session.note(listedInPart(`tasks of database ${database}`));
        return rows ?? [];
      });
    return tasks;
  }

  /** The texts that SHOW alone tells, by name. */
  function textsOf(kind: 'MATERIALIZED VIEWS' | 'DYNAMIC TABLES', schema: string, signal: AbortSignal) {
    const key = `${kind} ${schema}`;
    const known =
      shown.get(key) ??
      session
        .optional(
          async () => parseRows(kind, shownTextRow, await port.query(showTextsSql(kind, database, schema), [], signal)),
          (refusal) => unlisted(`texts of ${kind.toLowerCase()}`, joinName([database, schema]), refusal, null),
        )
        .then((rows) => {
          if ((rows?.length ?? 0) >= maxShown)
            session.note(listedInPart(`texts of ${kind.toLowerCase()} of ${joinName([database, schema])}`));
          return new Map((rows ?? []).map(({ name, text }) => [name, text]));
        });
    shown.set(key, known);
    return known;
  }

  async function textOf(row: RelationRow, schema: string, signal: AbortSignal): Promise<string | null> {
    if (!hasShownText(row)) return null;
    const kind = row.is_dynamic ? 'DYNAMIC TABLES' : 'MATERIALIZED VIEWS';
    return (await textsOf(kind, schema, signal)).get(row.name) ?? null;
  }

  /** All keys of a schema, or of one table; null where SHOW does not list them all. */
  async function keysOf(schema: string, table: string | undefined, signal: AbortSignal) {
    const ask = (kind: 'PRIMARY' | 'UNIQUE' | 'IMPORTED') =>
      session.optional(
        () => port.query(showKeysSql(kind, database, schema, table), [], signal),
        (refusal) => unlisted(`${kind.toLowerCase()} keys`, joinName([database, schema]), refusal, null),
      );
    const [primary, unique, imported] = [await ask('PRIMARY'), await ask('UNIQUE'), await ask('IMPORTED')];
    if ([primary, unique, imported].some((rows) => (rows?.length ?? 0) >= maxShown)) return null;
    return [
      ...ownKeysOf('primary', parseRows('primary keys', ownKeyRow, primary ?? [])),
      ...ownKeysOf('unique', parseRows('unique keys', ownKeyRow, unique ?? [])),
      ...importedKeysOf(parseRows('foreign keys', importedKeyRow, imported ?? []), database),
    ];
  }

  async function routinesOf(kind: 'procedure' | 'function', schema: string, signal: AbortSignal) {
    const where = joinName([database, schema]);
    const question = kind === 'procedure' ? sql.procedures : sql.functions;
    const rows = await session.optional(
      async () => parseRows(`${kind}s`, routineRow, await port.query(question, [...sql.binds, schema], signal)),
      (refusal) => unlisted(`${kind}s`, where, refusal, null),
    );
    return (rows ?? []).flatMap((row): readonly WarehouseRoutine[] => {
      const routine = routineOf(kind, row);
      if (routine !== null) return [routine];
      session.note(
        otherLanguage(kind, `${where}.${row.name}${row.signature ?? ''}`, row.language ?? 'another language'),
      );
      return [];
    });
  }

  const whole: Warehouse = {
    async about(signal) {
      const { system, user, role } = await session.about(signal);
      return { system, database, user: role === '' ? user : role };
    },
    async schemas(signal) {
      const rows = parseRows('schemas', schemaRow, await port.query(sql.schemas, sql.binds, signal));
      const marks = await structureMarks(signal);
      const moving = await routineMarks(signal);
      const own = await governed(signal);
      return rows.map(({ name, owner }) => ({
        schema: name,
        fingerprint: digestOf([owner, marks.get(name) ?? null, moving.get(name) ?? null, own.fingerprint(name)]),
      }));
    },
    async *relations(schema, signal) {
      const own = await governed(signal);
      const { region } = await session.about(signal);
      let after = '';
      const seen = new Set<string>();
      for (;;) {
        const binds = [...sql.binds, schema, after, ...sql.binds, schema, after];
        const rows = parseRows(
          'relations',
          relationRow,
          await port.query(sql.relations(config.pageSize), binds, signal),
        );
        for (const { name } of rows) {
          if (seen.has(name)) throw looping(joinName([database, schema]));
          seen.add(name);
        }
        const page = [];
        for (const row of rows.filter((each) => !isTemporary(each))) {
          const { tags, facet, inputs } = own.relation(schema, row.name);
          const text = await textOf(row, schema, signal);
          altered.set(JSON.stringify([schema, row.name]), alteredAs(row));
          page.push({ ...relationOf(row, { region, text, tags, facet }), inputs });
        }
        if (page.length > 0) yield page;
        if (rows.length < config.pageSize) return;
        after = rows.at(-1)?.name ?? '';
      }
    },
    async columns(schema, relations, signal) {
      const own = await governed(signal);
      const rows = await port.query(sql.columns(relations.length), [...sql.binds, schema, ...relations], signal);
      return parseRows('columns', columnRow, rows).map((row) =>
        columnOf(row, {
          ...own.column(schema, row.relation, row.name, row.type),
          alteredAs: altered.get(JSON.stringify([schema, row.relation])) ?? {},
        }),
      );
    },
    async keys(schema, relations, signal) {
      const known = bySchema.get(schema) ?? keysOf(schema, undefined, signal);
      bySchema.set(schema, known);
      const all = await known;
      const wanted = new Set(relations);
      if (all !== null) return all.filter(({ relation }) => wanted.has(relation));
      const found: WarehouseKey[] = [];
      for (const relation of relations) {
        const own = await keysOf(schema, relation, signal);
        if (own === null) session.note(tooManyKeys(joinName([database, schema, relation])));
        else found.push(...own);
      }
      return found;
    },
    async *routines(schema, signal) {
      yield await routinesOf('procedure', schema, signal);
      yield await routinesOf('function', schema, signal);
      const where = joinName([database, schema]);
      const pipes = await session.optional(
        async () => parseRows('pipes', pipeRow, await port.query(sql.pipes, [...sql.binds, schema], signal)),
        (refusal) => unlisted('pipes', where, refusal, null),
      );
      yield (pipes ?? []).map(({ name, definition, comment }) => ({ name, kind: 'pipe', sql: definition, comment }));
      yield (await allTasks(signal))
        .filter((task) => task.schema_name === schema)
        .map(({ name, definition, comment }) => ({ name, kind: 'task', sql: definition, comment }));
    },
    close: async () => {},
  };
  return withUnreadParts(whole, database);
}

function looping(schema: string): LexlineError {
  return new LexlineError(
    'CONNECTOR_UNEXPECTED',
    `[connectors/snowflake] listing ${schema} gives the same table again; nothing of it was retired`,
  );
}
