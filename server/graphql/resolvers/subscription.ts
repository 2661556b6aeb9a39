import { setTimeout as sleep } from 'node:timers/promises';
import { LexlineError } from '../../base/errors.ts';
import { requireKnownSource } from '../../query/known-words.ts';
import type { GraphqlContext } from '../context.ts';
import type { ResolversTypes } from '../generated.ts';
import type { ReportParent } from '../parents.ts';
import { findReport } from './report.ts';
import { followRevisions } from '../follow-revisions.ts';

/** Changes told with one revision. */
const maxChanges = 250;

/** What the root of one event holds: the field's own value. */
interface Event<T> {
  readonly value: T;
}

async function* fieldChanges(
  { source }: { readonly source?: string | null },
  context: GraphqlContext,
): AsyncGenerator<Event<Awaited<ResolversTypes['FieldChanges']>>, void> {
  await requireKnownSource(context.query, source);
  let before: number | null = null;
  for await (const revision of followRevisions(context.query, context.deadline.signal)) {
    if (before !== null) {
      const only = typeof source === 'string' ? { source } : {};
      const request = { from: before, to: revision.n, ...only };
      const { items, total } = await context.query.changes(request, { first: maxChanges });
      const changes = items.map((change) => ({ n: revision.n, change }));
      if (total > 0) yield { value: { revision, changes, totalCount: total } };
    }
    before = revision.n;
  }
}

/** How often a job is looked at. */
const jobMs = 500;

async function* reportProgress(
  { id }: { readonly id: string },
  context: GraphqlContext,
): AsyncGenerator<Event<ReportParent>, void> {
  let last = '';
  for (;;) {
    const report = await findReport(context, id);
    if (report === null) throw new LexlineError('NOT_FOUND', '[graphql] there is no such report');
    const { status, progress } = report.job;
    if (`${status} ${progress}` !== last) yield { value: report };
    last = `${status} ${progress}`;
    if (status !== 'RUNNING' || context.deadline.signal.aborted) return;
    await sleep(jobMs, undefined, { signal: context.deadline.signal, ref: false }).catch(() => null);
  }
}

async function* revisions(context: GraphqlContext): AsyncGenerator<Event<unknown>, void> {
  for await (const value of followRevisions(context.query, context.deadline.signal)) yield { value };
}

const shown = ({ value }: Event<unknown>): unknown => value;

/** Streams of events, each with the resolver that hands an event's value on. Attached as they are: their types have no place in the generated ones. */
export const subscriptions = {
  reportProgress: {
    subscribe: (_: unknown, args: { readonly id: string }, context: GraphqlContext) => reportProgress(args, context),
    resolve: shown,
  },
  revisionPublished: {
    subscribe: (_: unknown, _args: unknown, context: GraphqlContext) => revisions(context),
    resolve: shown,
  },
  fieldChanges: {
    subscribe: (_: unknown, args: { readonly source?: string | null }, context: GraphqlContext) =>
      fieldChanges(args, context),
    resolve: shown,
  },
} as const;
