import { afterEach, describe, expect, it } from 'vitest';
import type { Connector, ReadRequest, SourceConnection } from '../../connectors/connector.ts';
import { isLexlineError, messageOf } from '../../server/base/errors.ts';
import { validateMessage } from '../../server/ingest/validate-message.ts';
import { canonicalJson, type Json } from '../../server/model/json.ts';
import type { SourceMessage } from '../../server/model/document.ts';

/** One connector over one real or recorded source that stands still. */
export interface ConnectorCase {
  readonly connector: Connector;
  /** Settings that hold. */
  readonly config: Readonly<Record<string, unknown>>;
  /** A fresh connection to the same source. */
  connect(): SourceConnection;
  /** A fresh connection whose `n`-th answer (from 1) fails; undefined where answers cannot be made to fail. */
  readonly connectFailing?: (n: number) => SourceConnection;
  /** Texts that must show up nowhere: passwords, values of rows. */
  readonly secrets: readonly string[];
}

type Messages = readonly SourceMessage[];

/** What every connector must hold to. A new connector calls this with a factory and adds what is special about it. */
export function describeConnector(name: string, make: () => Promise<ConnectorCase> | ConnectorCase): void {
  describe(`connector ${name}`, () => {
    const opened: SourceConnection[] = [];
    const open = (connection: SourceConnection): SourceConnection => {
      opened.push(connection);
      return connection;
    };
    afterEach(async () => {
      for (const connection of opened.splice(0)) await connection.close();
    });
    const wholeRead = async (test: ConnectorCase) => collect(open(test.connect()), null);

    it('refuses a setting that it does not know', async () => {
      const { connector, config } = await make();
      expect(connector.configSchema.safeParse(config).success).toBe(true);
      expect(connector.configSchema.safeParse({ ...config, nonsense: true }).success).toBe(false);
      expect(connector.configSchema.safeParse(null).success).toBe(false);
    });

    it('says which system answers', async () => {
      const test = await make();
      const result = await open(test.connect()).check(new AbortController().signal);
      expect(result.system).not.toBe('');
    });

    it('has a profile method exactly when its capabilities name a way to profile', async () => {
      const test = await make();
      const connection = open(test.connect());
      expect(connection.profile !== undefined).toBe(test.connector.capabilities.profile.length > 0);
    });

    it('sends only messages that ingest takes, with names that hold', async () => {
      for (const message of await wholeRead(await make())) {
        expect(validateMessage(message)).toEqual({ type: 'valid', message });
        expect(JSON.parse(JSON.stringify(message))).toEqual(message);
      }
    });

    it('describes each dataset and each job once', async () => {
      const documents = documentsOf(await wholeRead(await make()));
      const names = documents.map(({ type, namespace, name: own }) => `${type} ${namespace} ${own}`);
      expect(names.length).toBeGreaterThan(0);
      expect(names.filter((one, i) => names.indexOf(one) !== i)).toEqual([]);
    });

    it('opens scopes one after the other, names them first, and keeps documents inside', async () => {
      const messages = await wholeRead(await make());
      const listed = messages.filter((message) => message.type === 'scopes');
      expect(listed.length).toBeLessThanOrEqual(1);
      if (listed.length === 1) expect(messages[0]).toBe(listed[0]);
      const known = new Set(listed.flatMap((message) => message.scopes));
      let current: string | null = null;
      const finished = new Set<string>();
      for (const message of messages) {
        if (message.type === 'scope-begin') {
          expect(finished.has(message.scope), `scope ${message.scope} begun twice`).toBe(false);
          if (listed.length > 0) expect(known).toContain(message.scope);
          current = message.scope;
          finished.add(message.scope);
        } else if (message.type === 'scope-complete') {
          expect(message.scope).toBe(current);
          current = null;
        } else if (message.type === 'document' || message.type === 'removed') {
          expect(message.scope).toBe(current);
        }
      }
    });

    it('reads the same twice', async () => {
      const test = await make();
      expect(await wholeRead(test)).toEqual(await wholeRead(test));
    });

    it('goes on from any checkpoint to what a whole read gives', async () => {
      const test = await make();
      const whole = await wholeRead(test);
      const all = canonicalDocuments(whole);
      let checkpoints = 0;
      for (const [at, message] of whole.entries()) {
        if (message.type !== 'checkpoint') continue;
        checkpoints += 1;
        const rest = await collect(open(test.connect()), { kind: 'resume', at: roundTrip(message.cursor) });
        const before = whole.slice(0, at);
        expect(canonicalDocuments([...before, ...rest])).toEqual(all);
        expect(completed([...before, ...rest])).toEqual(completed(whole));
      }
      expect(checkpoints).toBeGreaterThan(0);
    });

    it('does not begin again what has not changed since', async () => {
      const test = await make();
      if (!test.connector.capabilities.incremental) return;
      const whole = await wholeRead(test);
      const last = whole.findLast((message) => message.type === 'checkpoint');
      const since = await collect(open(test.connect()), { kind: 'since', at: roundTrip(last?.cursor ?? null) });
      const begun = since.flatMap((message) => (message.type === 'scope-begin' ? [message.scope] : []));
      for (const scope of begun) expect(completed(whole)).not.toContain(scope);
      expect(since.filter((message) => message.type === 'scopes')).toEqual(
        whole.filter((message) => message.type === 'scopes'),
      );
    });

    it('reads all with a cursor that is not its own', async () => {
      const test = await make();
      const foreign = await collect(open(test.connect()), { kind: 'since', at: { something: 'else' } });
      expect(canonicalDocuments(foreign)).toEqual(canonicalDocuments(await wholeRead(test)));
    });

    it('answers a failure at any point with a typed error, and completes no scope that it did not see whole', async () => {
      const test = await make();
      if (test.connectFailing === undefined) return;
      const whole = documentsByScope(await wholeRead(test));
      let failures = 0;
      for (let n = 1; n <= 200; n++) {
        const { messages, error } = await collectUntilError(open(test.connectFailing(n)));
        if (error === null) break;
        failures += 1;
        expect(isLexlineError(error), messageOf(error)).toBe(true);
        const partly = documentsByScope(messages);
        for (const scope of completed(messages)) expect(partly.get(scope) ?? []).toEqual(whole.get(scope) ?? []);
        for (const secret of test.secrets) expect(messageOf(error)).not.toContain(secret);
      }
      expect(failures).toBeGreaterThan(2);
    });

    it('lets no secret into messages, errors or answers', async () => {
      const test = await make();
      const connection = open(test.connect());
      const checked = JSON.stringify(await connection.check(new AbortController().signal));
      const messages = JSON.stringify((await wholeRead(test)).map((message) => withoutSql(message)));
      for (const secret of test.secrets) {
        expect(checked).not.toContain(secret);
        expect(messages).not.toContain(secret);
      }
    });

    it('stops at once when it is told to before it began', async () => {
      const test = await make();
      const reason = new Error('stop');
      await expect(collect(open(test.connect()), null, AbortSignal.abort(reason))).rejects.toBe(reason);
    });

    it('stops within a few messages when it is told to on the way', async () => {
      const test = await make();
      const stop = new AbortController();
      const reason = new Error('stop');
      let after = 0;
      const reading = (async () => {
        for await (const _ of open(test.connect()).read({ cursor: null }, stop.signal)) {
          if (stop.signal.aborted) after += 1;
          stop.abort(reason);
        }
      })();
      await expect(reading).rejects.toBe(reason);
      expect(after).toBeLessThan(50);
    });
  });
}

