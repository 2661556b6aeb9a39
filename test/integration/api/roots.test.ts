import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveHouse, type House } from './serve-house.ts';

let house: House;
beforeAll(async () => {
  house = await serveHouse();
});
afterAll(() => house.close());
const ask: House['ask'] = (...asked) => house.ask(...asked);

describe('each root by the role of who asks', () => {
  const open = { viewer: true, reviewer: true, steward: true, auditor: true } as const;
  const audited = { viewer: false, reviewer: false, steward: true, auditor: true } as const;
  const roots: readonly (readonly [string, Readonly<Record<keyof typeof open, boolean>>])[] = [
    ['{ search(first: 1) { counts { totalCount } } }', open],
    ['{ regulations { name } }', open],
    ['{ regulation(name: "gdpr") { name } }', open],
    ['{ provisions { totalCount } }', open],
    ['{ provision(name: "GDPR:4(1)") { name } }', open],
    ['{ policies { name } }', audited],
    ['{ policyFindings { totalCount } }', audited],
    ['{ ledgerEntries { nodes { kind } } }', audited],
  ];
  it.each(
    roots.flatMap(([text, who]) =>
      Object.entries(who).map(([role, may]) => [text, role as keyof typeof who, may] as const),
    ),
  )('%s as %s: %s', async (text, role, may) => {
    const { status, code } = await ask(text, role);
    expect([status, code]).toEqual(may ? [200, null] : [403, 'NOT_ALLOWED']);
  });
});

describe('regulations and provisions', () => {
  it('are told with their editions, by any of their names', async () => {
    const { data } = await ask(
      '{ regulations { name prefix editions { name from texts { language } } provisionCount } }',
    );
    const { regulations } = data as {
      regulations: readonly { name: string; provisionCount: number; editions: object[] }[];
    };
    expect(regulations.map(({ name }) => name)).toEqual(['GDPR', 'HIPAA', 'PCI_DSS', 'CCPA']);
    for (const { provisionCount, editions } of regulations)
      expect([provisionCount > 5, editions.length > 0]).toEqual([true, true]);
    for (const name of ['PCI_DSS', 'pci-dss', 'PCI'])
      expect(
        (await ask('query R($name: String!) { regulation(name: $name) { name } }', 'viewer', { name })).data,
      ).toEqual({
        regulation: { name: 'PCI_DSS' },
      });
    expect((await ask('{ regulation(name: "LAW_OF_THE_SEA") { name } }')).data).toEqual({ regulation: null });
  });

  it('are paged whole, by regulation and category, and a cursor of another list is refused', async () => {
    const text = `query P($regulation: String, $category: String, $after: String) {
      provisions(regulation: $regulation, category: $category, first: 20, after: $after) {
        totalCount nodes { name regulation { name } } pageInfo { hasNextPage endCursor } } }`;
    type Page = {
      provisions: {
        totalCount: number;
        nodes: readonly { name: string; regulation: { name: string } }[];
        pageInfo: { hasNextPage: boolean; endCursor: string | null };
      };
    };
    const found: string[] = [];
    let after: string | null = null;
    let total = -1;
    do {
      const { provisions }: Page = (await ask(text, 'viewer', { regulation: 'GDPR', after })).data;
      found.push(...provisions.nodes.map(({ name }) => name));
      total = provisions.totalCount;
      after = provisions.pageInfo.hasNextPage ? provisions.pageInfo.endCursor : null;
    } while (after !== null);
    expect(new Set(found).size).toBe(total);
    expect(found.every((name) => name.startsWith('GDPR:'))).toBe(true);
    const health: Page = (await ask(text, 'viewer', { regulation: 'GDPR', category: 'user.health.diagnosis' })).data;
    expect(health.provisions.nodes.map(({ name }) => name)).toContain('GDPR:9(1)');
    expect(health.provisions.totalCount).toBeLessThan(total);
    const first: Page = (await ask(text, 'viewer', { regulation: 'GDPR' })).data;
    const other = { regulation: 'HIPAA', after: first.provisions.pageInfo.endCursor };
    expect((await ask(text, 'viewer', other)).code).toBe('INPUT_INVALID');
    expect((await ask(text, 'viewer', { regulation: 'GDPRR' })).code).toBe('INPUT_INVALID');
    expect((await ask(text, 'viewer', { category: 'user.soul' })).code).toBe('INPUT_INVALID');
  });

  it('are told edition by edition, in own words where no text is indexed', async () => {
    const { data } = await ask(
      '{ provision(name: "GDPR:4(1)") { name url ownWords categories regulation { title } versions { edition { name to } language quote page } } }',
    );
    expect(data).toMatchObject({
      provision: {
        name: 'GDPR:4(1)',
        url: '/regulations/GDPR/4(1)',
        ownWords: expect.stringMatching(/./u) as string,
        versions: expect.arrayContaining([
          { edition: { name: '32016R0679', to: null }, language: null, quote: null, page: null },
        ]) as unknown,
      },
    });
    expect((await ask('{ provision(name: "GDPR:999") { name } }')).data).toEqual({ provision: null });
  });
});
