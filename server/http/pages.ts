import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import express, { type RequestHandler, Router } from 'express';
import { dataFile } from '../base/data-files.ts';
import { escapeXml } from '../draw/text.ts';
import { isLexlineError } from '../base/errors.ts';
import { onlyMethods } from './guards.ts';
import { respondError } from './respond.ts';

/** Scripts, styles and data from this server alone; no inline script, no frame around the pages, no form to elsewhere. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'";

/** Addresses that the pages know (`web/src/route.ts`); any other is not found, in words that a person can read. */
const known = /^\/(?:gaps|runs|fields|(?:datasets|fields)\/[A-Za-z0-9_=-]+)?$/u;

/**
 * Serves the web pages that `npm run build:web` makes. They ask the GraphQL API for everything, so nothing here reads a
 * store. They work wherever the router is mounted: addresses start from `<base>`. `folder` is for tests; without it the pages of this installation. Without built pages it says how to build them.
 */
export function createPages(folder = builtPages()): RequestHandler {
  const router = Router();
  router.use((_request, response, next) => {
    response.setHeader('Content-Security-Policy', policy);
    next();
  });
  router.use(onlyMethods('GET', 'HEAD'));
  if (folder === null) {
    router.use((_request, response) => {
      respondError(response, 503, 'NOT_FOUND', 'The web pages were not built.', { remedy: 'npm run build:web' });
    });
    return router;
  }
  // Their names change with their content.
  router.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', index: false }));
  router.use('/assets', (_request, response) => {
    respondError(response, 404, 'NOT_FOUND', 'There is no such file: the pages were built anew. Load the page again.');
  });
  router.use(express.static(folder, { index: false, redirect: false, maxAge: '1h' }));
  router.use(async (request, response) => {
    // Read anew each time: a build beside a running server must not leave it with names of files that are gone.
    const page = await readFile(join(folder, 'index.html'), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (page === null) {
      respondError(response, 503, 'NOT_FOUND', 'The web pages are being built. Load the page again.');
      return;
    }
    const status = known.test(request.path) ? 200 : 404;
    response.status(status).setHeader('Cache-Control', 'no-cache');
    response.type('html').send(page.replace('<head>', `<head><base href="${escapeXml(request.baseUrl)}/">`));
  });
  return router;
}

function builtPages(): string | null {
  try {
    const folder = dataFile('web/dist');
    return existsSync(join(folder, 'index.html')) ? folder : null;
  } catch (error) {
    if (isLexlineError(error)) return null;
    throw error;
  }
}
