import type { Notifier } from '../notify/create-notifier.ts';
import type { Query } from '../query/query.ts';
import type { Sync } from '../sync/sync.ts';
import type { Ground } from './ground.ts';

/** Whoever is to be told when something needs a person. */
export async function buildNotifier(ground: Ground, query: Query): Promise<Notifier> {
  const { config, stores, clock, log } = ground;
  const { graph, state } = stores;
  const [
    { createNotifier },
    { fieldNotices },
    { dueNotices },
    { decisionNotices },
    { post },
    { globalId },
    { createQueueIndex },
    { decisionsEnded, decisionsEnding },
  ] = await Promise.all([
    import('../notify/create-notifier.ts'),
    import('../notify/field-notices.ts'),
    import('../notify/due-notices.ts'),
    import('../notify/decision-notices.ts'),
    import('../notify/post.ts'),
    import('../graphql/global-id.ts'),
    import('../sync/queue-index.ts'),
    import('../sync/ending-decisions.ts'),
  ]);
  // Kept, so that each look reads only what changed.
  const waiting = createQueueIndex(graph);
  const { receivers, link, cardDataExpectedIn } = config.notify;
  const root = (link ?? '').replace(/\/$/u, '');
  return createNotifier({
    receivers,
    async head() {
      const { published: n } = await graph.head();
      return { n, at: n === 0 ? new Date(clock.now()).toISOString() : (await query.revision(n)).publishedAt };
    },
    revisionNotices: async (window) => [
      ...(await fieldNotices(window, {
        query,
        cardDataExpectedIn,
        linkOf: (field) => `${root}/fields/${globalId('Field', field)}`,
      })),
      ...decisionNotices(await decisionsEnded(graph, window), true, window.at),
    ],
    dueNotices: () =>
      dueNotices({
        query,
        settings: config.notify,
        endingBy: async (time) => decisionsEnding(graph, (await graph.head()).published, time),
        async questions() {
          const groups = await waiting.groups((await graph.head()).published);
          return groups.map(({ id, fields }) => ({ id, fields: fields.length }));
        },
        async confirmedAt(report) {
          const { lastConfirmedAt } = await import('../report/confirmations.ts');
          return lastConfirmedAt(state, report);
        },
        ...(receivers.some(({ on }) => on.includes('ledger-head'))
          ? {
              async ledgerHead() {
                const { currentLedgerHead } = await import('../report/packs/ledger-head.ts');
                return currentLedgerHead(stores.ledger, config.signing);
              },
            }
          : {}),
        state,
        clock,
      }),
    state,
    post,
    clock,
    log,
  });
}

/** The conductor, after each of whose runs receivers are told what it brought. A receiver that is away fails no sync. */
export function withNotices(sync: Sync, notifier: () => Promise<Notifier>): Sync {
  return {
    ...sync,
    async run(request) {
      await (await notifier()).begin();
      const report = await sync.run(request);
      await (await notifier()).tell(request.signal ?? new AbortController().signal);
      return report;
    },
  };
}
