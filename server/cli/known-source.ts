import { LexlineError } from '../base/errors.ts';
import { suggest } from '../base/nearest.ts';
import type { Product } from './composition.ts';

/**
 * For a command that found nothing under a source's name: a name that nobody configured and the graph does not know is a
 * mistake and no empty answer. Fails with NOT_FOUND.
 */
export async function requireKnownSource(product: Product, name: string | undefined): Promise<void> {
  if (name === undefined) return;
  const known = [...product.config.sources, ...(await product.sources())].map((source) => source.name);
  if (known.includes(name)) return;
  throw new LexlineError('NOT_FOUND', `[cli] there is no source "${name}"`, {
    remedy: suggest(name, [...new Set(known)]),
  });
}
