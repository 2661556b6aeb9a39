import { splitName } from '../../server/model/dataset-name.ts';
import {
  notThere,
  tagParts,
  type FakeAccount,
  type FakeAnswer,
  type FakeRelation,
  type FakeRow,
} from './snowflake-account.ts';

/** Answers one statement of the connector; a statement that it does not know is refused as Snowflake refuses bad SQL. */
export function answerOf(account: FakeAccount, sql: string, binds: readonly string[]): FakeAnswer {
  const text = sql.replaceAll(/\s+/gu, ' ').trim();
  account.asked.push(binds.length === 0 ? text : `${text} -- ${binds.join(', ')}`);
  if (text.startsWith('SELECT CURRENT_VERSION')) return { rows: [{ version: '9.34.0' }] };
  if (text.startsWith('SELECT CURRENT_REGION'))
    return {
      rows: [{ region: 'PUBLIC.AWS_EU_CENTRAL_1', user_name: 'LEXLINE', role_name: 'LEXLINE', now_ms: account.now }],
    };
  if (text.startsWith('SHOW DATABASES'))
    return {
      rows: [account.database, 'SNOWFLAKE'].map((name) => ({
        name,
        kind: name === 'SNOWFLAKE' ? 'APPLICATION' : 'STANDARD',
        origin: '',
        owner: 'SYSADMIN',
      })),
    };
  const shownTag = /^SHOW TAGS LIKE '(.*)' IN SCHEMA (.*)$/u.exec(text);
  if (shownTag !== null) {
    const tag = [...splitName(shownTag[2] ?? ''), (shownTag[1] ?? '').replaceAll('\\', '')].join('.');
    return { rows: account.tags.has(tag) ? [{ name: tag }] : [] };
  }
  if (text.startsWith('SHOW WAREHOUSES')) return { rows: account.warehouses };
  if (/^SHOW (?:DYNAMIC TABLES|MATERIALIZED VIEWS|TASKS)/u.test(text)) return { rows: shownTexts(account, text) };
  if (/^SHOW (?:PRIMARY|UNIQUE|IMPORTED) KEYS/u.test(text))
    return { rows: account.usage.get(/^SHOW (\w+)/u.exec(text)?.[1] ?? '') ?? [] };
  const now = /INFORMATION_SCHEMA"\."(TAG_REFERENCES_ALL_COLUMNS|TAG_REFERENCES|POLICY_REFERENCES)"\((.*)\)/u.exec(
    text,
  );
  if (now !== null) return tableFunction(account, now[1] ?? '', now[2] ?? '');
  const view = /"(?:INFORMATION_SCHEMA|ACCOUNT_USAGE)"\."(\w+)"/u.exec(text)?.[1] ?? '';
  if (text.includes('"ACCOUNT_USAGE"') && !structure.has(view)) return usageView(account, view, text);
  if (structure.has(view))
    return {
      rows: structureView(
        account,
        view,
        text,
        binds.filter((bind) => bind !== account.database || !text.includes('"ACCOUNT_USAGE"')),
      ),
    };
  if (/^(?:CREATE TAG|ALTER )/u.test(text)) return ddl(account, text);
  const select = /^SELECT .* FROM ("(?:[^"]|"")*"\."(?:[^"]|"")*"\."(?:[^"]|"")*")/u.exec(text);
  if (select !== null) return values(account, text, select[1] ?? '');
  return { refused: '001003', state: '42000' };
}

const structure: ReadonlySet<string> = new Set([
  'SCHEMATA',
  'TABLES',
  'VIEWS',
  'COLUMNS',
  'PROCEDURES',
  'FUNCTIONS',
  'PIPES',
]);

