import { followChanges } from '../sync/follow-changes.ts';
import type { Ground } from './ground.ts';
import { configuredSource } from './sources.ts';

/** Syncs sources that tell of changes by themselves as soon as they do, until the signal ends it. */
export async function followSources(
  { config, clock, log }: Pick<Ground, 'config' | 'clock' | 'log'>,
  sync: (source: string) => Promise<boolean>,
  signal: AbortSignal,
): Promise<void> {
  const sources = await Promise.all(config.sources.map((source) => configuredSource(source, config, clock, log)));
  await followChanges({ sources, sync, log, signal });
}
