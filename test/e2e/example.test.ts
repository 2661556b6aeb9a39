import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { summaryLines } from '../../examples/shop-clinic/summary.ts';
import { prepareWarehouse } from '../../examples/shop-clinic/warehouse.ts';
import { systemClock } from '../../server/base/clock.ts';
import { composeFor } from '../../server/lexline.ts';

const example = join(import.meta.dirname, '../../examples/shop-clinic');
const actor = { kind: 'process', id: 'test' } as const;

describe('the example shop-clinic', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lexline-example-'));
  const config = join(folder, 'lexline.yaml');

  beforeAll(async () => {
    await prepareWarehouse(join(folder, 'warehouse'));
    const text = readFileSync(join(example, 'lexline.yaml'), 'utf8')
      .replace('../../data/shop-clinic/warehouse', './warehouse')
      .replace('../../data/shop-clinic/lexline', './lexline')
      .replace('./dbt/target', join(example, 'dbt/target'));
    writeFileSync(config, text);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function syncAll() {
    const global = { config, data: undefined, json: false };
    const product = await composeFor({ global, env: {}, clock: systemClock, actor }).open();
    try {
      const sync = await product.sync();
      const reports = [];
      for (const { name } of product.config.sources) reports.push(await sync.run({ source: name, actor }));
      const query = await product.query();
      const { gaps } = await query.coverage((await query.at()).n);
      return { reports, gaps, lines: await summaryLines(query, 'http://127.0.0.1:4000') };
    } finally {
      await product.close();
    }
  }

  it('ends in the four lines that a person repeats, and a second start writes nothing', async () => {
    const first = await syncAll();
    expect(first.reports.map(({ error }) => error)).toEqual([null, null]);
    expect(first.lines).toHaveLength(4);
    expect(first.lines[0]).toMatch(
      /^\d+ tables, views and reports with \d+ fields: \d+ sensitive, \d+ undecided, 0 not judged$/,
    );
    expect(first.lines[1]).toBe(
      '4 card numbers; 1 reaches marketing.export: card_vault.pan → card_overview.card_no → export.customer_ref',
    );
    expect(first.lines[2]).toMatch(new RegExp(`^${first.gaps.length} gaps: `, 'u'));
    expect(first.gaps.filter(({ what }) => what.includes('archive_table'))).toHaveLength(1);
    expect(first.gaps.filter(({ remedy }) => remedy === null)).toEqual([]);
    expect(first.lines[3]).toContain('next: open http://127.0.0.1:4000');
    const second = await syncAll();
    expect(second.reports.map(({ status }) => status)).toEqual(['UNCHANGED', 'UNCHANGED']);
    expect(second.lines).toEqual(first.lines);
  });

  it('builds the same warehouse once and not again', async () => {
    expect(await prepareWarehouse(join(folder, 'warehouse'))).toBe(false);
  });

  it('holds no value of its rows in the stores', async () => {
    await syncAll();
    const stores = readFileSync(join(folder, 'lexline/lexline.db'), 'latin1');
    for (const value of ['4111111111111111', '5555555555554444', 'DE89370400440532013000', 'ada.bauer'])
      expect(stores).not.toContain(value);
  });
});
