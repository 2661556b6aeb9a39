import { describe, expect, it } from 'vitest';
import { datasetsByName, jobsByName, readAll } from '../../../connector-messages.ts';
import { openWholeProduct } from '../../../integration/whole-product.ts';
import type { FakeGlueCatalog } from '../../../fake/glue-server.ts';
import { behind, connect, settings, table } from './session.ts';

const own = '123456789012';
const link = (name: string, target: object): Record<string, unknown> =>
  table(name, [], { TableType: null, TargetTable: { DatabaseName: 'hr', Name: 'staff "x"', ...target } });
const view = (name: string, sql: string): Record<string, unknown> =>
  table(name, [['k', 'string']], {
    TableType: 'VIRTUAL_VIEW',
    ViewOriginalText: `/* Presto View: ${Buffer.from(JSON.stringify({ originalSql: sql, schema: 'sales' })).toString('base64')} */`,
  });

function links(): FakeGlueCatalog {
  return new Map([
    [
      'sales',
      [
        link('near', { CatalogId: own, Region: 'eu-central-1' }),
        link('bare', {}),
        link('far', { CatalogId: own, Region: 'us-east-1' }),
        link('theirs', { CatalogId: '210987654321' }),
        view('over_link', 'SELECT ssn AS k FROM near'),
        view('over_view', 'SELECT k FROM over_link'),
      ],
    ],
    [
      'hr',
      [
        table(
          'staff "x"',
          [
            ['id', 'int'],
            ['ssn', 'string'],
          ],
          { DatabaseName: 'hr' },
        ),
      ],
    ],
  ]);
}

describe('a resource link of Glue', () => {
  it('shows all of a target in the same account and region; another target is a gap that names it', async () => {
    const messages = await readAll(connect(await behind(() => null, links())));
    const jobs = jobsByName(messages);
    for (const name of ['sales.near', 'sales.bare']) {
      expect(jobs.get(name)).toMatchObject({ statements: [{ sql: 'SELECT * FROM "hr"."staff ""x"""' }] });
      expect(datasetsByName(messages).get(name)).toMatchObject({ kind: 'view', partial: true });
    }
    for (const name of ['sales.far', 'sales.theirs']) expect(jobs.get(name)).toBeUndefined();
    const gaps = messages.flatMap((message) => (message.type === 'gap' ? [message.gap] : []));
    expect(gaps.map(({ what }) => what).toSorted()).toEqual(['resource link sales.far', 'resource link sales.theirs']);
    expect(gaps.map(({ detail }) => detail).join(' ')).toContain('account 210987654321, region eu-central-1');
    expect(gaps.map(({ detail }) => detail).join(' ')).toContain(`account ${own}, region us-east-1`);
  });

  it('becomes lineage through views over it', async () => {
    const endpoint = await behind(() => null, links());
    const product = await openWholeProduct({ name: 'lake', connector: 'glue', ...settings, endpoint });
    const namespace = `arn:aws:glue:eu-central-1:${own}`;
    try {
      expect((await product.sync()).error).toBeNull();
      expect(await product.upstream(namespace, 'sales.near', 'ssn')).toEqual(['"staff ""x""".ssn']);
      expect(await product.upstream(namespace, 'sales.over_view', 'k')).toEqual([
        '"staff ""x""".ssn',
        'near.ssn',
        'over_link.k',
      ]);
      expect((await product.sync()).status).toBe('UNCHANGED');
    } finally {
      await product.close();
    }
  });
});
