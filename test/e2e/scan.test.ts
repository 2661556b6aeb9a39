import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../server/base/clock.ts';
import { composeFor } from '../../server/lexline.ts';
import { describeInChromium, keepPicture } from './browser.ts';
import { scan } from '../../server/cli/commands/scan.ts';
import { smallShop } from './small-shop.ts';

const actor = { kind: 'process', id: 'test' } as const;
const example = join(import.meta.dirname, '../../examples/shop-clinic/dbt/target');

describeInChromium('a scan page in a real Chromium with the network off', (open) => {
  const folder = mkdtempSync(join(tmpdir(), 'lexline-scan-'));
  const page1 = join(folder, 'sql.html');
  const page2 = join(folder, 'dbt.html');

  beforeAll(async () => {
    mkdirSync(join(folder, 'sql'));
    for (const [name, text] of Object.entries(smallShop)) writeFileSync(join(folder, 'sql', name), text);
    const global = { config: undefined, data: undefined, json: false };
    const compose = composeFor({ global, env: {}, clock: systemClock, actor });
    const context = { compose, clock: systemClock, actor, signal: new AbortController().signal };
    writeFileSync(page1, (await scan({ target: join(folder, 'sql'), dialect: 'postgres' }, context)).html);
    writeFileSync(page2, (await scan({ target: example }, context)).html);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('opens without an error and shows what was found, where it flows and what is not known', async () => {
    const address = pathToFileURL(page1).href;
    const { page, wrong, context } = await open({ within: address, offline: true });
    await page.goto(address);
    expect(await page.locator('h1').innerText()).toMatch(/fields sensitive; \d+ gap|fields sensitive; no gaps met/);
    expect(await page.locator('figure svg').count()).toBeGreaterThan(0);
    expect(await page.locator('figure').first().innerText()).toContain('marketing.export');
    expect(await page.locator('#gaps').innerText()).toContain('no value was read');
    expect(await page.locator('main img').count()).toBe(0);
    expect(wrong).toEqual([]);
    await keepPicture(page, 'scan-sql');
    await context.close();
  });

  it('filters by words and by class, and says how many are shown', async () => {
    const address = pathToFileURL(page1).href;
    const { page, wrong, context } = await open({ within: address, offline: true });
    await page.goto(address);
    const shown = page.locator('#shown');
    const all = Number.parseInt(await shown.innerText(), 10);
    await page.getByPlaceholder('field, dataset, category …').fill('card_vault number');
    expect(await shown.innerText()).toBe('1 field shown');
    expect(await page.locator('tr[data-text]:visible').count()).toBe(1);
    await page.getByPlaceholder('field, dataset, category …').fill('');
    expect(Number.parseInt(await shown.innerText(), 10)).toBe(all);
    await page.locator('.tools input[value=PCI]').check();
    const cards = Number.parseInt(await shown.innerText(), 10);
    expect(cards).toBeGreaterThan(0);
    expect(cards).toBeLessThan(all);
    await page.getByPlaceholder('field, dataset, category …').fill('nothing like it');
    expect(await shown.innerText()).toBe('0 fields shown');
    expect(wrong).toEqual([]);
    await context.close();
  });

  it('shows the example’s dbt project with its ground for every field', async () => {
    const address = pathToFileURL(page2).href;
    const { page, wrong, context } = await open({ within: address, offline: true, scheme: 'dark' });
    await page.goto(address);
    await page.locator('details.why > summary').first().click();
    expect(await page.locator('details.why[open] li').first().innerText()).toMatch(/decided by/);
    await keepPicture(page, 'scan-dbt-dark');
    expect(wrong).toEqual([]);
    await context.close();
  });

  it('fits 390 pixels, its pictures scrolling within themselves', async () => {
    const address = pathToFileURL(page2).href;
    const { page, wrong, context } = await open({ within: address, offline: true, width: 390 });
    await page.goto(address);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    await keepPicture(page, 'scan-dbt-390');
    expect(wrong).toEqual([]);
    await context.close();
  });

  it('can be filtered from the keyboard alone', async () => {
    const address = pathToFileURL(page1).href;
    const { page, context } = await open({ within: address, offline: true });
    await page.goto(address);
    for (let presses = 0; presses < 40; presses++) {
      await page.keyboard.press('Tab');
      if ((await page.evaluate('document.activeElement.id')) === 'words') break;
    }
    await page.keyboard.type('cvv');
    expect(await page.locator('#shown').innerText()).toMatch(/^\d+ fields? shown$/);
    expect(await page.locator('tr[data-text]:visible').count()).toBeGreaterThan(0);
    await context.close();
  });
});
