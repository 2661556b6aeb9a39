import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newKey } from '../../server/access/api-keys.ts';
import { systemClock } from '../../server/base/clock.ts';
import type { Product, Serving } from '../../server/cli/composition.ts';
import { composeFor } from '../../server/lexline.ts';
import { describeInChromium, keepPicture } from './browser.ts';
import { smallShop } from './small-shop.ts';

const root = join(import.meta.dirname, '../..');
const actor = { kind: 'process', id: 'test' } as const;

describeInChromium('the pages of a server with sign-in', (open) => {
  const folder = mkdtempSync(join(tmpdir(), 'lexline-sign-in-'));
  const { key, sha256 } = newKey();
  let product: Product;
  let serving: Serving;

  beforeAll(async () => {
    const build = [join(root, 'node_modules/vite/bin/vite.js'), 'build', 'web', '--logLevel', 'warn'];
    execFileSync(process.execPath, build, { cwd: root });
    mkdirSync(join(folder, 'sql'));
    for (const [name, text] of Object.entries(smallShop)) writeFileSync(join(folder, 'sql', name), text);
    const global = { config: undefined, data: undefined, json: false };
    const compose = composeFor({ global, env: {}, clock: systemClock, actor });
    const settings = {
      sources: [{ name: 'shop', connector: 'sql-files', path: './sql', dialect: 'postgres' }],
      access: { keys: [{ name: 'reader', role: 'viewer', sha256 }] },
    };
    product = await compose.open({ config: await compose.parseConfig(settings, folder) });
    await (await product.sync()).run({ source: 'shop', actor });
    serving = await product.serve({ host: '127.0.0.1', port: 0 });
  }, 120_000);

  afterAll(async () => {
    await serving.close();
    await product.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('ask for a key, refuse a wrong one in words, and show everything with a right one', async () => {
    const { page, context } = await open({ within: serving.url });
    await page.goto(serving.url);
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
  });
});
