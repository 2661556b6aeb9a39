import { describe, expect, it } from 'vitest';
import { isLexlineError } from '../../../../server/base/errors.ts';
import {
  completed,
  datasetsByName,
  gapLines,
  gapsOf,
  lastCursor,
  messagesOf,
  readAll,
  readUntilError,
} from '../../../connector-messages.ts';
import { createFakeCloud } from '../../../fake/bigquery-project.ts';
import { lastingFaults, on, passingFaults } from '../../../fake/fault-plans.ts';
import { listen, textOf } from '../../../fake/replay-server.ts';
import { servers } from './over.ts';
import { connectTo, project, smallCloud } from './session.ts';

const { over, behind } = servers();
const relationsOfSales = /relations AS.*`sales`/su;

describe('BigQuery behind a proxy that lets things go wrong', () => {
  it.each(lastingFaults)(
    'ends %s that stays with a typed error, and completes nothing of what it hit',
    async (_, fault, code) => {
      let n = 0;
      const url = await behind(smallCloud(), ({ path, body }) =>
        relationsOfSales.test(`${path} ${body}`) && ++n > 1 ? fault : null,
      );
      const { messages, error } = await readUntilError(connectTo(url));
      expect(isLexlineError(error) && error.code).toBe(code);
      expect(completed(messages)).toEqual(['acme-shop.mart']);
      expect(JSON.stringify([messages, String(error)])).not.toContain('canary-');
    },
  );

  it.each(passingFaults)('gets over %s that passes', async (_, fault) => {
    const url = await behind(smallCloud(), on(relationsOfSales, fault, 1));
    expect(completed(await readAll(connectTo(url, { retries: 2 })))).toEqual(['acme-shop.mart', 'acme-shop.sales']);
  });

  it.each(['rateLimitExceeded', 'jobRateLimitExceeded', 'backendError'])(
    'waits and asks again where BigQuery says %s with a 403 or 400',
    async (reason) => {
      const target = await over(smallCloud());
      let left = 1;
      const busy = await listen(async (request, response) => {
        const body = await textOf(request);
        if (relationsOfSales.test(body) && left-- > 0) {
          response.writeHead(reason === 'rateLimitExceeded' ? 403 : 400, { 'retry-after': '0' });
          response.end(JSON.stringify({ error: { errors: [{ reason }] } }));
          return;
        }
        const answer = await fetch(`${target.url}${request.url ?? ''}`, {
          method: request.method ?? 'GET',
          headers: { authorization: request.headers.authorization ?? '' },
          ...(body === '' ? {} : { body }),
        });
        response.writeHead(answer.status);
        response.end(await answer.text());
      });
      try {
        const messages = await readAll(connectTo(busy.url, { retries: 1 }));
        expect(completed(messages)).toEqual(['acme-shop.mart', 'acme-shop.sales']);
      } finally {
        await busy.close();
      }
    },
  );

  it('sends a query again under the same id, so that it runs once', async () => {
    const ids: unknown[] = [];
    let left = 1;
    const url = await behind(smallCloud(), ({ body }) => {
      if (!body.includes('SESSION_USER()')) return null;
      ids.push((JSON.parse(body) as { requestId: string }).requestId);
      return left-- > 0 ? { type: 'half' } : null;
    });
    await readAll(connectTo(url, { retries: 2 }));
    expect(ids).toHaveLength(2);
    expect(ids[0]).toBe(ids[1]);
  });

  it('ends at once, with the grant to run, where no query may run', async () => {
    const cloud = smallCloud();
    cloud.refused.add('jobs.create');
    const { messages, error } = await readUntilError(connectTo((await over(cloud)).url));
    expect(messages).toEqual([]);
    expect(isLexlineError(error) && [error.code, error.remedy]).toEqual([
      'CONNECTOR_MISSING_RIGHTS',
      expect.stringContaining(`gcloud projects add-iam-policy-binding ${project}`) as string,
    ]);
    expect(isLexlineError(error) && error.remedy).toContain('roles/bigquery.jobUser');
  });

  it('says to enable the API, and nothing of grants, where the project has it off', async () => {
    const closed = await listen(async (request, response) => {
      await textOf(request);
      response.writeHead(403);
      response.end(JSON.stringify({ error: { errors: [{ reason: 'accessNotConfigured' }] } }));
    });
    try {
      const { error } = await readUntilError(connectTo(closed.url));
      expect(isLexlineError(error) && error.remedy).toContain('gcloud services enable bigquery.googleapis.com');
      expect(String(error)).not.toContain('cannot run queries');
    } finally {
      await closed.close();
    }
  });

  it('makes a gap of one dataset that may not be read, reads the others, and completes them', async () => {
    const cloud = smallCloud();
    cloud.refused.add('dataset:sales');
    const messages = await readAll(connectTo((await over(cloud)).url));
    expect(completed(messages)).toEqual(['acme-shop.mart']);
    expect(gapLines(messages)).toEqual(['acme-shop.sales: no-rights schema acme-shop.sales']);
    expect(gapsOf(messages)[0]?.remedy).toBe(
      'GRANT `roles/bigquery.metadataViewer` ON SCHEMA `acme-shop`.`sales` TO "serviceAccount:lexline@acme-shop.iam.gserviceaccount.com";',
    );
  });

  it('names no scopes when a location does not answer, a project is not shown, or one may not be listed', async () => {
    const cloud = smallCloud();
    cloud.unreachable = ['us-east4'];
    const messages = await readAll(connectTo((await over(cloud)).url));
    expect(messagesOf('scopes', messages)).toEqual([]);
    expect(gapLines(messages).some((line) => line.endsWith('datasets of project acme-shop in us-east4'))).toBe(true);
    const hidden = await readAll(
      connectTo((await over(smallCloud())).url, { projects: { include: [project, 'hr-*'] } }),
    );
    expect(messagesOf('scopes', hidden)).toEqual([]);
    expect(gapLines(hidden).some((line) => line.endsWith('no-rights project hr-*'))).toBe(true);
    const closed = smallCloud();
    closed.dataset('acme-secret', 'd');
    closed.refused.add('project:acme-secret');
    const settings = { projects: { include: [project, 'acme-secret'] } };
    const some = await readAll(connectTo((await over(closed)).url, settings));
    expect(messagesOf('scopes', some)).toEqual([]);
    expect(completed(some)).toEqual(['acme-shop.mart', 'acme-shop.sales']);
    expect(gapLines(some)).toContain('acme-secret: no-rights database acme-secret');
  });

  it('goes on without row policies, a dataset of its own, row counts, and jobs where they may not be seen', async () => {
    const cloud = smallCloud();
    for (const what of ['rowAccessPolicies', 'datasets.get', 'PARTITIONS', 'JOBS_BY_PROJECT']) cloud.refused.add(what);
    const messages = await readAll(connectTo((await over(cloud)).url));
    expect(completed(messages)).toEqual(['acme-shop.mart', 'acme-shop.sales']);
    expect(gapLines(messages).map((line) => line.replace(/^\S+ /u, ''))).toEqual([
      'no-rights labels, access and lifetime of dataset acme-shop.mart',
      'no-rights labels, access and lifetime of dataset acme-shop.sales',
      'no-rights row access policies of acme-shop.sales',
      'no-rights row counts of acme-shop.sales',
      'no-rights the history of jobs of project acme-shop in EU',
    ]);
    for (const { remedy } of gapsOf(messages)) expect(remedy).not.toBe('');
  });

  it('stops at the limit of what it may be billed for: the rest is a gap, retires nothing, and is read next', async () => {
    const cloud = smallCloud();
    const server = await over(cloud);
    const settings = { maxGigabytesBilled: 0.25, history: false };
    const first = await readAll(connectTo(server.url, settings));
    expect(completed(first)).not.toContain('acme-shop.sales');
    expect(gapLines(first)).toContain('acme-shop.sales: not-read dataset acme-shop.sales');
    const billed = Number(/billed for (\d+) MB/u.exec(messagesOf('note', first)[0]?.text ?? '')?.[1]);
    expect(billed).toBeLessThanOrEqual(256);
    const next = await readAll(connectTo(server.url, { history: false }), { kind: 'since', at: lastCursor(first) });
    expect(completed(next)).toContain('acme-shop.sales');
  });

  it('makes a gap of a dataset whose query BigQuery would bill for too much', async () => {
    const messages = await readAll(
      connectTo((await over(smallCloud())).url, { maxGigabytesPerQuery: 0.03, history: false }),
    );
    expect(gapLines(messages).filter((line) => line.includes('not-read dataset'))).toHaveLength(2);
    expect(gapsOf(messages)[0]?.remedy).toContain('maxGigabytesPerQuery');
  });

  it('ends with a clear error where a quota is used up', async () => {
    const target = await over(smallCloud());
    const full = await listen(async (request, response) => {
      const body = await textOf(request);
      const isFull = relationsOfSales.test(body);
      const answer = isFull
        ? null
        : await fetch(`${target.url}${request.url ?? ''}`, {
            method: request.method ?? 'GET',
            headers: { authorization: request.headers.authorization ?? '' },
            ...(body === '' ? {} : { body }),
          });
      response.writeHead(answer?.status ?? 403);
      response.end(answer === null ? '{"error":{"errors":[{"reason":"quotaExceeded"}]}}' : await answer.text());
    });
    try {
      const { error } = await readUntilError(connectTo(full.url, { retries: 3 }));
      expect(isLexlineError(error) && [error.code, error.message, error.remedy]).toEqual([
        'CONNECTOR_UNAVAILABLE',
        expect.stringContaining('a quota of the project is used up') as string,
        expect.stringContaining('Quotas') as string,
      ]);
    } finally {
      await full.close();
    }
  });

  it('ends with an error where pages go in circles, and where an answer holds fewer rows than it says', async () => {
    const circles = await behind(
      smallCloud(),
      on(/\/datasets\?/u, { type: 'edit', edit: (body) => ({ ...(body as object), nextPageToken: 'again' }) }),
    );
    const first = await readUntilError(connectTo(circles));
    expect(isLexlineError(first.error) && first.error.code).toBe('CONNECTOR_UNEXPECTED');
    const fewer = await behind(
      smallCloud(),
      on(relationsOfSales, { type: 'edit', edit: (body) => ({ ...(body as object), totalRows: '99' }) }),
    );
    const second = await readUntilError(connectTo(fewer));
    expect(isLexlineError(second.error) && second.error.code).toBe('CONNECTOR_UNEXPECTED');
  });

  it('cancels a query that nobody waits for any more', async () => {
    const server = await over(smallCloud(), { slow: true, neverEnds: true });
    const stop = new AbortController();
    const connection = connectTo(server.url);
    const reading = (async () => {
      for await (const _ of connection.read({ cursor: null }, stop.signal)) await Promise.resolve();
    })();
    while (server.queries.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    // Who asks once more has been told the job.
    const { requests } = server;
    while (server.requests === requests) await new Promise((resolve) => setTimeout(resolve, 5));
    stop.abort(new Error('stop'));
    await expect(reading).rejects.toThrow('stop');
    await connection.close();
    expect(server.cancelled).toEqual(['job_1']);
  });

  it('reads a table of ten thousand columns, and names of every script', async () => {
    const cloud = createFakeCloud();
    cloud.table(
      project,
      'wide',
      't',
      Array.from({ length: 10_000 }, (_, i) => `column_${i}`),
    );
    for (const name of ['Ärger', '名前', 'a b', 'emoji-🙂']) cloud.table(project, 'names', name, ['größe']);
    const found = datasetsByName(await readAll(connectTo((await over(cloud)).url, { pageSize: 1 })));
    expect(found.get('acme-shop.wide.t')?.fields).toHaveLength(10_000);
    expect(found.size).toBe(5);
  });
});
