import type { Clock } from '../base/clock.ts';
import type { Config } from '../base/config.ts';
import { LexlineError, messageOf } from '../base/errors.ts';
import { lazily } from '../base/lazily.ts';
import type { Log } from '../base/log.ts';
import type { Product } from '../cli/composition.ts';
import type { LexlineRouter } from '../http/create-router.ts';
import { buildDoors } from './build-doors.ts';
import { buildQuery } from './build-query.ts';
import { buildRetention, followRetention } from './build-retention.ts';
import { buildSync } from './build-sync.ts';
import { followSources } from './follow-sources.ts';
import { layGround } from './ground.ts';
import { propagationRules } from './propagation-rules.ts';
import { tracedSync } from './trace-work.ts';

/** The product with what only the composition may hand out. */
export interface WholeProduct extends Product {
  doors(): Promise<LexlineRouter>;
}

/** Opens the stores and puts the rooms together around them; each room is loaded when it is first asked for. */
export async function openProduct(config: Config, clock: Clock, log: Log): Promise<WholeProduct> {
  const ground = await layGround(config, clock, log);
  const { stores } = ground;
  const query = lazily(() => buildQuery(ground));
  const notifier = lazily(async () => {
    const { buildNotifier } = await import('./build-notifier.ts');
    return buildNotifier(ground, await query());
  });
  const sync = lazily(async () => {
    const plain = tracedSync(await buildSync(ground));
    if (config.notify.receivers.length === 0) return plain;
    return (await import('./build-notifier.ts')).withNotices(plain, notifier);
  });
  const governance = lazily(async () => (await import('./build-governance.ts')).buildGovernance(ground));
  const reports = lazily(async () => {
    const { buildReports } = await import('./build-reports.ts');
    return buildReports(ground, { query: await query(), governance: await governance() });
  });
  const reportDesk = lazily(async () => (await import('./build-reports.ts')).buildReportDesk(ground));
  const packs = lazily(async () => {
    const { buildPacks } = await import('./build-reports.ts');
    return buildPacks(ground, { query: await query(), reports: await reports(), governance: await governance() });
  });
  const stops = lazily(async () => {
    const { createStopList } = await import('../sync/stop-list.ts');
    return createStopList({ graph: stores.graph, rules: await propagationRules(ground), clock });
  });
  const doors = lazily(async () =>
    buildDoors(ground, { query: await query(), sync: await sync(), governance: await governance(), stops }),
  );
  return {
    config,
    query,
    sync,
    notifier,
    reports,
    writeBack: lazily(async () => (await import('./build-write-back.ts')).buildWriteBack(ground)),
    reportDesk,
    wordEraser: lazily(async () => (await import('./build-reports.ts')).buildWordEraser(ground)),
    packs,
    async baseline(asOf) {
      return (await import('./build-baseline.ts')).exportedBaseline(ground, await query(), asOf);
    },
    async importBaseline(file) {
      return (await import('./build-baseline.ts')).importedBaseline(ground, file);
    },
    governance,
    stops,
    retention: lazily(() => buildRetention(ground)),
    review: lazily(async () => (await import('./build-review.ts')).buildReview(ground)),
    doors,
    async serve({ host, port }) {
      const { listen } = await import('../http/listen.ts');
      return listen({ router: await doors(), host, port, signIn: config.access !== null, log });
    },
    async runSchedule(actor, signal) {
      const { runSchedule } = await import('../sync/schedule.ts');
      const sources = config.sources.flatMap(({ name, schedule }) => (schedule === null ? [] : [{ name, schedule }]));
      const syncOne = async (source: string): Promise<boolean> => {
        const report = await (await sync()).run({ source, actor, signal });
        if (report.error !== null) log.error('a sync failed', { source, ...report.error });
        return report.error === null;
      };
      // A sync uses all that a machine has: those by schedule and those after a change take turns.
      let turn: Promise<unknown> = Promise.resolve();
      const inTurn = (source: string): Promise<boolean> => {
        const mine = turn.then(() => syncOne(source));
        turn = mine.catch(() => {});
        return mine;
      };
      const entered = await (await governance()).apply({ actor, signal }).catch((error: unknown) => {
        // What people wrote is wrong: sources are read all the same, and reports show what was entered before.
        log.error('the governance folder was not taken over', { error: messageOf(error) });
        return null;
      });
      if (entered !== null && entered.revision !== null) log.info('governance taken over', entered);
      if (config.notify.receivers.length > 0) await (await notifier()).begin();
      const told = config.notify.receivers.length === 0 ? null : (await notifier()).run(signal);
      await Promise.all([
        runSchedule({
          sources,
          timezone: config.timezone,
          clock,
          log,
          sync: async (source) => void (await inTurn(source)),
          signal,
        }),
        followSources(ground, inTurn, signal),
        followRetention(ground, actor, signal),
      ]);
      await told;
    },
    async deadLetters() {
      const events = await ground.events();
      return {
        list: (source) => events.deadLetters.list(source),
        replay: (source) => events.replay(source),
      };
    },
    head: () => stores.graph.head(),
    sources: () => stores.graph.sources(),
    async retireSource(name, { actor, signal }) {
      const source = (await stores.graph.sources()).find((one) => one.name === name);
      if (source === undefined) throw new LexlineError('NOT_FOUND', `[lexline] the graph knows no source "${name}"`);
      const { retireSource } = await import('../sync/retire-source.ts');
      const { graph, state } = stores;
      return retireSource({ graph, state, rules: await propagationRules(ground), clock, actor, source, signal });
    },
    verifyLedger: () => stores.ledger.verify(),
    async close() {
      if (doors.made()) await (await doors()).close();
      await ground.close();
    },
  };
}
