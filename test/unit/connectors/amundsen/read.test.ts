import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { amundsen, connectThrough } from '../../../../connectors/amundsen/connector.ts';
import { amundsenConfig } from '../../../../connectors/amundsen/config.ts';
import { toFailure, type GraphPort, type GraphRow } from '../../../../connectors/amundsen/graph-port.ts';
import { parseTableKey } from '../../../../connectors/amundsen/names.ts';
import { TransientFailure } from '../../../../connectors/kit/retry.ts';
import { isLexlineError } from '../../../../server/base/errors.ts';
import { silentLog } from '../../../../server/base/log.ts';
import { validateMessage } from '../../../../server/ingest/validate-message.ts';
import type { SourceMessage } from '../../../../server/model/document.ts';
import { describeConnector } from '../../../conformance/connector.ts';
import { recordedPort, type GraphRecording } from '../../../fixtures/amundsen/recorded-port.ts';

const context = { source: 'amundsen', clock: { now: () => Date.UTC(2026, 0, 1) }, log: silentLog };
const recording = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../fixtures/amundsen/answers.json'), 'utf8'),
) as GraphRecording;
const settings = {
  url: 'bolt://graph.example.com:7687',
  username: 'reader',
  password: 'canary-password-7Q',
  pageSize: 2,
};
const over = (failAt?: number) =>
  connectThrough(recordedPort(recording, failAt), amundsenConfig.parse(settings), context);
describeConnector('amundsen over answers of a real graph', () => ({
  connector: amundsen,
  config: settings,
  connect: () => over(),
  connectFailing: over,
  secrets: ['canary-'],
}));

async function read(connection: ReturnType<typeof over>): Promise<readonly SourceMessage[]> {
  const messages: SourceMessage[] = [];
  for await (const message of connection.read({ cursor: null }, new AbortController().signal)) messages.push(message);
  return messages;
}

describe('what Amundsen knows', () => {
  it('is read with names, badges, tags, owners and lineage', async () => {
    const documents = (await read(over())).flatMap((message) =>
      message.type === 'document' ? [message.document] : [],
    );
    const patients = documents.find(({ name }) => name === 'clinic.patients');
    expect(patients).toMatchObject({
      namespace: 'hive://gold',
      kind: 'table',
      description: 'people who were treated',
      owners: ['dana@example.com'],
      tags: [{ name: 'care', setBy: 'person' }],
    });
    const email = patients?.type === 'dataset' ? patients.fields[1] : undefined;
    expect(email).toMatchObject({
      path: ['email'],
      type: 'varchar',
      tags: [{ name: 'pii', value: 'column', setBy: 'source' }],
    });
    const job = documents.find(({ type }) => type === 'job');
    expect(job).toMatchObject({
      name: 'amundsen lineage:clinic.mailing',
      inputs: [{ namespace: 'hive://gold', name: 'clinic.patients' }],
    });
    expect(job?.type === 'job' && job.edges?.map(({ from, to }) => `${from.field?.[0]} → ${to.field?.[0]}`)).toEqual([
      'born_on → born_year',
      'email → email_hash',
    ]);
  });

  it('holds names with quotes and of every script', async () => {
    const names = (await read(over())).flatMap((message) =>
      message.type === 'document' && message.document.type === 'dataset'
        ? [message.document.name, ...message.document.fields.map(({ path }) => path[0])]
        : [],
    );
    expect(names).toContain("clinic.visit's log");
    expect(names).toContain('grund_äöü_日本');
  });

  it('keeps of usage how often, and nobody', async () => {
    const usage = (await read(over())).filter((message) => message.type === 'observation');
    expect(usage).toMatchObject([{ measure: 'usage', body: { reads: 12, readers: 1 } }]);
    expect(JSON.stringify(usage)).not.toContain('sam@');
  });

  it.each([
    ['hive://gold.sales/orders', 'hive://gold', 'sales.orders'],
    ['snowflake://eu.a.b/t', 'snowflake://eu', '"a.b".t'],
    ["hive://gold.s/visit's log/2", 'hive://gold', "s.visit's log/2"],
  ])('has keys that say where a table is: %s', (key, namespace, name) => {
    expect(parseTableKey(key)).toEqual({ namespace, name });
  });

  it.each(['', 'orders', 'hive://gold/orders', 'hive://gold.sales'])(
    'makes nothing of a key that is none: %s',
    (key) => {
      expect(parseTableKey(key)).toBeNull();
    },
  );
});

