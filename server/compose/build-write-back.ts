import { createWriteBack } from '../writeback/create-write-back.ts';
import { isOutsideHipaa } from '../model/arrived-classes.ts';
import type { WriteBack } from '../writeback/write-back.ts';
import type { Ground } from './ground.ts';
import { configuredSource } from './sources.ts';

/** Tags on their way back, over every configured source whose connector can write. */
export async function buildWriteBack({ config, clock, log, stores, taxonomy }: Ground): Promise<WriteBack> {
  const known = await taxonomy();
  const sources = await Promise.all(
    config.sources.map(async (source) => {
      const { connection } = await configuredSource(source, config, clock, log);
      return { name: source.name, tagMap: source.tagMap, writeBack: source.writeBack, connection };
    }),
  );
  const applies = new Map(config.sources.map((source) => [source.name, source.applies]));
  return createWriteBack({
    stores,
    sources,
    classesOf: (category) => known.classesOf(category),
    isOutside: (of) => isOutsideHipaa(of, (source) => applies.get(source)),
    clock,
  });
}
