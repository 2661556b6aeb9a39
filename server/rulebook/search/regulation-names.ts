import { LexlineError } from '../../base/errors.ts';
import type { Catalogue } from '../catalogue.ts';

/** The id of a regulation called by its id, prefix or name: `gdpr`, `GDPR`, `PCI`, `CPRA`. */
export function regulationNamed(name: string, catalogues: readonly Catalogue[]): string | undefined {
  const wanted = name.trim().toLowerCase();
  return catalogues.find(({ regulation: { id, prefix, name: full, number, alsoCalled } }) =>
    [id, prefix, full, number, ...alsoCalled].some((one) => one.toLowerCase() === wanted),
  )?.regulation.id;
}

/** The ids of the regulations asked for. Fails with INPUT_INVALID for one that is not loaded: another law's answer would mislead. */
export function regulationsNamed(names: readonly string[], catalogues: readonly Catalogue[]): ReadonlySet<string> {
  return new Set(
    names.map((name) => {
      const id = regulationNamed(name, catalogues);
      if (id !== undefined) return id;
      throw new LexlineError('INPUT_INVALID', `[rulebook] no regulation "${name.slice(0, 64)}" is loaded`, {
        remedy: `Use one of ${catalogues.map(({ regulation }) => regulation.id).join(', ')}.`,
      });
    }),
  );
}
