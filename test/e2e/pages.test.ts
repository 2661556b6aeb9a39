import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newKey } from '../../server/access/api-keys.ts';
import { systemClock } from '../../server/base/clock.ts';
import { composeFor, createLexline } from '../../server/lexline.ts';
import { describeInChromium, keepPicture } from './browser.ts';
import { smallShop } from './small-shop.ts';
import type { Product, Serving } from '../../server/cli/composition.ts';

const root = join(import.meta.dirname, '../..');
const actor = { kind: 'process', id: 'test' } as const;
const settings = {
  sources: [{ name: 'shop', connector: 'sql-files', path: './sql', dialect: 'postgres' }],
  stores: { graph: { engine: 'embedded', path: './data' } },
};

describeInChromium('the pages in a real Chromium', (open) => {
  const folder = mkdtempSync(join(tmpdir(), 'lexline-pages-'));
  let product: Product;
  let serving: Serving;
  let base = '';

  beforeAll(async () => {
    execFileSync(
      process.execPath,
      [join(root, 'node_modules/vite/bin/vite.js'), 'build', 'web', '--logLevel', 'warn'],
      { cwd: root },
    );
    mkdirSync(join(folder, 'sql'));
    for (const [name, text] of Object.entries(smallShop)) writeFileSync(join(folder, 'sql', name), text);
    const global = { config: undefined, data: undefined, json: false };
    const compose = composeFor({ global, env: {}, clock: systemClock, actor });
    const config = await compose.parseConfig(settings, folder);
    product = await compose.open({ config });
    const report = await (await product.sync()).run({ source: 'shop', actor });
    expect(report.error).toBeNull();
    serving = await product.serve({ host: '127.0.0.1', port: 0 });
    base = serving.url;
  });

  afterAll(async () => {
    await serving.close();
    await product.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('lead back, in words of their own, from an address that is none', async () => {
    const { page, wrong, context } = await open({ within: base });
    for (const [path, heading] of [
      ['fields/abc', 'This is no address of a field'],
      ['datasets/%21%21', 'There is no such page'],
      [`datasets/${Buffer.from('Source:shop').toString('base64url')}`, 'This is no address of a dataset'],
      [`fields/${Buffer.from(`Field:${'0'.repeat(32)}`).toString('base64url')}`, 'There is no such field'],
    ] as const) {
      await page.goto(`${base}/${path}`);
      await page.getByRole('heading', { name: heading }).waitFor();
      expect(await page.locator('#main').innerText()).not.toMatch(/datasetsByRef|INPUT_INVALID/u);
      await page.getByRole('link', { name: 'All datasets' }).click();
      await page.getByRole('heading', { name: 'Datasets' }).waitFor();
    }
    // The server says 404 of an address that it has no page for; nothing else may go wrong.
    expect(wrong.filter((one) => !one.includes('404'))).toEqual([]);
    await context.close();
  });

  it('lead on from the address of another kind of thing', async () => {
    const { page, context } = await open({ within: base });
    await page.goto(base);
    const link = page.locator('tr', { hasText: 'payments.card_vault' }).getByRole('link').first();
    const id = (await link.getAttribute('href'))?.split('/').at(-1) ?? '';
    await page.goto(`${base}/fields/${id}`);
    await page.getByRole('link', { name: 'Show this dataset' }).click();
    await page.getByRole('heading', { name: /card_vault/u }).waitFor();
    await context.close();
  });

  it('say by word, sign and colour which reasons speak for a verdict and which against it', async () => {
    const { page, context } = await open({ within: base });
    await page.goto(base);
    await page.getByLabel('Search').fill('card_number');
    await page.locator('table.fields a', { hasText: 'card_number' }).first().click();
    const reason = page.locator('.evidence li.for').first();
    await reason.waitFor();
    expect(await reason.innerText()).toMatch(/\+ for[\s\S]*\+\d+\.\d\d/u);
    // As a text: the types of these tests know no document.
    const fills = await page.evaluate<readonly string[]>(`['for', 'against', 'note'].map((side) => {
      const bar = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
      bar.setAttribute('class', 'bar-' + side);
      document.querySelector('.weight-bar').append(bar);
      return getComputedStyle(bar).fill;
    })`);
    expect(new Set(fills).size).toBe(3);
    await context.close();
  });

  it('list the datasets with their badges, and find datasets and fields by name', async () => {
    const { page, wrong, context } = await open({ within: base });
    await page.goto(base);
    const row = page.locator('tr', { hasText: 'payments.card_vault' });
    await row.waitFor();
    expect(await row.innerText()).toMatch(/Card data/);
    expect(await row.innerText()).toContain('PCI');
    await page.getByText('fields sensitive').waitFor();
    await keepPicture(page, 'datasets');
    await page.getByLabel('Search').fill('card');
    await page.getByRole('heading', { name: 'Fields' }).waitFor();
    expect(await page.locator('table.datasets tbody tr').count()).toBe(1);
    expect(await page.locator('table.fields').innerText()).toContain('card_number');
    expect(new URL(page.url()).searchParams.get('q')).toBe('card');
    expect(wrong).toEqual([]);
    await context.close();
  });

  it('show a field’s verdict with its evidence, and its lineage to click through', async () => {
    const { page, wrong, context } = await open({ within: base });
    await page.goto(base);
    await page.getByRole('link', { name: 'shop.customers', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'shop.customers' }).waitFor();
    await page.locator('main table').getByRole('link', { name: 'email', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'email' }).waitFor();
    const card = page.locator('article.card').first();
    expect(await card.innerText()).toMatch(
      /E-mail address[\s\S]*user\.contact\.email[\s\S]*Evidence[\s\S]*GDPR:4\(1\)/,
    );
    const picture = page.locator('.picture svg');
    await picture.waitFor();
    expect(await picture.locator('text.lx-word').allTextContents()).toContain('hashed');
    await keepPicture(page, 'field');
    await picture.getByRole('link', { name: 'email_key' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'email_key' }).waitFor();
    const reached = await page.locator('article.card').first().innerText();
    expect(reached).toMatch(/E-mail address \(hashed\)/);
    expect(reached).toMatch(/How it got here/);
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'email', exact: true }).waitFor();
    await page.getByLabel('Direction').selectOption('UPSTREAM');
    await page.getByText('Where it comes from: shop.customers.email').waitFor({ state: 'attached' });
    await page.reload();
    expect(await page.getByLabel('Direction').inputValue()).toBe('UPSTREAM');
    expect(wrong).toEqual([]);
    await context.close();
  });

  it('list what was found across datasets, by class and category', async () => {
    const { page, wrong, context } = await open({ within: base });
    await page.goto(base);
    await page.getByRole('link', { name: 'Sensitive fields' }).click();
    await page.locator('table.fields').getByRole('link', { name: 'card_number', exact: true }).waitFor();
    await page.getByLabel('Class').selectOption('PCI');
    // The list is empty for a moment while the new one is fetched.
    const rows = () => page.locator('table.fields tbody tr').allInnerTexts();
    await expect.poll(async () => (await rows()).length).toBeGreaterThan(1);
    await expect.poll(async () => (await rows()).every((row) => row.includes('PCI'))).toBe(true);
    expect((await rows()).length).toBeGreaterThan(1);
    expect(new URL(page.url()).searchParams.get('class')).toBe('PCI');
    expect(wrong).toEqual([]);
    await context.close();
  });

  it('tell what is not known: coverage, gaps, fields without an answer, runs', async () => {
    const { page, wrong, context } = await open({ within: base });
    await page.goto(base);
    await page.getByRole('link', { name: 'Coverage and gaps' }).click();
    await page.getByText('judged from names only').waitFor();
    await keepPicture(page, 'gaps');
    await page.getByRole('link', { name: 'Sync runs' }).click();
    await page.getByText('sql-files').waitFor();
    expect(await page.locator('details.card').count()).toBe(1);
    await keepPicture(page, 'runs');
    expect(wrong).toEqual([]);
    await context.close();
  });

  it('show the past as the past, and say when nothing was known yet', async () => {
    const { page, context } = await open({ within: base });
    const now = new Date().toISOString();
    await page.goto(`${base}/?asOf=${now}`);
    expect(await page.getByRole('status').innerText()).toContain(`as of ${now}`);
    expect(await page.getByRole('link', { name: 'payments.card_vault' }).getAttribute('href')).toContain(
      `asOf=${encodeURIComponent(now)}`,
    );
    await page.goto(`${base}/?asOf=2999-01-01`);
    expect(await page.getByRole('alert').innerText()).toContain('INPUT_INVALID');
    await page.goto(`${base}/?asOf=2001-01-01`);
    expect(await page.getByRole('alert').innerText()).toContain('ASOF_BEFORE_FIRST_REVISION');
    await page.getByRole('button', { name: 'back to now' }).click();
    await page.getByRole('link', { name: 'payments.card_vault' }).waitFor();
    await context.close();
  });

  it('write a hostile name as text', async () => {
    const { page, wrong, context } = await open({ within: base });
    await page.goto(base);
    await page.getByRole('link', { name: 'shop.customers', exact: true }).click();
    await page.locator('.picture svg').waitFor();
    expect(await page.locator('main table').innerText()).toContain('<img src=x onerror=alert(1)>');
    expect(await page.locator('main img').count()).toBe(0);
    expect(wrong).toEqual([]);
    await context.close();
  });

  it.each([
    [390, 'dark'],
    [1280, 'light'],
  ] as const)('fit %i pixels in the %s scheme, every page', async (width, scheme) => {
    const { page, wrong, context } = await open({ within: base, width, scheme });
    const fits = async (name: string): Promise<void> => {
      await page.waitForLoadState('networkidle');
      expect(await page.evaluate('document.documentElement.scrollWidth'), name).toBeLessThanOrEqual(width);
      await keepPicture(page, `${name}-${String(width)}-${scheme}`);
    };
    for (const path of ['/', '/fields', '/gaps', '/runs']) {
      await page.goto(base + path);
      await fits(`page${path.replaceAll('/', '-')}`);
    }
    await page.goto(base);
    await page.getByRole('link', { name: 'marts.customer_360' }).click();
    await page.locator('.picture svg').waitFor();
    await fits('dataset');
    expect(wrong).toEqual([]);
    await context.close();
  });

  it('work below a path of another program', async () => {
    const lexline = await createLexline({ config: settings, directory: folder });
    const server = createServer(express().use('/data/lexline', lexline.router));
    lexline.attach(server);
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve());
    });
    const mounted = `http://127.0.0.1:${(server.address() as AddressInfo).port}/data/lexline`;
    try {
      const { page, wrong, context } = await open({ within: mounted });
      await page.goto(mounted);
      await page.getByRole('link', { name: 'shop.customers', exact: true }).click();
      await page.locator('.picture svg').getByRole('link', { name: 'email', exact: true }).first().click();
      await page.getByRole('heading', { level: 1, name: 'email', exact: true }).waitFor();
      expect(new URL(page.url()).pathname).toMatch(/^\/data\/lexline\/fields\//);
      await page.reload();
      await page.getByRole('heading', { level: 1, name: 'email', exact: true }).waitFor();
      expect(wrong).toEqual([]);
      await context.close();
    } finally {
      await lexline.close();
      server.close();
    }
  });

  it('can be used from the keyboard alone', async () => {
    const { page, context } = await open({ within: base });
    await page.goto(base);
    await page.getByRole('link', { name: 'payments.card_vault' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    await page.getByRole('link', { name: 'payments.card_vault' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'payments.card_vault' }).waitFor();
    await page.locator('.picture svg').waitFor();
    await context.close();
  });

  it('ask for a key where the server answers only those it knows', async () => {
    const { key, sha256 } = newKey();
    const global = { config: undefined, data: undefined, json: false };
    const compose = composeFor({ global, env: {}, clock: systemClock, actor });
    const access = { keys: [{ name: 'reader', role: 'viewer', sha256 }] };
    const stores = { graph: { engine: 'embedded', path: './signed-in' } };
    const signed = await compose.open({ config: await compose.parseConfig({ ...settings, stores, access }, folder) });
    await (await signed.sync()).run({ source: 'shop', actor });
    const own = await signed.serve({ host: '127.0.0.1', port: 0 });
    const { page, context } = await open({ within: own.url });
    await page.goto(own.url);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.locator('table').count()).toBe(0);
    await keepPicture(page, 'sign-in');
    await page.getByLabel('Key or token').fill('lxk_wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('is not known here').waitFor();
    await page.getByLabel('Key or token').fill(key);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.locator('tr', { hasText: 'payments.card_vault' }).waitFor();
    await page.reload();
    await page.locator('tr', { hasText: 'payments.card_vault' }).waitFor();
    expect(await context.cookies()).toEqual([]);
    await context.close();
    await own.close();
    await signed.close();
  });
});
