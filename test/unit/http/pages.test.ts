import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPages } from '../../../server/http/pages.ts';

const folder = mkdtempSync(join(tmpdir(), 'lexline-pages-'));
const servers: Server[] = [];

async function serve(pages: string | null, mount = '/'): Promise<string> {
  const server = createServer(express().use(mount, createPages(pages)));
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeAll(() => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><head><title>Lexline</title></head>');
  writeFileSync(join(folder, 'assets/index-abc.js'), 'export {};');
  writeFileSync(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
});

afterAll(() => {
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the pages', () => {
  it('answers every address that the pages know with the one page, never kept for later', async () => {
    const base = await serve(folder);
    for (const path of [
      '/',
      '/gaps',
      '/runs',
      '/fields?class=PCI',
      '/datasets/RGF0YXNldDo0Mg',
      '/fields/x?asOf=2026-09-30',
    ]) {
      const response = await fetch(base + path);
      expect(response.status, path).toBe(200);
      expect(response.headers.get('content-type')).toMatch(/^text\/html/);
      expect(response.headers.get('cache-control')).toBe('no-cache');
      expect(await response.text()).toContain('<title>Lexline</title>');
    }
  });

  it('says 404 elsewhere, and to what climbs out of the folder', async () => {
    const base = await serve(folder);
    for (const path of ['/nope', '/assets/none.js', '/datasets/', '/assets/%2e%2e/%2e%2e/package.json'])
      expect((await fetch(base + path)).status, path).toBe(404);
  });

  it('follows a build that happens beside a running server', async () => {
    const base = await serve(folder);
    await fetch(`${base}/`);
    writeFileSync(
      join(folder, 'index.html'),
      '<!doctype html><head><title>Lexline</title><meta name="built-anew"></head>',
    );
    expect(await (await fetch(`${base}/`)).text()).toContain('built-anew');
    const gone = await fetch(`${base}/assets/index-old.js`);
    expect(gone.status).toBe(404);
    expect(gone.headers.get('content-type')).toMatch(/^application\/json/);
  });

  it('says that the pages are being built while a build beside the server has taken the page away', async () => {
    const own = mkdtempSync(join(folder, 'built-'));
    const base = await serve(own);
    const away = await fetch(`${base}/gaps`);
    expect(away.status).toBe(503);
    expect(await away.text()).toContain('The web pages are being built.');
    writeFileSync(join(own, 'index.html'), '<!doctype html><head><title>Back</title></head>');
    expect((await fetch(`${base}/gaps`)).status).toBe(200);
  });

  it('lets a browser keep files whose names change with their content', async () => {
    const response = await fetch(`${await serve(folder)}/assets/index-abc.js`);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('content-type')).toMatch(/javascript/);
  });

  it('work below a path of the program that they are mounted in', async () => {
    const base = await serve(folder, '/data/lexline');
    for (const path of ['/data/lexline', '/data/lexline/', '/data/lexline/datasets/x'])
      expect(await (await fetch(base + path)).text(), path).toContain('<base href="/data/lexline/">');
    expect((await fetch(`${base}/data/lexline/assets/index-abc.js`)).status).toBe(200);
    expect(await (await fetch(`${await serve(folder)}/gaps`)).text()).toContain('<base href="/">');
  });

  it('allows nothing from outside, no inline script and no frame around it', async () => {
    const policy = (await fetch(`${await serve(folder)}/`)).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*|http/);
  });

  it('answers reads only', async () => {
    const response = await fetch(`${await serve(folder)}/`, { method: 'POST' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD');
  });

  it('says how to build the pages when they were not', async () => {
    const response = await fetch(`${await serve(null)}/`);
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('npm run build:web');
  });
});
