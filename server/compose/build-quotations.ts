import { messageOf } from '../base/errors.ts';
import type { Catalogue } from '../rulebook/catalogue.ts';
import type { Quotations } from '../rulebook/quotations.ts';
import type { Ground } from './ground.ts';

/**
 * Quotations for whatever is shown of a field. Where the index cannot be asked, citations are shown without them, and the log
 * says so: nothing that is shown waits for it.
 */
export async function buildQuotations(
  { stores, clock, log }: Ground,
  catalogues: readonly Catalogue[],
): Promise<Quotations> {
  const [{ createRulebook }, { createQuotations }] = await Promise.all([
    import('../rulebook/create-rulebook.ts'),
    import('../rulebook/quotations.ts'),
  ]);
  const rulebook = createRulebook({ catalogues, vectors: stores.vectors });
  const quotations = createQuotations({ rulebook, catalogues, clock });
  const failed = (error: unknown): void =>
    log.warn('the official texts cannot be read; citations are shown without quotations', { error: messageOf(error) });
  return {
    async edition() {
      try {
        return await quotations.edition();
      } catch (error) {
        failed(error);
        return null;
      }
    },
    async quote(category, citations) {
      try {
        return await quotations.quote(category, citations);
      } catch (error) {
        failed(error);
        return citations;
      }
    },
  };
}