async function collect(
  connection: SourceConnection,
  cursor: ReadRequest['cursor'],
  signal: AbortSignal = new AbortController().signal,
): Promise<Messages> {
  const messages: SourceMessage[] = [];
  for await (const message of connection.read({ cursor }, signal)) messages.push(message);
  return messages;
}

async function collectUntilError(connection: SourceConnection): Promise<{ messages: Messages; error: unknown }> {
  const messages: SourceMessage[] = [];
  try {
    for await (const message of connection.read({ cursor: null }, new AbortController().signal)) messages.push(message);
    return { messages, error: null };
  } catch (error) {
    return { messages, error };
  }
}

function documentsOf(messages: Messages) {
  return messages.flatMap((message) => (message.type === 'document' ? [message.document] : []));
}

/** Sorted, each once: what a store would hold after these messages. */
function canonicalDocuments(messages: Messages): readonly string[] {
  return [...new Set(documentsOf(messages).map((document) => canonicalJson(document)))].sort();
}

function documentsByScope(messages: Messages): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const message of messages)
    if (message.type === 'document')
      found.set(message.scope, [...(found.get(message.scope) ?? []), canonicalJson(message.document)]);
  return found;
}

function completed(messages: Messages): readonly string[] {
  return messages.flatMap((message) => (message.type === 'scope-complete' ? [message.scope] : [])).sort();
}

/** SQL is handed to ingest as it is, which keeps only its literal-free form. */
function withoutSql(message: SourceMessage): unknown {
  if (message.type !== 'document' || message.document.type !== 'job') return message;
  const { statements: _, ...document } = message.document;
  return { ...message, document };
}

function roundTrip(cursor: Json): Json {
  return JSON.parse(JSON.stringify(cursor)) as Json;
}
