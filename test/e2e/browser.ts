import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';
import { chromiumMissing, chromiumProgram } from '../../scripts/chromium.ts';

/** A tab in a real Chromium, and everything that went wrong in it. */
export interface Tab {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors on the console, exceptions of scripts, and addresses asked for outside of where the page came from. */
  readonly wrong: string[];
}

export interface TabOptions {
  readonly width?: number;
  readonly scheme?: 'light' | 'dark';
  readonly offline?: boolean;
  /** Where requests may go. */
  readonly within: string | readonly string[];
}

/** Tests that need a real browser; named and given their reason where there is none. */
export function describeInChromium(name: string, suite: (open: (options: TabOptions) => Promise<Tab>) => void): void {
  const missing = chromiumMissing();
  if (missing !== null) {
    describe.skip(`${name} (skipped: ${missing})`, () => suite(() => Promise.reject(new Error(missing))));
    return;
  }
  describe(name, () => {
    let browser: Browser;
    beforeAll(async () => {
      // A sandbox of its own needs rights that root in a container does not have; the pages are our own.
      browser = await chromium.launch({
        executablePath: chromiumProgram() ?? '',
        args: ['--no-sandbox'],
        timeout: 240_000,
      });
    });
    afterAll(() => browser.close());
    suite((options) => openTab(browser, options));
  });
}

async function openTab(
  browser: Browser,
  { width = 1280, scheme = 'light', offline = false, within }: TabOptions,
): Promise<Tab> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, offline });
  // For what never comes; a busy machine takes its time.
  context.setDefaultTimeout(240_000);
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') wrong.push(message.text());
  });
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('request', (request) => {
    const url = request.url();
    if (![within, 'data:', 'blob:'].flat().some((start) => url.startsWith(start))) wrong.push(`asked for ${url}`);
  });
  return { page, context, wrong };
}

/** Keeps a picture of the page for people to look at, where `LEXLINE_SCREENSHOTS` names a folder. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env['LEXLINE_SCREENSHOTS'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
