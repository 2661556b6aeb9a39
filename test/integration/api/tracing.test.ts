import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { trace } from '@opentelemetry/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../server/base/clock.ts';
import { tracedChat } from '../../../server/compose/trace-work.ts';
import { composeFor } from '../../../server/lexline.ts';

interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly status: { readonly code?: number };
  readonly attributes: readonly {
    readonly key: string;
    readonly value: { readonly stringValue?: string; readonly intValue?: number };
  }[];
}
interface Body {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: Span['attributes'] };
    readonly scopeSpans: readonly { readonly spans: readonly Span[] }[];
  }[];
}

const actor = { kind: 'process', id: 'test' } as const;
const folder = mkdtempSync(join(tmpdir(), 'lexline-tracing-'));
const bodies: string[] = [];
const headers: string[] = [];
let collector: Server;
let endpoint: string;

beforeAll(async () => {
  mkdirSync(join(folder, 'sql'));
  writeFileSync(
    join(folder, 'sql', 'a.sql'),
    "create table canary_shop.canary_people (email text default 'canary');\n",
  );
  collector = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      bodies.push(Buffer.concat(parts).toString('utf8'));
      headers.push(`${request.url ?? ''} ${String(request.headers['x-key'])}`);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  // Spans come every five seconds, by the same connection: it must not be closed just then.
  collector.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve) => {
    collector.listen(0, '127.0.0.1', () => resolve());
  });
  endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
});

afterAll(() => {
  collector.closeAllConnections();
  collector.close();
  rmSync(folder, { recursive: true, force: true });
});

async function useLexline(settings: object): Promise<void> {
  const compose = composeFor({
    global: { config: undefined, data: undefined, json: false },
    env: {},
    clock: systemClock,
    actor,
  });
  const sources = [{ name: 'shop', connector: 'sql-files', path: './sql', dialect: 'postgres' }];
  const product = await compose.open({ config: await compose.parseConfig({ sources, ...settings }, folder) });
  await (await product.sync()).run({ source: 'shop', actor });
  const serving = await product.serve({ host: '127.0.0.1', port: 0 });
  const post = (query: string) =>
    fetch(`${serving.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      },
      body: JSON.stringify({ query }),
    }).then((answer) => answer.text());
  await post('query CanaryName { search(text: "canary_search") { nodes { ... on Field { path } } } }');
  await post('query Wrong { canaryField }');
  await fetch(`${serving.url}/canary/path?canary=1`);
  const chat = tracedChat({
    endpoint: 'local',
    model: 'm1',
    ask: async () => ({
      text: 'canary answer',
      model: 'm1',
      rung: 'plain',
      use: { input: 12, output: 3, estimated: false },
    }),
  });
  await chat.ask(
    { system: 'canary', user: 'canary', schema: { name: 'canary', body: {} } },
    { name: 'b' } as never,
    new AbortController().signal,
  );
  await serving.close();
  await product.close();
}

describe('traces', () => {
  it('are made of nothing and sent nowhere unless the configuration says so', async () => {
    await useLexline({});
    expect(bodies).toEqual([]);
  });

  it('tell of requests, operations, syncs and questions to models, below the caller’s span, and of no name or text', async () => {
    await useLexline({ tracing: { endpoint, headers: { 'x-key': 'k1' } } });
    expect(headers[0]).toBe('/v1/traces k1');
    const sent = bodies.map((body) => JSON.parse(body) as Body);
    const spans = sent.flatMap(({ resourceSpans }) =>
      resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)),
    );
    const named = (name: string): Span[] => spans.filter((span) => span.name === name);
    const [request] = named('POST /graphql');
    expect(request).toMatchObject({ traceId: '0af7651916cd43dd8448eb211c80319c', parentSpanId: 'b7ad6b7169203331' });
    const [asked, refused] = named('graphql');
    expect(asked).toMatchObject({ traceId: request?.traceId, parentSpanId: request?.spanId });
    const facts = (span: Span | undefined): Record<string, unknown> =>
      Object.fromEntries((span?.attributes ?? []).map(({ key, value }) => [key, value.stringValue ?? value.intValue]));
    expect(facts(asked)).toMatchObject({ 'graphql.operation.type': 'query', 'lexline.graphql.errors': 0 });
    expect(facts(refused)).toMatchObject({ 'error.type': 'GRAPHQL_VALIDATION_FAILED' });
    expect(facts(named('sync')[0])).toMatchObject({ 'lexline.source': 'shop', 'lexline.sync.status': 'UNCHANGED' });
    expect(facts(named('judge')[0])).toEqual({
      'lexline.endpoint': 'local',
      'gen_ai.request.model': 'm1',
      'gen_ai.usage.input_tokens': 12,
      'gen_ai.usage.output_tokens': 3,
    });
    expect(named('GET /')).toHaveLength(1);
    const resource = Object.fromEntries(
      (sent[0]?.resourceSpans[0]?.resource.attributes ?? []).map(({ key, value }) => [key, value.stringValue]),
    );
    expect(Object.keys(resource).toSorted()).toEqual(['service.name', 'service.version']);
    expect(bodies.join('')).not.toMatch(/canary/iu);
    expect(trace.getTracer('after').startSpan('x').isRecording()).toBe(false);
  });

  it('go where the host program sends its own, when it does', async () => {
    const { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } = await import('@opentelemetry/sdk-trace');
    const exporter = new InMemorySpanExporter();
    const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
    trace.setGlobalTracerProvider(provider);
    const before = bodies.length;
    await useLexline({ tracing: { endpoint } });
    expect(exporter.getFinishedSpans().map(({ name }) => name)).toContain('POST /graphql');
    expect(bodies).toHaveLength(before);
    trace.disable();
  });
});
