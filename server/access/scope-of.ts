import type { DomainsConfig } from '../base/config-access.ts';
import type { CoarseClass } from '../model/classification.ts';
import type { Scope } from './viewer.ts';

/** The scope that a configuration gives a caller; what it does not name narrows nothing. */
export function scopeOf(
  given: {
    readonly sources?: readonly string[] | undefined;
    readonly domains?: readonly string[] | undefined;
    readonly sees?: readonly CoarseClass[] | undefined;
  },
  domains: DomainsConfig,
): Scope {
  const { sources, domains: names, sees } = given;
  return {
    sources: sources ?? 'all',
    // A name that nothing stands behind opens nothing.
    ...(names === undefined
      ? {}
      : { datasets: [[...new Set(names.flatMap((name) => domains[name] ?? []))].toSorted()] }),
    ...(sees === undefined ? {} : { sees: [...new Set(sees)].toSorted() }),
  };
}
