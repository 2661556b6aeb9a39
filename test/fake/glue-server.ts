import { listen, textOf, type FakeServer } from './replay-server.ts';

/** A made-up catalog: tables by database, as Glue gives them. */
export type FakeGlueCatalog = Map<string, Record<string, unknown>[]>;

/** Speaks AWS's JSON protocol for the two questions that are asked of Glue, page by page. Signatures are not checked. */
export async function startFakeGlue(catalog: FakeGlueCatalog): Promise<FakeServer> {
  return listen(async (request, response) => {
    const target = String(request.headers['x-amz-target'] ?? '');
    const body = JSON.parse((await textOf(request)) || '{}') as Record<string, unknown>;
    const say = (status: number, value: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(value));
    };
    const page = <T>(all: readonly T[]): { readonly items: readonly T[]; readonly NextToken?: string } => {
      const size = Number(body['MaxResults'] ?? 100);
      const at = Number(body['NextToken'] ?? 0);
      const items = all.slice(at, at + size);
      return { items, ...(at + size < all.length ? { NextToken: String(at + size) } : {}) };
    };
    if (target === 'AWSGlue.GetDatabases') {
      const { items, ...more } = page([...catalog.keys()]);
      return say(200, { DatabaseList: items.map((Name) => ({ Name, CatalogId: '123456789012' })), ...more });
    }
    if (target === 'AWSGlue.GetTables') {
      const tables = catalog.get(String(body['DatabaseName']));
      if (tables === undefined) return say(400, { __type: 'EntityNotFoundException', Message: 'canary-7Q' });
      const { items, ...more } = page(tables);
      return say(200, { TableList: items, ...more });
    }
    if (request.url === '/GetResourceLFTags')
      return say(400, { __type: 'EntityNotFoundException', Message: 'canary-7Q' });
    return say(400, { __type: 'UnknownOperationException', Message: target });
  });
}
