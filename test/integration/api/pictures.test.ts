import { afterAll, beforeAll, expect, it } from 'vitest';
import { globalId } from '../../../server/graphql/global-id.ts';
import { field } from './graph-rows.ts';
import { screens } from './screen-queries.ts';
import { serveShop, type ShopServer } from './serve-shop.ts';
import { customers } from './shop-graph.ts';

let server: ShopServer;

beforeAll(async () => {
  server = await serveShop();
});

afterAll(() => server.close());

async function answer(query: string, variables: Readonly<Record<string, unknown>>) {
  const { body } = await server.ask(query, variables);
  expect(body.errors).toBeUndefined();
  return body.data;
}

it('shows a lineage through its jobs, and draws it', async () => {
  const id = globalId('Field', field(customers, 'email'));
  const through = await answer(screens.lineage.replace('throughJobs: false', 'throughJobs: true'), { id });
  const { lineage } = (through as { field: { lineage: { nodes: { depth: number; label: string; field: unknown }[] } } })
    .field;
  expect(lineage.nodes.slice(4).map(({ depth, label, field: own }) => [depth, label, own])).toEqual([
    [1, 'model.shop.stg_customers', null],
    [2, 'model.shop.campaign', null],
  ]);
  const drawn = await answer(
    `query D($id: ID!) {
        a: field(id: $id) { lineageDiagram(format: SVG) { format content } }
        b: field(id: $id) { lineageDiagram(format: MERMAID) { content truncated { reason } } }
      }`,
    { id },
  );
  expect(drawn).toMatchObject({
    a: { lineageDiagram: { format: 'SVG', content: expect.stringMatching(/^<svg [\s\S]*email_sha/u) as string } },
    b: { lineageDiagram: { content: expect.stringContaining('email_sha') as string, truncated: null } },
  });
});
