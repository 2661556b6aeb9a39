import { context, SpanKind, SpanStatusCode, trace, type Attributes, type Context, type Span } from '@opentelemetry/api';
import { isLexlineError } from './errors.ts';

/**
 * All that a span may say: counts, codes, names of the configuration and fixed words. No member takes names of datasets or
 * fields, SQL, GraphQL text or anything that a caller or a source wrote.
 */
export interface SpanFacts {
  readonly 'http.request.method'?: 'GET' | 'POST' | 'OPTIONS' | 'OTHER';
  readonly 'http.route'?: string;
  readonly 'http.response.status_code'?: number;
  readonly 'graphql.operation.type'?: 'query' | 'mutation' | 'subscription';
  readonly 'lexline.graphql.cost'?: number;
  readonly 'lexline.graphql.errors'?: number;
  /** A source's name in the configuration. */
  readonly 'lexline.source'?: string;
  readonly 'lexline.sync.status'?: string;
  readonly 'lexline.sync.documents'?: number;
  readonly 'lexline.sync.fields'?: number;
  readonly 'lexline.sync.gaps'?: number;
  /** A model endpoint's name in the configuration. */
  readonly 'lexline.endpoint'?: string;
  readonly 'gen_ai.request.model'?: string;
  readonly 'gen_ai.usage.input_tokens'?: number;
  readonly 'gen_ai.usage.output_tokens'?: number;
  /** A code of ours. */
  readonly 'error.type'?: string;
}

/** A span that was begun by hand, where no one function is the work. */
export interface OpenSpan {
  set(facts: SpanFacts): void;
  /** The work was not done; `code` is one of ours or a status. */
  fail(code: string): void;
  end(): void;
  /** Runs what belongs below it. */
  within<T>(work: () => T): T;
}

const tracerName = 'lexline';

/**
 * Begins a span below the one that is running, or below `parent`. Costs next to nothing while nobody has turned tracing on.
 */
export function beginSpan(
  name: string,
  facts: SpanFacts,
  options: { readonly kind?: 'server' | 'client' | 'internal'; readonly traceparent?: string | undefined } = {},
): OpenSpan {
  const parent = remoteParent(options.traceparent, context.active());
  const span = trace
    .getTracer(tracerName)
    .startSpan(name, { kind: kinds[options.kind ?? 'internal'], attributes: attributesOf(facts) }, parent);
  const inside = trace.setSpan(parent, span);
  return {
    set: (more) => void span.setAttributes(attributesOf(more)),
    fail: (code) => markFailed(span, code),
    end: () => span.end(),
    within: (work) => context.with(inside, work),
  };
}

/** Runs work within a span, which ends with it. Of an error only its code is told. */
export async function withSpan<T>(
  name: string,
  facts: SpanFacts,
  work: (span: Pick<OpenSpan, 'set' | 'fail'>) => Promise<T>,
  options: { readonly kind?: 'client' | 'internal' } = {},
): Promise<T> {
  const span = beginSpan(name, facts, options);
  try {
    return await span.within(() => work(span));
  } catch (error) {
    span.fail(isLexlineError(error) ? error.code : 'INTERNAL');
    throw error;
  } finally {
    span.end();
  }
}

const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL };

function markFailed(span: Span, code: string): void {
  span.setAttributes({ 'error.type': code });
  span.setStatus({ code: SpanStatusCode.ERROR });
}

function attributesOf(facts: SpanFacts): Attributes {
  return { ...facts };
}

/** The caller's span by the header of W3C Trace Context (https://www.w3.org/TR/trace-context/); anything odd is passed over. */
function remoteParent(traceparent: string | undefined, active: Context): Context {
  const [, traceId, spanId, flags] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/u.exec(traceparent ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return active;
  if (/^0+$/u.test(traceId) || /^0+$/u.test(spanId)) return active;
  const traceFlags = Number.parseInt(flags, 16) % 2;
  return trace.setSpanContext(active, { traceId, spanId, traceFlags, isRemote: true });
}
