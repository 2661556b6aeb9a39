import { resolve } from 'node:path';
import { productVersion } from '../base/version.ts';
import type { EmitConfig } from '../base/config-emit.ts';
import { isOutsideHipaa } from '../model/arrived-classes.ts';
import type { EmitTarget, Emitter } from '../emit/emitter.ts';
import type { Sync } from '../sync/sync.ts';
import type { Ground } from './ground.ts';

/** Whoever is to be told what Lexline knows. */
export async function buildEmitter({ config, stores, taxonomy, clock, log }: Ground): Promise<Emitter> {
  const { createEmitter } = await import('../emit/emitter.ts');
  const { classesOf } = await taxonomy().then((known) => ({
    classesOf: (category: string) => known.classesOf(category),
  }));
  const targets = await Promise.all(config.emit.map((one) => targetOf(one, config.directory)));
  const applies = new Map(config.sources.map((source) => [source.name, source.applies]));
  const { graph, state } = stores;
  return createEmitter({
    targets,
    graph,
    state,
    classesOf,
    isOutside: (of) => isOutsideHipaa(of, (source) => applies.get(source)),
    clock,
    log,
    release: productVersion(),
  });
}

async function targetOf(target: EmitConfig[number], directory: string): Promise<EmitTarget> {
  const { name, events } = target;
  if ('url' in target) {
    const { httpTarget } = await import('../emit/targets/http.ts');
    const { url, apiKey, timeoutSeconds } = target;
    return httpTarget({
      name,
      events,
      url,
      ...(apiKey === undefined ? {} : { apiKey }),
      timeoutMs: timeoutSeconds * 1000,
    });
  }
  if ('path' in target) {
    const { fileTarget } = await import('../emit/targets/file.ts');
    return fileTarget({ name, events, path: resolve(directory, target.path) });
  }
  const { kafkaTarget } = await import('../emit/targets/kafka.ts');
  return kafkaTarget({ name, events, kafka: target.kafka });
}

/** The conductor, followed by an emission whenever a run published something. A receiver that fails fails no sync. */
export function withEmission(sync: Sync, emitter: () => Promise<Emitter>): Sync {
  return {
    ...sync,
    async run(request) {
      const report = await sync.run(request);
      if (report.revisions.length > 0) await (await emitter()).emit(request.signal ?? new AbortController().signal);
      return report;
    },
  };
}