/** A graph of one schema with tables as the test says. */
function graphOf(tables: (after: string) => readonly GraphRow[]): GraphPort {
  return {
    async ask(name, _, parameters) {
      if (name === 'schemas')
        return [{ key: 'hive://gold.s', database: 'hive', cluster: 'gold', name: 's', stamp: '1' }];
      if (name === 'tables') return tables(String(parameters['after']));
      return [];
    },
    close: async () => {},
  };
}
const row = (name: string, columns: readonly GraphRow[] = []): GraphRow => ({
  key: `hive://gold.s/${name}`,
  name,
  columns,
});
const connectTo = (port: GraphPort) => connectThrough(port, amundsenConfig.parse(settings), context);

describe('an Amundsen that is not as it should be', () => {
  it('ends with an error where paging goes in circles, and completes nothing', async () => {
    const messages: SourceMessage[] = [];
    const reading = (async () => {
      const connection = connectTo(graphOf(() => [row('a'), row('b')]));
      for await (const message of connection.read({ cursor: null }, new AbortController().signal))
        messages.push(message);
    })();
    await expect(reading).rejects.toThrow(/same page again/);
    expect(messages.some(({ type }) => type === 'scope-complete')).toBe(false);
  });

  it('ends with an error where rows are of another shape', async () => {
    await expect(read(connectTo(graphOf(() => [{ key: 7 }])))).rejects.toMatchObject({ code: 'CONNECTOR_UNEXPECTED' });
  });

  it('makes a gap of a schema that it may not read, and completes it not', async () => {
    const forbidden: GraphPort = {
      ...graphOf(() => []),
      async ask(name, cypher, parameters, signal) {
        if (name !== 'tables') return graphOf(() => []).ask(name, cypher, parameters, signal);
        throw toFailure({ code: 'Neo.ClientError.Security.Forbidden' }, 'amundsen', {
          url: settings.url,
          username: 'reader',
        });
      },
    };
    const messages = await read(connectTo(forbidden));
    expect(messages.flatMap((message) => (message.type === 'gap' ? [message.gap.reason] : []))).toEqual(['no-rights']);
    expect(messages.some(({ type }) => type === 'scope-complete')).toBe(false);
  });

  it('reads a table of 50,000 columns', async () => {
    const columns = Array.from({ length: 50_000 }, (_, i) => ({
      key: `hive://gold.s/wide/c${i}`,
      name: `c${i}`,
      position: i,
    }));
    const messages = await read(connectTo(graphOf((after) => (after === '' ? [row('wide', columns)] : []))));
    const [document] = messages.filter((message) => message.type === 'document');
    expect(document?.document.type === 'dataset' && document.document.fields.length).toBe(50_000);
    if (document !== undefined) expect(validateMessage(document).type).toBe('valid');
  });

  it.each([
    ['Neo.ClientError.Security.Unauthorized', 'CONNECTOR_AUTH_FAILED'],
    ['Neo.ClientError.Security.Forbidden', 'CONNECTOR_MISSING_RIGHTS'],
    ['Neo.ClientError.Database.DatabaseNotFound', 'CONNECTOR_UNAVAILABLE'],
    ['Neo.ClientError.Transaction.TransactionTimedOut', 'CONNECTOR_TIMEOUT'],
    ['Neo.ClientError.Statement.SyntaxError', 'CONNECTOR_UNEXPECTED'],
  ])('gives a typed error for %s, without the text of the server', (code, expected) => {
    const error = toFailure(Object.assign(new Error('value canary-7Q'), { code }), 'amundsen', {
      url: settings.url,
      username: 'reader',
    });
    expect(isLexlineError(error) && error.code).toBe(expected);
    expect(error.message).not.toContain('canary');
  });

  it.each(['ServiceUnavailable', 'SessionExpired', 'Neo.TransientError.General.OutOfMemoryError'])(
    'is asked again after %s',
    (code) => {
      expect(toFailure({ code }, 'amundsen', { url: settings.url, username: 'reader' })).toBeInstanceOf(
        TransientFailure,
      );
    },
  );
});
