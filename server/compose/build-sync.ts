import type { Sync } from '../sync/sync.ts';
import type { Ground } from './ground.ts';
import { configuredSource } from './sources.ts';

/** The conductor with every configured source and the stages it leads them through. */
export async function buildSync({ config, clock, log, stores, taxonomy, sqlEngine }: Ground): Promise<Sync> {
  const [{ createSync }, { createClassifier }, { loadPropagationRules }] = await Promise.all([
    import('../sync/create-sync.ts'),
    import('../classify/create-classifier.ts'),
    import('../rulebook/functions.ts'),
  ]);
  return createSync({
    stores,
    sources: await Promise.all(config.sources.map((source) => configuredSource(source, config, clock, log))),
    sqlEngine: await sqlEngine(),
    classifier: createClassifier({ taxonomy: await taxonomy() }),
    taxonomy: await taxonomy(),
    rules: loadPropagationRules(),
    namespaces: config.namespaces,
    clock,
    log,
  });
}