function structureView(account: FakeAccount, view: string, text: string, binds: readonly string[]): readonly FakeRow[] {
  if (text.includes('created >= DATEADD'))
    return [...account.schemas].flatMap(([name, own]) =>
      [...own.values()].map((one) => ({ schema_name: name, name: one.name, created_ms: one.createdMs })),
    );
  if (text.startsWith('SELECT column_name AS name'))
    return (account.schemas.get(binds[0] ?? '')?.get(binds[1] ?? '')?.columns ?? []).map(({ name }) => ({ name }));
  if (text.startsWith('SELECT row_count FROM'))
    return [{ row_count: Number(account.usage.get('ROW_COUNT')?.[0]?.['rows'] ?? 100) }];
  const marked = /GROUP BY (?:PROCEDURE|FUNCTION|PIPE)_schema/u.test(text) ? (account.usage.get(view) ?? []) : null;
  if (marked !== null)
    return [...Map.groupBy(marked, (row) => String(row['schema']))].map(([name, rows]) => ({
      schema_name: name,
      relations: rows.length,
      digest: JSON.stringify(rows),
    }));
  if (view === 'SCHEMATA') return [...account.schemas.keys()].toSorted().map((name) => ({ name, owner: 'SYSADMIN' }));
  const [schema = '', after = ''] = binds;
  const relations = [...(account.schemas.get(schema)?.values() ?? [])].toSorted((a, b) => byBytes(a.name, b.name));
  if (/GROUP BY table_schema/u.test(text))
    return [...account.schemas].map(([name, own]) => ({
      schema_name: name,
      relations: own.size,
      last_ddl: '2026-11-20 10:00:00.000',
      digest: [...own.values()].reduce((sum, one) => sum + one.ddl * 31 ** 2, own.size),
    }));
  if (view === 'TABLES') {
    const limit = Number(/LIMIT (\d+)/u.exec(text)?.[1] ?? 0);
    return relations
      .filter(({ name }) => byBytes(name, after) > 0)
      .slice(0, limit)
      .map((one) => relationRow(one));
  }
  if (view === 'COLUMNS')
    return relations
      .filter(({ name }) => binds.slice(1).includes(name))
      .flatMap((one) =>
        one.columns.map(({ name, type = 'TEXT', comment = null }, i) => ({
          relation: one.name,
          name,
          ordinal: i + 1,
          type,
          length: type === 'TEXT' ? 200 : null,
          digits: type === 'NUMBER' ? 38 : null,
          scale: type === 'NUMBER' ? 0 : null,
          nullable: 'YES',
          comment,
          is_identity: 'NO',
          has_default: 'NO',
        })),
      );
  return (account.usage.get(view) ?? []).filter((row) => row['schema'] === schema);
}

/** Snowflake compares texts by their UTF-8, which is not the order of JavaScript. */
function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function relationRow(one: FakeRelation): FakeRow {
  const isView = one.type === 'VIEW';
  return {
    name: one.name,
    type: one.type,
    owner: 'SALES_OWNER',
    comment: one.comment,
    row_count: isView ? null : 100,
    retention_days: 1,
    is_transient: 'NO',
    is_dynamic: 'NO',
    is_iceberg: 'NO',
    created_ms: one.createdMs,
    view_name: isView ? one.name : null,
    definition: isView ? one.definition : null,
    is_secure: 'NO',
    ...one.flags,
  };
}

function shownTexts(account: FakeAccount, text: string): readonly FakeRow[] {
  if (text.startsWith('SHOW TASKS')) return account.usage.get('TASKS') ?? [];
  const wanted = text.startsWith('SHOW DYNAMIC') ? 'BASE TABLE' : 'MATERIALIZED VIEW';
  const schema = splitName(/IN SCHEMA (.*)$/u.exec(text)?.[1] ?? '')[1] ?? '';
  return [...(account.schemas.get(schema)?.values() ?? [])]
    .filter((one) => one.type === wanted && one.definition !== null)
    .map((one) => ({ name: one.name, text: one.definition }));
}

function usageView(account: FakeAccount, view: string, text: string): FakeAnswer {
  const rows = account.usage.get(view);
  const joined = /JOIN "SNOWFLAKE"\."ACCOUNT_USAGE"\."(\w+)"/u.exec(text)?.[1];
  if (rows === undefined || (joined !== undefined && !account.usage.has(joined))) return notThere;
  if (view === 'ACCESS_HISTORY') return { rows: within(text, account.usage.get('READS') ?? [], 'last_ms') };
  if (view === 'QUERY_HISTORY') {
    const limit = Number(/LIMIT (\d+)/u.exec(text)?.[1] ?? 0);
    const history = within(text, rows, 'started_ms').toSorted(
      (a, b) => Number(b['started_ms']) - Number(a['started_ms']),
    );
    return {
      rows: history
        .slice(0, limit)
        .map((row) => (joined === undefined ? { ...row, modified: null, accessed: null, policies: null } : row)),
    };
  }
  if (view === 'POLICY_REFERENCES')
    return { rows: rows.filter((row) => (row['tag_name'] === undefined) === text.includes("<> 'TAG'")) };
  if (view === 'GRANTS_TO_ROLES')
    return { rows: rows.filter((row) => (row['table_catalog'] !== undefined) === text.includes('DATABASE_ROLE')) };
  return { rows };
}

function within(text: string, rows: readonly FakeRow[], column: string): readonly FakeRow[] {
  const [from = 0, to = 0] = [...text.matchAll(/TO_TIMESTAMP_LTZ\((\d+), 3\)/gu)].map((match) => Number(match[1]));
  return rows.filter((row) => Number(row[column]) >= from && Number(row[column]) < to);
}

