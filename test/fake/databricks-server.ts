import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FakeItem, FakeMetastore } from './databricks-metastore.ts';
import { fakeStatements, missing, wrong, type FakeWorkspace, type Reply } from './databricks-statements.ts';
import { listen, textOf, type FakeServer } from './replay-server.ts';

export interface FakeDatabricks extends FakeServer {
  /** Every statement that was started, in order. */
  readonly statements: readonly string[];
  readonly cancelled: readonly string[];
  /** Tokens given out by `/oidc/v1/token`. */
  readonly tokensGiven: number;
}

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

/**
 * A workspace over a metastore in memory: Unity Catalog 2.1 and the Statement Execution API 2.0 as the public REST reference
 * describes them. It is strict: a parameter that is not documented, a request without sign-in or out of order is refused.
 */
export async function startFakeDatabricks(metastore: FakeMetastore, workspace: FakeWorkspace): Promise<FakeDatabricks> {
  const statements = fakeStatements(metastore, workspace);
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
    if (statement !== null)
      return statements.answer(request.method ?? '', (statement[1] ?? '').split('/'), url.searchParams, text);
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

  return {
    url: server.url,
    get requests() {
      return server.requests;
    },
    statements: statements.started,
    cancelled: statements.cancelled,
    get tokensGiven() {
      return tokensGiven;
    },
    close: () => server.close(),
  };
}
