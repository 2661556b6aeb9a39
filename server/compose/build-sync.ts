import type { Sync } from '../sync/sync.ts';
import type { Ground } from './ground.ts';
import { buildModels } from './build-models.ts';
import { withEmission } from './build-emitter.ts';
import { propagationRules } from './propagation-rules.ts';
import { configuredSource } from './sources.ts';

/** The conductor with every configured source and the stages it leads them through. */
export async function buildSync(ground: Ground): Promise<Sync> {
  const { config, clock, log, stores, taxonomy, sqlEngine, events } = ground;
  const [{ createSync }, { createClassifier }, { readCustomRules }] = await Promise.all([
    import('../sync/create-sync.ts'),
    import('../classify/create-classifier.ts'),
    import('../classify/read-custom-rules.ts'),
  ]);
  const eventRooms = await events();
  const sync = createSync({
    stores,
    sources: await Promise.all(
      config.sources.map((source) => configuredSource(source, config, clock, log, eventRooms)),
    ),
    sqlEngine: await sqlEngine(),
    classifier: createClassifier({
      taxonomy: await taxonomy(),
      custom: readCustomRules(config.detectors, await taxonomy()),
    }),
    taxonomy: await taxonomy(),
    rules: await propagationRules(ground),
    namespaces: config.namespaces,
    models: await buildModels(ground),
    clock,
    log,
  });
  return config.emit.length === 0 ? sync : withEmission(sync, ground.emitter);
}
