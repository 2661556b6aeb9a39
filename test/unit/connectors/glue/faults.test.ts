import { describe, expect, it } from 'vitest';
import { isLexlineError, type ErrorCode } from '../../../../server/base/errors.ts';
import { validateMessage } from '../../../../server/ingest/validate-message.ts';
import { lastingFaults, on, passingFaults } from '../../../fake/fault-plans.ts';
import type { Fault } from '../../../fake/fault-proxy.ts';
import { namesOfEveryScript } from '../../../names-of-every-script.ts';
import { completed, datasetsByName, messagesOf, readAll, readUntilError } from '../../../connector-messages.ts';
import { table, catalog, connect, behind } from './session.ts';

describe('glue behind a proxy that lets things go wrong', () => {
  it.each<readonly [string, Fault, ErrorCode]>([
    ...lastingFaults,
    ['too many requests', { type: 'status', status: 429 }, 'CONNECTOR_UNAVAILABLE'],
    [
      'a token that comes again',
      { type: 'edit', edit: (body) => ({ ...(body as object), NextToken: 'again' }) },
      'CONNECTOR_UNEXPECTED',
    ],
  ])('ends %s that stays with a typed error, and completes nothing', async (_, fault, code) => {
    const url = await behind(on(/DatabaseName/u, fault));
    const { messages, error } = await readUntilError(connect(url));
    expect(isLexlineError(error) && error.code).toBe(code);
    expect(completed(messages)).toEqual([]);
    expect(JSON.stringify([messages, String(error)])).not.toContain('canary-');
  });

  // A page with status 200 is an answer to the client of AWS, which does not ask again.
  const passing = passingFaults.filter(([, { type }]) => type !== 'html');
  it.each(passing)('gets over %s that passes', async (_, fault) => {
    const url = await behind(on(/DatabaseName/u, fault, 1));
    expect(completed(await readAll(connect(url, { retries: 3 })))).toEqual(['sales', 'hr', 'empty']);
  });

  it('makes a gap of one database that may not be read, with the policy to paste, and reads the others', async () => {
    const url = await behind(on(/"DatabaseName":"sales"/u, { type: 'status', status: 403 }));
    const messages = await readAll(connect(url));
    expect(completed(messages)).toEqual(['hr', 'empty']);
    expect(messagesOf('gap', messages)).toMatchObject([{ scope: 'sales', gap: { reason: 'no-rights' } }]);
    expect(messagesOf('gap', messages)[0]?.gap.remedy).toContain(
      'arn:aws:glue:eu-central-1:123456789012:database/sales',
    );
    expect(messagesOf('scopes', messages)[0]?.scopes).toContain('sales');
  });

  it('retires nothing of a database that goes away between its listing and its tables', async () => {
    const changing = catalog();
    const url = await behind(({ body }) => {
      if (body.includes('DatabaseName')) changing.delete('hr');
      return null;
    }, changing);
    const messages = await readAll(connect(url));
    expect(completed(messages)).toEqual(['sales', 'empty']);
    expect(messagesOf('gap', messages).filter(({ scope }) => scope === 'hr')).toMatchObject([
      { gap: { reason: 'not-read' } },
    ]);
  });

  it('retires nothing of a database of which a table goes away before its tags are read', async () => {
    const messages = await readAll(connect(await behind(() => null), { lfTags: true }));
    expect(completed(messages)).toEqual(['empty']);
    expect(messagesOf('gap', messages).map(({ gap }) => gap.what)).toEqual(['table sales.customers', 'table hr.staff']);
    expect(JSON.stringify(messages)).not.toContain('canary-');
  });

  it('says that nobody answers', async () => {
    const { error } = await readUntilError(connect('http://127.0.0.1:1'));
    expect(error).toMatchObject({ code: 'CONNECTOR_UNAVAILABLE' });
  });

  it('takes names of every script, and reads a table of 50,000 columns', async () => {
    const names = namesOfEveryScript.map((name) => name.toLowerCase());
    const wide = [...names, ...Array.from({ length: 50_000 - names.length }, (_, i) => `c${i}`)];
    const url = await behind(
      () => null,
      new Map([
        [
          'база.с точкой',
          [
            table(
              'таблица',
              wide.map((name) => [name, 'string']),
            ),
          ],
        ],
      ]),
    );
    const messages = await readAll(connect(url));
    const [found] = datasetsByName(messages).values();
    expect(found?.name).toBe('"база.с точкой".таблица');
    expect(found?.fields.map(({ path }) => path[0])).toEqual(wide);
    for (const message of messages) expect(validateMessage(message).type).toBe('valid');
  });
});