function tableFunction(account: FakeAccount, name: string, args: string): FakeAnswer {
  const [, object = ''] = /'((?:[^']|'')*)'/u.exec(args) ?? [];
  const parts = splitName(object.replaceAll("''", "'"));
  if (name === 'POLICY_REFERENCES') {
    if (!/TAG/u.test(args)) return { rows: account.usage.get('POLICIES_ON') ?? [] };
    const rows = (account.usage.get('POLICY_REFERENCES') ?? []).filter(
      (row) => [row['tag_database'], row['tag_schema'], row['tag_name']].join('.') === parts.join('.'),
    );
    return { rows };
  }
  const [, schema = '', relation = ''] = parts;
  if (account.schemas.get(schema)?.has(relation) !== true) return notThere;
  const live = account.references.filter(
    (one) => one.deletedMs === null && one.schema === schema && one.object === relation,
  );
  const rowOf = (one: (typeof live)[number], column: string | null): FakeRow => ({
    ...tagParts(one.tag),
    tag_value: one.value,
    column_name: column,
    level: one.column === null ? 'TABLE' : 'COLUMN',
    apply_method: one.method,
  });
  if (name !== 'TAG_REFERENCES_ALL_COLUMNS')
    return { rows: live.filter(({ column }) => column === null).map((one) => rowOf(one, null)) };
  // A column shows the tags that it inherits, where it has none of that name itself.
  const columns = account.schemas.get(schema)?.get(relation)?.columns ?? [];
  return {
    rows: columns.flatMap((column) => {
      const own = live.filter((one) => one.column === column.name);
      const above = live.filter((one) => one.column === null && own.every(({ tag }) => tag !== one.tag));
      return [...own, ...above].map((one) => rowOf(one, column.name));
    }),
  };
}

function ddl(account: FakeAccount, text: string): FakeAnswer {
  const quoted = String.raw`(?:"(?:[^"]|"")*"\.?)+`;
  const create = new RegExp(`^CREATE TAG IF NOT EXISTS (${quoted})`, 'u').exec(text);
  if (create !== null) {
    account.tags.add(splitName(create[1] ?? '').join('.'));
    return { rows: [{ status: 'Tag created.' }] };
  }
  const alter = new RegExp(
    `^ALTER (?:TABLE|VIEW|MATERIALIZED VIEW) (${quoted})(?: MODIFY COLUMN ("(?:[^"]|"")*"))? (SET|UNSET) TAG (${quoted})(?: = '((?:[^']|'')*)')?$`,
    'u',
  ).exec(text);
  if (alter === null) return { refused: '001003', state: '42000' };
  const [, schema = '', relation = ''] = splitName(alter[1] ?? '');
  const column = alter[2] === undefined ? null : (splitName(alter[2])[0] ?? null);
  const tag = splitName(alter[4] ?? '').join('.');
  const own = account.schemas.get(schema)?.get(relation);
  if (own === undefined || !account.tags.has(tag)) return notThere;
  if (column !== null && own.columns.every(({ name }) => name !== column)) return { refused: '000904', state: '42000' };
  if (alter[3] === 'SET') account.tag(tag, (alter[5] ?? '').replaceAll("''", "'"), schema, relation, column);
  else {
    const at = account.references.findIndex(
      (one) =>
        one.deletedMs === null &&
        one.tag === tag &&
        one.schema === schema &&
        one.object === relation &&
        one.column === column,
    );
    if (at >= 0) account.references.splice(at, 1);
  }
  return { rows: [{ status: 'Statement executed successfully.' }] };
}

function values(account: FakeAccount, text: string, name: string): FakeAnswer {
  const [, schema = '', relation = ''] = splitName(name);
  const own = account.schemas.get(schema)?.get(relation);
  const rows = account.rows.get(`${schema}.${relation}`);
  if (own === undefined) return notThere;
  if (rows === undefined) return { refused: '003001', state: '42501' };
  const limit = Number(/LIMIT (\d+)/u.exec(text)?.[1] ?? rows.length);
  const wanted = [...text.matchAll(/TO_VARCHAR\("((?:[^"]|"")*)"\)/gu)].map((match) =>
    own.columns.findIndex((column) => column.name === match[1]?.replaceAll('""', '"')),
  );
  return {
    rows: rows.slice(0, limit).map((row) => Object.fromEntries(wanted.map((at, i) => [`c${i}`, row[at] ?? null]))),
  };
}
