import { downstreamOf, type FakeCatalog, type FakeEntity } from './atlas-catalog.ts';
import { listen, textOf, type FakeServer } from './replay-server.ts';

const end = (type: string, name: string, isContainer = false) => ({ type, name, isContainer });
const attribute = (name: string) => ({ name, typeName: 'string' });
const entityType = (name: string, superTypes: readonly string[], serviceType = '') => ({
  name,
  superTypes,
  serviceType,
  attributeDefs: [attribute('name')],
});

/** A small type system of our own, with the shape of one for a warehouse. */
const types = {
  entityDefs: [
    entityType('Asset', []),
    entityType('DataSet', ['Asset']),
    entityType('Process', ['Asset']),
    entityType('wh_database', ['Asset'], 'wh'),
    entityType('wh_table', ['DataSet'], 'wh'),
    entityType('wh_column', ['DataSet'], 'wh'),
    entityType('wh_process', ['Process'], 'wh'),
    entityType('wh_column_lineage', ['Process'], 'wh'),
  ],
  relationshipDefs: [
    {
      name: 'wh_table_db',
      relationshipCategory: 'AGGREGATION',
      endDef1: end('wh_table', 'db'),
      endDef2: end('wh_database', 'tables', true),
    },
    {
      name: 'wh_table_columns',
      relationshipCategory: 'COMPOSITION',
      endDef1: end('wh_table', 'columns', true),
      endDef2: end('wh_column', 'table'),
    },
    {
      name: 'wh_process_lineage',
      relationshipCategory: 'COMPOSITION',
      endDef1: end('wh_column_lineage', 'query'),
      endDef2: end('wh_process', 'columnLineages', true),
    },
  ],
};

interface Search {
  readonly typeName: string;
  readonly excludeDeletedEntities: boolean;
  readonly limit: number;
  readonly offset: number;
  readonly entityFilters?: { readonly attributeValue: string };
}

/** Serves a made-up catalog as Atlas 2.x does, as far as the connector asks: same paths, same shapes, same errors. */
export async function startFakeAtlas(catalog: FakeCatalog): Promise<FakeServer> {
  return listen(async (request, response) => {
    const body = await textOf(request);
    const { status, answer } = route(catalog, request.method ?? '', new URL(request.url ?? '', 'http://x'), body);
    response.writeHead(status, { 'content-type': 'application/json', date: new Date(catalog.now).toUTCString() });
    response.end(answer === undefined ? undefined : JSON.stringify(answer));
  });
}

interface Routed {
  readonly status: number;
  readonly answer?: unknown;
}

const ok = (answer: unknown): Routed => ({ status: 200, answer });
const no = (status: number, errorCode: string): Routed => ({ status, answer: { errorCode, errorMessage: 'made up' } });

function route(catalog: FakeCatalog, method: string, url: URL, body: string): Routed {
  const path = url.pathname.replace(/^\/api\/atlas/u, '');
  const parts = path.split('/').map((part) => decodeURIComponent(part));
  if (path === '/admin/version') return ok({ Version: '2.1.0', Name: 'apache-atlas' });
  if (path === '/v2/types/typedefs' && method === 'GET')
    return ok({ ...types, classificationDefs: [...catalog.classificationTypes.values()] });
  if (path === '/v2/types/typedefs') return makeType(catalog, JSON.parse(body));
  if (path === '/v2/search/basic') return ok(search(catalog, JSON.parse(body) as Search));
  if (path === '/v2/entity/bulk') return bulk(catalog, url.searchParams.getAll('guid'));
  if (path.startsWith('/v2/lineage/'))
    return ok({
      guidEntityMap: Object.fromEntries(
        downstreamOf(catalog, parts[3] ?? '').map((guid) => [guid, header(catalog, guid)]),
      ),
    });
  if (path.startsWith('/v2/entity/uniqueAttribute/type/')) {
    const wanted = url.searchParams.get('attr:qualifiedName');
    const found = [...catalog.entities.values()].filter(
      (one) => one.typeName === parts[5] && one.attributes['qualifiedName'] === wanted,
    );
    const best = found.find(({ status }) => status === 'ACTIVE') ?? found[0];
    return best === undefined ? no(404, 'ATLAS-404-00-009') : ok({ entity: { guid: best.guid, status: best.status } });
  }
  if (parts[4] !== undefined && path.startsWith('/v2/entity/guid/'))
    return classifications(catalog, method, parts, body);
  return no(404, 'NOT-MADE-UP');
}

