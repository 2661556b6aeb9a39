import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FakeItem, FakeMetastore, FakeRow } from './databricks-metastore.ts';
import { answerOf, parametersOf, type FakeAnswer } from './databricks-sql.ts';
import { listen, textOf, type FakeServer } from './replay-server.ts';

export interface FakeDatabricks extends FakeServer {
  /** Every statement that was started, in order. */
  readonly statements: readonly string[];
  readonly cancelled: readonly string[];
  /** Tokens given out by `/oidc/v1/token`. */
  readonly tokensGiven: number;
}

export interface FakeWorkspace {
  readonly token: string;
  readonly warehouseId: string;
  readonly client?: { readonly id: string; readonly secret: string };
  /** Things on a page, whatever is asked for. */
  readonly pageSize?: number;
  readonly rowsPerChunk?: number;
  /** How often a statement is still running when it is looked at; infinite: it never ends. */
  readonly looks?: number;
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

const wrong = (message: string): Reply => ({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE', message } });
const missing = (message: string): Reply => ({ status: 404, body: { error_code: 'RESOURCE_DOES_NOT_EXIST', message } });
const denied: Reply = { status: 403, body: { error_code: 'PERMISSION_DENIED', message: 'no access to canary-7Q' } };

/** Parameters of listings by the REST reference; what is not here does not exist. */
const parameters: Readonly<Record<string, { readonly needs: readonly string[]; readonly takes: readonly string[] }>> = {
  catalogs: { needs: [], takes: ['include_browse', 'include_unbound', 'max_results', 'page_token'] },
  schemas: { needs: ['catalog_name'], takes: ['include_browse', 'max_results', 'page_token'] },
  tables: {
    needs: ['catalog_name', 'schema_name'],
    takes: [
      'include_browse',
      'include_manifest_capabilities',
      'max_results',
      'omit_columns',
      'omit_properties',
      'omit_username',
      'page_token',
    ],
  },
  functions: { needs: ['catalog_name', 'schema_name'], takes: ['include_browse', 'max_results', 'page_token'] },
  volumes: { needs: ['catalog_name', 'schema_name'], takes: ['include_browse', 'max_results', 'page_token'] },
  policies: { needs: [], takes: ['include_inherited', 'max_results', 'page_token'] },
  tags: { needs: [], takes: ['include_inherited', 'max_results', 'page_token'] },
  table: { needs: [], takes: ['include_browse', 'include_delta_metadata', 'include_manifest_capabilities'] },
  metastore_summary: { needs: [], takes: [] },
};

/** Members of a statement's request by the REST reference. */
const statementMembers: ReadonlySet<string> = new Set([
  'byte_limit',
  'catalog',
  'disposition',
  'format',
  'on_wait_timeout',
  'parameters',
  'row_limit',
  'schema',
  'statement',
  'wait_timeout',
  'warehouse_id',
]);

/**
 * A workspace over a metastore in memory: Unity Catalog 2.1 and the Statement Execution API 2.0 as the public REST reference
 * describes them. It is strict: a parameter that is not documented, a request without sign-in or out of order is refused.
 */
export async function startFakeDatabricks(metastore: FakeMetastore, workspace: FakeWorkspace): Promise<FakeDatabricks> {
  const statements: string[] = [];
  const cancelled: string[] = [];
  const running = new Map<string, { readonly sql: string; readonly answer: FakeAnswer; looks: number }>();
  const pages = new Map<string, { readonly of: string; readonly at: number }>();
  const tokens = new Set([workspace.token]);
  let tokensGiven = 0;

  const server = await listen(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://fake');
    const text = await textOf(request);
    const reply = answerTo(request, url, text);
    response.writeHead(reply.status, { 'content-type': 'application/json' });
    response.end(reply.body === null ? undefined : JSON.stringify(reply.body));
  });

  function answerTo(request: IncomingMessage, url: URL, text: string): Reply {
    if (url.pathname === '/oidc/v1/token') return tokenFor(request, text);
    const bearer = /^Bearer (.+)$/u.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (!tokens.has(bearer)) return { status: 401, body: { error_code: '401', message: 'canary-7Q is no token' } };
    if (request.method === 'GET' && text !== '') return wrong('a GET has no body');
    if (request.method !== 'GET' && request.headers['content-type'] !== 'application/json' && text !== '')
      return wrong('no JSON');
    const catalog = /^\/api\/2\.1\/unity-catalog\/(.+)$/u.exec(url.pathname)?.[1];
    if (catalog !== undefined) return unityCatalog(request.method ?? '', catalog.split('/'), url.searchParams, text);
    const statement = /^\/api\/2\.0\/sql\/statements(?:\/(.+))?$/u.exec(url.pathname);
    if (statement !== null) return statementApi(request.method ?? '', (statement[1] ?? '').split('/'), url, text);
    return missing(`no API at ${url.pathname}`);
  }

  function tokenFor(request: IncomingMessage, text: string): Reply {
    const { id = '', secret = '' } = workspace.client ?? {};
    const basic = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
    const form = new URLSearchParams(text);
    const isForm = (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
    if (
      request.method !== 'POST' ||
      !isForm ||
      form.get('grant_type') !== 'client_credentials' ||
      form.get('scope') !== 'all-apis'
    )
      return { status: 400, body: { error: 'invalid_request' } };
    if (workspace.client === undefined || request.headers.authorization !== basic)
      return { status: 401, body: { error: 'invalid_client' } };
    tokensGiven += 1;
    const token = `fetched-${tokensGiven}`;
    tokens.add(token);
    return { status: 200, body: { access_token: token, token_type: 'Bearer', expires_in: 3600 } };
  }

  function unityCatalog(method: string, parts: readonly string[], query: URLSearchParams, text: string): Reply {
    const [kind = '', ...rest] = parts.map(decodeURIComponent);
    const [first = '', second = ''] = rest;
    const name = kind === 'entity-tag-assignments' ? 'tags' : kind === 'tables' && first !== '' ? 'table' : kind;
    const known = parameters[name];
    if (known === undefined) return missing(`no API for ${kind}`);
    if (kind === 'entity-tag-assignments' && method !== 'GET') return changeTag(method, rest, query, text);
    if (method !== 'GET') return { status: 405, body: { error_code: 'METHOD_NOT_ALLOWED', message: method } };
    for (const one of query.keys())
      if (![...known.needs, ...known.takes].includes(one)) return wrong(`unknown parameter ${one}`);
    for (const one of known.needs) if ((query.get(one) ?? '') === '') return wrong(`missing parameter ${one}`);
    for (const [one, value] of query)
      if (/^(?:include|omit)_/u.test(one) && !['true', 'false'].includes(value)) return wrong(`${one} is a boolean`);
    if (kind === 'metastore_summary')
      return { status: 200, body: { name: 'acme', cloud: 'aws', region: 'eu-central-1', metastore_id: randomUUID() } };
    if (kind === 'catalogs')
      return page(
        'catalogs',
        metastore.catalogs.map(({ item }) => item),
        query,
        '',
      );
    if (kind === 'policies')
      return page('policies', metastore.policies[`${first} ${second}`] ?? [], query, `${first} ${second}`);
    if (name === 'tags') return page('tag_assignments', assignments(first, second), query, second);
    if (name === 'table') return oneTable(first);
    const own = metastore.catalogs.find(({ item }) => item.name === query.get('catalog_name'));
    if (own === undefined) return { status: 404, body: { error_code: 'CATALOG_DOES_NOT_EXIST', message: 'canary-7Q' } };
    if (kind === 'schemas')
      return page(
        'schemas',
        [{ name: 'information_schema' }, ...own.schemas.map(({ item }) => item)],
        query,
        own.item.name,
      );
    const schema = own.schemas.find(({ item }) => item.name === query.get('schema_name'));
    if (schema === undefined)
      return { status: 404, body: { error_code: 'SCHEMA_DOES_NOT_EXIST', message: 'canary-7Q' } };
    if (schema.forbidden === true) return denied;
    const of = `${own.item.name}.${schema.item.name}`;
    if (kind === 'volumes') return page('volumes', schema.volumes, query, of);
    if (kind === 'functions') return page('functions', schema.functions, query, of);
    return page(
      'tables',
      schema.tables.map((table) => listed(table, query)),
      query,
      `${of} ${query.get('omit_columns') ?? ''}`,
    );
  }

  /** The listing leaves out what only the question for one table tells. */
  function listed(table: FakeItem, query: URLSearchParams): FakeItem {
    const { view_dependencies: _, table_constraints: __, columns, properties, ...rest } = table;
    return {
      ...rest,
      name: table.name,
      ...(query.get('omit_columns') === 'true' ? {} : { columns }),
      ...(query.get('omit_properties') === 'true' ? {} : { properties }),
    };
  }

  function oneTable(fullName: string): Reply {
    const [catalog = '', schema = '', table = ''] = fullName.split('.');
    const own = metastore.catalogs
      .find(({ item }) => item.name === catalog)
      ?.schemas.find(({ item }) => item.name === schema);
    const found = own?.tables.find(({ name }) => name === table);
    return found === undefined ? missing('canary-7Q') : { status: 200, body: found };
  }

  function page(member: string, items: readonly FakeItem[], query: URLSearchParams, of: string): Reply {
    const asked = query.get('max_results');
    if (asked === null) return wrong('calls without paging are not taken any more');
    const wanted = Number(asked);
    if (!Number.isInteger(wanted) || wanted < 0) return wrong('max_results');
    const size = Math.min(wanted === 0 ? 1000 : wanted, workspace.pageSize ?? 1000);
    const token = query.get('page_token');
    const where = `${member} ${of}`;
    const from = token === null ? { of: where, at: -1 } : pages.get(token);
    if (from === undefined || from.of !== where) return wrong('page_token of another listing');
    // A page may be empty while there are more: the first one is.
    const isEmpty = from.at < 0 && items.length > 1;
    const at = Math.max(from.at, 0);
    const some = isEmpty ? [] : items.slice(at, at + size);
    const next = isEmpty ? 0 : at + size;
    const more = isEmpty || next < items.length;
    const nextToken = randomUUID();
    if (more) pages.set(nextToken, { of: where, at: next });
    return {
      status: 200,
      body: { ...(some.length === 0 ? {} : { [member]: some }), ...(more ? { next_page_token: nextToken } : {}) },
    };
  }

  function assignments(type: string, name: string): readonly FakeItem[] {
    const [catalog = '', schema = null, object = null, column = null] = name.split('.');
    return metastore.tags
      .filter(
        (tag) =>
          tag.catalog === catalog &&
          tag.schema_name === schema &&
          tag.object_name === object &&
          tag.column_name === column &&
          type === `${tag.level}s`,
      )
      .map((tag) => ({
        name: tag.tag_name,
        entity_type: type,
        entity_name: name,
        tag_key: tag.tag_name,
        tag_value: tag.tag_value,
      }));
  }

  function changeTag(method: string, rest: readonly string[], query: URLSearchParams, text: string): Reply {
    if (query.size > 0) return wrong('no parameters');
    if (method === 'DELETE') {
      const [type = '', name = '', tags, key = ''] = rest;
      if (tags !== 'tags' || key === '') return missing('canary-7Q');
      if (!assignments(type, name).some((one) => one['tag_key'] === key)) return missing('canary-7Q');
      const [catalog, schema = null, object = null, column = null] = name.split('.');
      metastore.tags = metastore.tags.filter(
        (tag) =>
          !(
            tag.tag_name === key &&
            tag.catalog === catalog &&
            tag.schema_name === schema &&
            tag.object_name === object &&
            tag.column_name === column
          ),
      );
      return { status: 200, body: {} };
    }
    if (method !== 'POST' || rest.length > 0)
      return { status: 405, body: { error_code: 'METHOD_NOT_ALLOWED', message: '' } };
    const body = JSON.parse(text) as Record<string, string>;
    const { entity_type: type = '', entity_name: name = '', tag_key: key = '', tag_value: value = '', ...more } = body;
    if (Object.keys(more).length > 0 || key === '' || !['tables', 'columns'].includes(type))
      return wrong('tag assignment');
    const [catalog = '', schema_name = null, object_name = null, column_name = null, ...beyond] = name.split('.');
    const table = `${catalog}.${schema_name}.${object_name}`;
    if (beyond.length > 0 || oneTable(table).status !== 200) return missing('canary-7Q');
    if (assignments(type, name).some((one) => one['tag_key'] === key))
      return { status: 409, body: { error_code: 'ALREADY_EXISTS', message: 'canary-7Q' } };
    const level = column_name === null ? 'table' : 'column';
    metastore.tags.push({ catalog, level, schema_name, object_name, column_name, tag_name: key, tag_value: value });
    return { status: 200, body: { entity_type: type, entity_name: name, tag_key: key, tag_value: value } };
  }

  function statementApi(
    method: string,
    [id = '', what = '', sub = '', chunk = '']: readonly string[],
    url: URL,
    text: string,
  ): Reply {
    if (url.searchParams.size > 0) return wrong('no parameters');
    if (id === '') return method === 'POST' ? start(text) : { status: 405, body: { error_code: 'METHOD_NOT_ALLOWED' } };
    const one = running.get(id);
    if (one === undefined) return missing('no such statement');
    if (what === 'cancel' && method === 'POST') {
      cancelled.push(one.sql);
      running.delete(id);
      return { status: 200, body: {} };
    }
    if (method !== 'GET') return { status: 405, body: { error_code: 'METHOD_NOT_ALLOWED' } };
    if (what === '') {
      if (one.looks > 0) {
        one.looks -= 1;
        return { status: 200, body: { statement_id: id, status: { state: 'RUNNING' } } };
      }
      return { status: 200, body: ended(id, one.answer) };
    }
    if (what !== 'result' || sub !== 'chunks' || !('rows' in one.answer) || one.looks > 0)
      return wrong('no result yet');
    const part = partOf(one.answer.rows, Number(chunk));
    return part === null ? missing('no such chunk') : { status: 200, body: part };
  }

  function start(text: string): Reply {
    const body = JSON.parse(text) as Record<string, unknown> & {
      readonly wait_timeout?: string;
      readonly statement: string;
    };
    for (const name of Object.keys(body)) if (!statementMembers.has(name)) return wrong(`unknown member ${name}`);
    if (body['warehouse_id'] !== workspace.warehouseId) return missing('warehouse canary-7Q');
    const wait = /^(\d+)s$/u.exec(body.wait_timeout ?? '10s')?.[1];
    if (wait === undefined || !(Number(wait) === 0 || (Number(wait) >= 5 && Number(wait) <= 50)))
      return wrong('wait_timeout');
    if (body['format'] !== 'JSON_ARRAY' || body['disposition'] !== 'INLINE') return wrong('format');
    const sql = body.statement;
    const given = (body['parameters'] ?? []) as readonly { name: string; value: string; type: string }[];
    const names = parametersOf(sql);
    for (const { name, type } of given) if (!names.has(name) || type !== 'STRING') return wrong(`parameter ${name}`);
    for (const name of names) if (!given.some((one) => one.name === name)) return wrong(`unbound parameter ${name}`);
    statements.push(sql);
    const id = randomUUID();
    const values = Object.fromEntries(given.map(({ name, value }) => [name, value]));
    running.set(id, { sql, answer: answerOf(metastore, sql, values), looks: workspace.looks ?? 0 });
    return { status: 200, body: { statement_id: id, status: { state: 'PENDING' } } };
  }

  function ended(id: string, answer: FakeAnswer): unknown {
    if ('error' in answer)
      return {
        statement_id: id,
        status: {
          state: 'FAILED',
          error: answer.error,
          ...(answer.sql_state === undefined ? {} : { sql_state: answer.sql_state }),
        },
      };
    const { rows } = answer;
    const names = Object.keys(rows[0] ?? {});
    return {
      statement_id: id,
      status: { state: 'SUCCEEDED' },
      manifest: {
        format: 'JSON_ARRAY',
        schema: {
          column_count: names.length,
          columns: names.map((name, position) => ({ name, position, type_name: 'STRING' })),
        },
        total_row_count: rows.length,
        truncated: false,
      },
      result: partOf(rows, 0) ?? { chunk_index: 0, row_offset: 0, row_count: 0 },
    };
  }

  function partOf(rows: readonly FakeRow[], index: number): unknown {
    const size = workspace.rowsPerChunk ?? 1000;
    const some = rows.slice(index * size, (index + 1) * size);
    if (some.length === 0) return null;
    const more = (index + 1) * size < rows.length;
    return {
      chunk_index: index,
      row_offset: index * size,
      row_count: some.length,
      data_array: some.map((row) => Object.values(row).map((value) => (value === null ? null : String(value)))),
      ...(more ? { next_chunk_index: index + 1 } : {}),
    };
  }

  return {
    url: server.url,
    get requests() {
      return server.requests;
    },
    statements,
    cancelled,
    get tokensGiven() {
      return tokensGiven;
    },
    close: () => server.close(),
  };
}
