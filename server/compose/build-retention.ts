import { messageOf } from '../base/errors.ts';
import type { Actor } from '../model/provenance.ts';
import type { Retention } from '../sync/retention/create-retention.ts';
import type { Ground } from './ground.ts';

/** What lets go of old revisions by the configured policy. */
export async function buildRetention({ stores, clock, config }: Ground): Promise<Retention> {
  const { createRetention } = await import('../sync/retention/create-retention.ts');
  const { graph, ledger, state } = stores;
  return createRetention({ graph, ledger, state, clock, policy: config.retention, timezone: config.timezone });
}

/** Applies the policy at its times until the signal ends it; at once over where no schedule is configured. */
export async function followRetention(ground: Ground, actor: Actor, signal: AbortSignal): Promise<void> {
  const { config, clock, log } = ground;
  const schedule = config.retention?.schedule;
  if (schedule === undefined) return;
  const [{ runSchedule }, retention] = await Promise.all([import('../sync/schedule.ts'), buildRetention(ground)]);
  const apply = async (): Promise<void> => {
    try {
      const { plan, rows } = await retention.apply({ actor });
      if (rows > 0) log.info('old revisions were purged', { floor: plan.floor, revisions: plan.goneRevisions, rows });
    } catch (error) {
      log.error('old revisions were not purged', { error: messageOf(error) });
    }
  };
  const { timezone } = config;
  await runSchedule({ sources: [{ name: 'retention', schedule }], timezone, clock, log, sync: apply, signal });
}
