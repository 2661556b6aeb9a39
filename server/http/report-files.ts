import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Router, type Request } from 'express';
import type { Viewer } from '../access/viewer.ts';
import type { ReportJobs } from '../report/report-jobs.ts';
import { onlyMethods } from './guards.ts';
import { respondError } from './respond.ts';

/** `GET /reports/{id}?format=…`: a file of a report, as a download that a browser shows nothing of. */
export function reportFiles(
  jobs: Pick<ReportJobs, 'get' | 'read'>,
): (viewerOf: (request: Request) => Viewer) => Router {
  return (viewerOf) => {
    const router = Router();
    router.use('/reports', onlyMethods('GET'));
    router.get('/reports/:id', async (request, response) => {
      const viewer = viewerOf(request);
      if (!viewer.rights.has('audit'))
        return respondError(response, 403, 'NOT_ALLOWED', `A caller with role ${viewer.role} may not read reports.`);
      const job = await jobs.get(localOf(request.params.id), viewer);
      const { format } = request.query;
      const file = job?.files.find(
        (one) => one.format === (typeof format === 'string' ? format.toLowerCase() : 'json'),
      );
      if (job === null || file === undefined)
        return respondError(response, 404, 'NOT_FOUND', 'There is no such report, or no file of that format yet.');
      const bytes = await jobs.read(job, file, viewer);
      response.setHeader('Cache-Control', 'private, no-store');
      response.setHeader('Content-Type', file.mediaType);
      response.setHeader('Content-Length', file.bytes);
      response.setHeader('Content-Disposition', `attachment; filename="${file.fileName.replaceAll(/[^\w.-]/gu, '_')}"`);
      response.setHeader(
        'Content-Security-Policy',
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
      );
      response.setHeader('X-Content-SHA256', file.sha256);
      await pipeline(Readable.from(bytes), response);
      return undefined;
    });
    return router;
  };
}

/** The local part of a global id `Report:<id>`; anything else finds nothing. */
function localOf(id: string): string {
  const plain = Buffer.from(id, 'base64url').toString('utf8');
  return /^Report:[\w-]+$/u.test(plain) ? plain.slice('Report:'.length) : '';
}
