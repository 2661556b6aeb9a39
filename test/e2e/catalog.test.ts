import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serveCatalog } from '../../examples/catalog/serve-catalog.ts';
import { prepareWarehouse } from '../../examples/shop-clinic/warehouse.ts';
import { systemClock } from '../../server/base/clock.ts';
import type { Product, Serving } from '../../server/cli/composition.ts';
import { composeFor } from '../../server/lexline.ts';
import { describeInChromium, keepPicture } from './browser.ts';

const example = join(import.meta.dirname, '../../examples/shop-clinic');
const actor = { kind: 'process', id: 'test' } as const;

describeInChromium('the example catalog in a real Chromium', (open) => {
  const folder = mkdtempSync(join(tmpdir(), 'lexline-catalog-'));
  let product: Product;
  let serving: Serving | undefined;
  let catalog: Awaited<ReturnType<typeof serveCatalog>>;

  beforeAll(async () => {
    await prepareWarehouse(join(folder, 'warehouse'));
    // The catalog listens first, so that Lexline can be told which origin may ask.
    catalog = await serveCatalog(0, () => serving?.url ?? '');
    const text = readFileSync(join(example, 'lexline.yaml'), 'utf8')
      .replace('../../data/shop-clinic/warehouse', './warehouse')
      .replace('../../data/shop-clinic/lexline', './lexline')
      .replace('./dbt/target', join(example, 'dbt/target'))
      .replace('./governance', join(example, 'governance'))
      .replace('./policies', join(example, 'policies'))
      .replace('../catalog/operations', join(example, '../catalog/operations'))
      .replace('http://127.0.0.1:4100', catalog.origin)
      .replace("origins: ['", "onlyOperations: true, origins: ['");
    const config = join(folder, 'lexline.yaml');
    writeFileSync(config, text);
    const global = { config, data: undefined, json: false };
    product = await composeFor({ global, env: {}, clock: systemClock, actor }).open();
    await (await product.governance()).apply({ actor, signal: new AbortController().signal });
    const sync = await product.sync();
    for (const { name } of product.config.sources)
      expect((await sync.run({ source: name, actor })).error, name).toBeNull();
    serving = await product.serve({ host: '127.0.0.1', port: 0 });
  });

  afterAll(async () => {
    await catalog.close();
    await serving?.close();
    await product.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function visit(hash: string, width = 1400) {
    const tab = await open({ within: [catalog.origin, serving?.url ?? catalog.origin], width });
    await tab.page.goto(`${catalog.origin}/${hash}`);
    return tab;
  }

  async function openColumn(page: Page, table: string, column: string): Promise<void> {
    await page.getByRole('button', { name: table, exact: true }).click();
    await page.getByRole('heading', { level: 2, name: table }).waitFor();
    await page
      .getByRole('table', { name: `Columns of ${table}` })
      .getByRole('button', { name: column, exact: true })
      .click();
    await page.getByRole('region', { name: `Column ${column}` }).waitFor();
    await page.getByRole('heading', { name: 'What a change would reach' }).waitFor();
  }

  it('badges fifty tables of its own by its own ids, and shows a miss as a miss', async () => {
    const { page, wrong, context } = await visit('');
    const rows = page.getByRole('table', { name: 'Tables' }).locator('tbody tr');
    await rows.first().waitFor();
    expect(await rows.count()).toBe(50);
    const row = async (title: string) =>
      rows.filter({ has: page.getByRole('button', { name: title, exact: true }) }).innerText();
    expect(await row('payments.card_vault')).toMatch(/Card[\s\S]*PCI DSS: /u);
    expect(await row('clinic.diagnoses')).toContain('HIPAA: ');
    expect(await row('payroll.salaries')).toContain('not known to Lexline');
    expect(await page.getByRole('status').first().innerText()).toMatch(/Read from revision \d+ of 2/u);
    // Nothing is chosen yet: the list has the page to itself, and no cell of it is hidden at the side.
    const hidden = () =>
      page.evaluate<number>(
        'document.querySelector(".scroll").scrollWidth - document.querySelector(".scroll").clientWidth',
      );
    expect(await hidden()).toBe(0);
    await keepPicture(page, 'catalog-tables');
    expect(wrong).toEqual([]);
    await context.close();
  });

  it('shows a column with its ground, why it is so, where it goes and what a change would reach', async () => {
    const { page, wrong, context } = await visit('');
    await openColumn(page, 'payments.card_vault', 'pan');
    const panel = page.getByRole('region', { name: 'Column pan' });
    expect(await panel.innerText()).toMatch(/Card number[\s\S]*PCI DSS: [\s\S]*not reviewed[\s\S]*Where it goes/u);
    const goes = await page.getByRole('table', { name: 'Where it goes' }).innerText();
    expect(goes).toContain('warehouse.payments.card_overview.card_no');
    expect(goes).toContain('warehouse.marketing.export.customer_ref');
    const width = () => page.evaluate<number>('document.querySelector("img.picture").naturalWidth');
    await expect.poll(width).toBeGreaterThan(200);
    await panel.getByRole('button', { name: 'Why?' }).first().click();
    await panel.getByRole('heading', { name: 'History' }).waitFor();
    await keepPicture(page, 'catalog-column');
    await openColumn(page, 'marketing.export', 'customer_ref');
    const reached = page.getByRole('region', { name: 'Column customer_ref' });
    await reached.getByRole('button', { name: 'Why?' }).first().click();
    await reached.getByText('warehouse.payments.card_overview.card_no →').first().waitFor();
    expect(wrong).toEqual([]);
    await context.close();
  });

  it('says how far each source is known', async () => {
    const { page, wrong, context } = await visit('#trust');
    await page.getByRole('table', { name: 'Coverage of dbt' }).waitFor();
    expect(await page.getByRole('table', { name: 'Coverage of warehouse' }).locator('tbody tr').count()).toBe(1);
    expect(await page.getByRole('main').innerText()).toContain('Missed: ');
    await keepPicture(page, 'catalog-trust');
    expect(wrong).toEqual([]);
    await context.close();
  });

  it('decides a question of the review queue, once', async () => {
    const { page, wrong, context } = await visit('#review');
    const total = page.getByText(/^\d+ questions? about/u);
    await total.waitFor();
    const before = Number.parseInt(await total.innerText(), 10);
    const card = page.locator('article.card').first();
    const question = await card.getByRole('heading').innerText();
    await keepPicture(page, 'catalog-review');
    await card.getByLabel('Another category').fill('user.soul');
    await card.getByRole('button', { name: 'Correct' }).click();
    await expect.poll(() => card.getByRole('status').innerText()).toContain('user.soul');
    await card.getByLabel('Another category').fill('user.contact.email');
    await card.getByRole('button', { name: 'Correct' }).click();
    await expect
      .poll(() => card.getByRole('status').innerText())
      .toMatch(/Decided for \d+ columns?\. Tags in the sources: \d+ to set, \d+ to take off\./u);
    await page.reload();
    await total.waitFor();
    expect(Number.parseInt(await total.innerText(), 10)).toBe(before - 1);
    expect(await page.getByRole('heading', { name: question, exact: true }).count()).toBe(0);
    expect(wrong).toEqual([]);
    await context.close();
  });

  it('makes a report from a button and hands out its files', async () => {
    const { page, wrong, context } = await visit('#report');
    await page.getByRole('button', { name: 'Make pci-dss-12-5-2' }).click();
    await page.getByRole('heading', { name: 'done, 100 %' }).waitFor();
    const report = page.locator('article.card');
    expect(await report.innerText()).toMatch(/draft: nobody stands for a draft[\s\S]*\d+ open items/u);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      report.getByRole('button', { name: 'PDF' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('pci-dss-12-5-2.pdf');
    expect(
      readFileSync(await file.path())
        .subarray(0, 5)
        .toString('latin1'),
    ).toBe('%PDF-');
    await keepPicture(page, 'catalog-report');
    expect(wrong).toEqual([]);
    await context.close();
  });

  it('is told so where Lexline does not list its origin, and gets nothing', async () => {
    const stranger = await serveCatalog(0, () => serving?.url ?? '');
    const { page, context } = await open({ within: [stranger.origin, serving?.url ?? stranger.origin] });
    await page.goto(stranger.origin);
    expect(await page.getByRole('alert').innerText()).toContain('http.origins');
    expect(await page.locator('tbody tr').count()).toBe(0);
    await context.close();
    await stranger.close();
  });

  it.each([1280, 390])('cuts nothing off at the side of a page of %d', async (width) => {
    const { page, wrong, context } = await visit('', width);
    // The picture of a lineage may scroll in its box: the table below says the same.
    const cut = () =>
      page.evaluate<number>(`Math.max(
        document.documentElement.scrollWidth - innerWidth,
        ...[...document.querySelectorAll('.scroll:not(:has(img))')].map((box) => box.scrollWidth - box.clientWidth),
      )`);
    await page.getByRole('table', { name: 'Tables' }).locator('tbody tr').first().waitFor();
    expect(await cut()).toBeLessThanOrEqual(0);
    await openColumn(page, 'payments.card_vault', 'pan');
    await page.getByRole('table', { name: 'Where it goes' }).waitFor();
    expect(await cut()).toBeLessThanOrEqual(0);
    await keepPicture(page, `catalog-column-${width}`);
    await page.goto(`${catalog.origin}/#trust`);
    await page.getByRole('table', { name: 'Coverage of dbt' }).waitFor();
    expect(await cut()).toBeLessThanOrEqual(0);
    await page.goto(`${catalog.origin}/#review`);
    await page.getByText(/^\d+ questions? about/u).waitFor();
    expect(await cut()).toBeLessThanOrEqual(0);
    await keepPicture(page, `catalog-review-${width}`);
    expect(wrong).toEqual([]);
    await context.close();
  });
});
