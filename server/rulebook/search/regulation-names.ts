import { LexlineError } from '../../base/errors.ts';
import { namesOfRegulation, type Catalogue } from '../catalogue.ts';
import { isSameName } from '../laws-by-name.ts';

/** The id of a regulation called by its id, prefix or name: `gdpr`, `GDPR`, `PCI`, `CPRA`. */
export function regulationNamed(name: string, catalogues: readonly Catalogue[]): string | undefined {
  return catalogues.find(({ regulation }) =>
    [...namesOfRegulation(regulation), ...(regulation.hints ?? [])].some((one) => isSameName(one, name)),
  )?.regulation.id;
}

/**
 * The ids of the regulations asked for, of those that are loaded and then of all. Fails with INPUT_INVALID for one without a
 * catalogue: another law's answer would mislead.
 */
export function regulationsNamed(
  names: readonly string[],
  loaded: readonly Catalogue[],
  all: () => readonly Catalogue[],
): ReadonlySet<string> {
  return new Set(
    names.map((name) => {
      const id = regulationNamed(name, loaded) ?? regulationNamed(name, all());
      if (id !== undefined) return id;
      throw new LexlineError('INPUT_INVALID', `[rulebook] there is no catalogue of "${name.slice(0, 64)}"`, {
        remedy: `Use one of ${all()
          .map(({ regulation }) => regulation.id)
          .join(', ')}, or add a folder of your own to rulebook.folders.`,
      });
    }),
  );
}
