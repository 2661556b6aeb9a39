import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { summaryLines } from '../../examples/shop-clinic/summary.ts';
import { prepareWarehouse } from '../../examples/shop-clinic/warehouse.ts';
import { createLexline, type Lexline } from '../../server/lexline.ts';
import { drawSvg } from '../../server/draw/svg.ts';

const root = join(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'lexline-readme-'));
const actor = { kind: 'process', id: 'test' } as const;

interface ExampleConfig {
  readonly sources: readonly Record<string, unknown>[];
  readonly stores: unknown;
}

describe('the README', () => {
  let lexline: Lexline;
  let server: Server;

  // The example as `npm start` makes it, in a folder of its own, mounted on an application that is not ours.
  beforeAll(async () => {
    await prepareWarehouse(join(folder, 'warehouse'));
    const text = readFileSync(join(root, 'examples/shop-clinic/lexline.yaml'), 'utf8')
      .replace('../../data/shop-clinic/warehouse', join(folder, 'warehouse'))
      .replace('../../data/shop-clinic/lexline', join(folder, 'lexline'));
    const config = parse(text) as ExampleConfig;
    lexline = await createLexline({ config: { ...config }, directory: join(root, 'examples/shop-clinic') });
    for (const { name } of config.sources) {
      const report = await lexline.sync.run({ source: String(name), actor });
      expect(report.error).toBeNull();
    }
    server = createServer(express().use('/privacy', lexline.router)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    lexline.attach(server);
  });

  afterAll(async () => {
    server?.close();
    await lexline?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('shows the query with the answer that it gives', async () => {
    const body = /curl [^`]*? -d '([^']+)'/u.exec(readme)?.[1] ?? '';
    const printed: unknown = JSON.parse(/```json\n(.*?)```/su.exec(readme)?.[1] ?? '');
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const response = await fetch(`http://127.0.0.1:${port}/privacy/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(await response.json()).toMatchObject({ data: printed });
  });

  it('shows the line that the example is remembered by', async () => {
    const lines = await summaryLines(lexline.query, 'http://127.0.0.1:4000');
    expect(
      lines.some((line) => line.startsWith('4 card numbers') && readme.includes(`${line}\n`)),
      lines.join('\n'),
    ).toBe(true);
  });

  it('shows the picture that the command beside it draws', async () => {
    const { n } = await lexline.query.at();
    const [found] = await lexline.query.datasetsByRef([{ text: 'shop.customers' }], n);
    const field = await lexline.query.fieldByPath(found?.dataset?.uid ?? '', 'email', n);
    const graph = await lexline.query.lineage({
      origin: field?.uid ?? '',
      direction: 'DOWNSTREAM',
      depth: 10,
      first: 500,
      granularity: 'FIELD',
      includeIndirect: false,
      n,
    });
    // After a change that is meant: npx vitest run test/integration/readme.test.ts -u
    await expect(`${drawSvg(graph, { as: 'file' })}\n`).toMatchFileSnapshot(
      join(root, 'docs/pictures/email-lineage.svg'),
    );
  });

  it('links to pages that are there', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/gu)].map((match) => match[1] ?? '');
    expect(links.length).toBeGreaterThan(10);
    for (const link of links) expect(() => readFileSync(join(root, link)), link).not.toThrow(/ENOENT/u);
  });
});
