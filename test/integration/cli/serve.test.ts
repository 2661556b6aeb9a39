import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { runLexline } from './run-in-process.ts';

const target = join(import.meta.dirname, '../../../examples/shop-clinic/dbt/target');
const folder = mkdtempSync(join(tmpdir(), 'lexline-serve-'));
const config = join(folder, 'lexline.yaml');
writeFileSync(config, `sources: [{ name: models, connector: dbt, target: ${target}, schedule: '0 0 1 1 *' }]\n`);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('lexline serve', () => {
  it('answers until it is asked to end, then ends with 0, while a command writes beside it', async () => {
    const abort = new AbortController();
    const lines: string[] = [];
    const served = runLexline(['serve', '--port', '0', '--json', '--config', config], {
      signal: abort.signal,
      onOut: (text) => lines.push(text),
    });
    while (lines.length === 0) await sleep(10);
    const { url, scheduled } = JSON.parse(lines[0] ?? '') as { readonly url: string; readonly scheduled: number };
    expect(scheduled).toBe(1);
    expect(new URL(url).hostname).toBe('127.0.0.1');
    expect((await fetch(`${url}/readyz`)).status).toBe(200);

    const { status, err } = await runLexline(['sync', '--config', config]);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ sources { name } }' }),
    });
    expect(await response.json()).toMatchObject({ data: { sources: [{ name: 'models' }] } });

    abort.abort();
    expect((await served).status).toBe(0);
    await expect(fetch(`${url}/readyz`)).rejects.toThrow();
  });

  it('refuses an address that other machines reach, as there is no sign-in', async () => {
    const { status, err } = await runLexline(['serve', '--host', '0.0.0.0', '--port', '0', '--config', config]);
    expect(status).toBe(2);
    expect(err).toContain('[SIGN_IN_REQUIRED]');
  });

  it('says who to look for when the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const { status, err } = await runLexline(['serve', '--port', String(port), '--config', config]);
    other.close();
    expect(status).toBe(2);
    expect(err).toMatch(/\[PORT_IN_USE\].*taken/u);
  });
});
