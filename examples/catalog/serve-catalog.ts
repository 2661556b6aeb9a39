import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.graphql': 'application/graphql; charset=utf-8',
};

/** The catalog's own web server: its page, its list of tables, and the mutations that it may send. It never asks Lexline itself. */
export async function serveCatalog(
  port: number,
  lexlineOf: () => string,
): Promise<{ readonly origin: string; close(): Promise<void> }> {
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = new URL(request.url ?? '/', 'http://catalog.example').pathname;
    const found = await answer(path, lexlineOf());
    response.writeHead(found === null ? 404 : 200, {
      'Content-Type': types[extname(path)] ?? 'text/html; charset=utf-8',
      // Scripts of this page only, and nothing may be asked but the catalog itself and Lexline.
      'Content-Security-Policy': `default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self' ${lexlineOf()}`,
      'X-Content-Type-Options': 'nosniff',
    });
    response.end(found ?? 'There is no such page.');
  };
  const server = createServer((request, response) => void respond(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function answer(path: string, lexline: string): Promise<string | null> {
  if (path === '/settings.json') return JSON.stringify({ lexline });
  if (path === '/tables.json') return readFile(new URL('./tables.json', import.meta.url), 'utf8');
  const file =
    path === '/'
      ? new URL('./page/index.html', import.meta.url)
      : /^\/operations\/[a-z-]+\.graphql$/u.test(path)
        ? new URL(`.${path}`, import.meta.url)
        : /^\/[a-z-]+\.(?:js|css)$/u.test(path)
          ? new URL(`./page${path}`, import.meta.url)
          : null;
  if (file === null) return null;
  return readFile(file, 'utf8').catch(() => null);
}