function makeType(
  catalog: FakeCatalog,
  asked: { readonly classificationDefs: readonly { readonly name: string }[] },
): Routed {
  for (const definition of asked.classificationDefs) {
    if (catalog.classificationTypes.has(definition.name)) return no(409, 'ATLAS-409-00-001');
    catalog.classificationTypes.set(definition.name, definition);
  }
  return ok(asked);
}

function classifications(catalog: FakeCatalog, method: string, parts: readonly string[], body: string): Routed {
  const entity = catalog.entities.get(parts[4] ?? '');
  if (entity === undefined) return no(404, 'ATLAS-404-00-005');
  if (method === 'GET') return ok({ list: entity.classifications.map((one) => shown(one)) });
  if (method === 'DELETE') {
    const before = entity.classifications.length;
    entity.classifications = entity.classifications.filter(
      (one) => one.typeName !== parts[6] || one.from !== entity.guid,
    );
    entity.updateTime = catalog.now;
    return before === entity.classifications.length ? no(404, 'ATLAS-404-00-003') : { status: 204 };
  }
  for (const one of JSON.parse(body) as readonly {
    readonly typeName: string;
    readonly attributes?: Record<string, string>;
    readonly propagate?: boolean;
  }[]) {
    if (!catalog.classificationTypes.has(one.typeName)) return no(404, 'ATLAS-404-00-008');
    if (entity.classifications.some(({ typeName, from }) => typeName === one.typeName && from === entity.guid))
      return no(400, 'ATLAS-400-00-01A');
    catalog.classify(entity, one.typeName, { propagate: one.propagate ?? true, attributes: one.attributes ?? {} });
  }
  return { status: 204 };
}

function search(catalog: FakeCatalog, asked: Search): unknown {
  const since = asked.entityFilters === undefined ? 0 : Number(asked.entityFilters.attributeValue);
  const found = [...catalog.entities.values()].filter(
    (one) =>
      (asked.typeName === '_ALL_ENTITY_TYPES' || one.typeName === asked.typeName) &&
      (!asked.excludeDeletedEntities || one.status === 'ACTIVE') &&
      one.updateTime >= since,
  );
  const page = found.slice(asked.offset, asked.offset + asked.limit);
  return {
    queryType: 'BASIC',
    ...(page.length === 0 ? {} : { entities: page.map(({ guid }) => header(catalog, guid)) }),
    approximateCount: found.length,
  };
}

function header({ entities }: FakeCatalog, guid: string): unknown {
  const entity = entities.get(guid);
  if (entity === undefined) return null;
  return {
    typeName: entity.typeName,
    guid,
    status: entity.status,
    displayText: entity.attributes['name'],
    attributes: { ...entity.attributes, __modificationTimestamp: entity.updateTime },
  };
}

function bulk(catalog: FakeCatalog, guids: readonly string[]): Routed {
  const found = guids.map((guid) => catalog.entities.get(guid));
  if (found.includes(undefined)) return no(404, 'ATLAS-404-00-005');
  const referredEntities: Record<string, unknown> = {};
  const owned = ['columns', 'columnLineages'];
  for (const entity of found)
    for (const end of owned)
      for (const { guid } of entity?.relations[end] ?? []) {
        const other = catalog.entities.get(guid);
        if (other !== undefined) referredEntities[guid] = whole(catalog, other);
      }
  return ok({ entities: found.flatMap((one) => (one === undefined ? [] : [whole(catalog, one)])), referredEntities });
}

function whole(catalog: FakeCatalog, entity: FakeEntity): unknown {
  const relationshipAttributes = Object.fromEntries(
    Object.entries(entity.relations).map(([end, others]) => [
      end,
      others.map(({ guid, kind }) => {
        const other = catalog.entities.get(guid);
        return {
          guid,
          typeName: other?.typeName,
          entityStatus: other?.status,
          displayText: other?.attributes['name'],
          relationshipType: kind,
          relationshipStatus: other?.status === 'DELETED' || entity.status === 'DELETED' ? 'DELETED' : 'ACTIVE',
        };
      }),
    ]),
  );
  return {
    typeName: entity.typeName,
    guid: entity.guid,
    status: entity.status,
    attributes: entity.attributes,
    relationshipAttributes: { meanings: [], ...relationshipAttributes },
    updateTime: entity.updateTime,
    ...(entity.classifications.length === 0
      ? {}
      : { classifications: entity.classifications.map((one) => shown(one)) }),
    labels: [],
  };
}

function shown({ typeName, attributes, from, propagate }: FakeEntity['classifications'][number]): unknown {
  return { typeName, attributes, entityGuid: from, entityStatus: 'ACTIVE', propagate };
}
