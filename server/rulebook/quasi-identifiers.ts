import { z } from 'zod';
import { dataFile } from '../base/data-files.ts';
import { LexlineError } from '../base/errors.ts';
import { readYaml } from './search/read-data.ts';

/** What identifies a person only together, as `regulations/quasi-identifiers.yml` says it. */
export interface QuasiIdentifiers {
  /** By part, the categories it is made of; each stands for those below it, too. */
  readonly parts: ReadonlyMap<string, readonly string[]>;
  readonly combinations: readonly Combination[];
  /** Categories by which a dataset identifies people by itself. */
  readonly identifying: ReadonlySet<string>;
  /** Categories of numbers that stand for one person. */
  readonly personNumbers: ReadonlySet<string>;
}

/** Parts that together single out a person. */
export interface Combination {
  readonly id: string;
  readonly parts: readonly string[];
  readonly says: string;
  /** Where that was shown. */
  readonly source: string;
}

const category = z.string().regex(/^[a-z_]+(\.[a-z_]+)+$/u);
const schema = z.strictObject({
  version: z.int().positive(),
  parts: z.record(z.string(), z.array(category).min(1)),
  combinations: z.array(
    z.strictObject({ id: z.string(), parts: z.array(z.string()).min(2), says: z.string(), source: z.string() }),
  ),
  identifying: z.array(category),
  personNumbers: z.array(category),
});

let shipped: QuasiIdentifiers | undefined;

/** Reads the file once. Fails with CONFIG_INVALID, also for a combination of a part that is not there. */
export function loadQuasiIdentifiers(): QuasiIdentifiers {
  shipped ??= read('regulations/quasi-identifiers.yml');
  return shipped;
}

function read(path: string): QuasiIdentifiers {
  const { parts, combinations, identifying, personNumbers } = readYaml(dataFile(path), schema).data;
  for (const { id, parts: own } of combinations)
    for (const part of own)
      if (!Object.hasOwn(parts, part))
        throw new LexlineError('CONFIG_INVALID', `[rulebook] ${path}: ${id} names a part "${part}" that is not there`);
  return {
    parts: new Map(Object.entries(parts)),
    combinations,
    identifying: new Set(identifying),
    personNumbers: new Set(personNumbers),
  };
}
