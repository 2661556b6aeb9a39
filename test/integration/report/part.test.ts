import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loopbackViewer, type Scope } from '../../../server/access/viewer.ts';
import { buildReports } from '../../../server/compose/build-reports.ts';
import type { Ground } from '../../../server/compose/ground.ts';
import type { GovernanceRoom } from '../../../server/governance/governance-room.ts';
import { governanceFileSchema } from '../../../server/governance/objects.ts';
import { openShop, type Shop } from '../api/serve-shop.ts';
import { customers, marketing } from '../api/shop-graph.ts';

const entered = governanceFileSchema.parse({
  entities: [
    { id: 'shop', name: 'Elm Shop Ltd', role: 'controller' },
    { id: 'ads', name: 'Oak Ads Ltd', role: 'controller' },
  ],
  activities: [
    { id: 'sales', name: 'Selling elm', entity: 'shop', datasets: [{ name: customers.name }] },
    { id: 'campaigns', name: 'Mailing oak', entity: 'ads', datasets: [{ name: marketing.name }] },
  ],
});
const governance = { read: async () => entered } as unknown as GovernanceRoom;

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.stores.close());

/** The text of the controller's record for who sees a part, or everything. */
async function recordFor(scope: Scope | null): Promise<string> {
  const ground = { config: { policies: null }, stores: shop.stores } as unknown as Ground;
  const query = scope === null ? shop.query : shop.query.as({ ...loopbackViewer, signedIn: true, scope });
  const rooms = { query, governance, ...(scope === null ? {} : { seesEverything: false }) };
  const reports = await buildReports(ground, rooms);
  const { chunks } = await reports.open({ name: 'gdpr-30-1', format: 'json', requestedBy: 'tester' });
  let text = '';
  for await (const chunk of chunks) text += String(chunk);
  return text;
}

describe('a report', () => {
  it('is made from all that people entered for who sees everything', async () => {
    const text = await recordFor(null);
    for (const name of ['Elm Shop Ltd', 'Oak Ads Ltd', 'Selling elm', 'Mailing oak']) expect(text).toContain(name);
  });

  it('is made from what they entered about a part for who sees that part', async () => {
    const text = await recordFor({ sources: 'all', datasets: [[customers.name]] });
    expect(text).toContain('Elm Shop Ltd');
    expect(text).toContain('Selling elm');
    expect(text).not.toMatch(/oak/iu);
  });

  it('is made from what they entered about each of several parts', async () => {
    const text = await recordFor({ sources: 'all', datasets: [[customers.name, marketing.name, 'shop.*']] });
    for (const name of ['Selling elm', 'Mailing oak']) expect(text).toContain(name);
  });
});
