import type { Quotations } from '../rulebook/quotations.ts';
import type { FieldView } from './query.ts';

/**
 * Views whose citations of the catalogues quote the official texts that are indexed as they are shown. What a model cited
 * stays as it was recorded: its citations were checked against the texts of their time.
 */
export async function withQuotations(
  views: readonly FieldView[],
  quotations: Quotations | null,
): Promise<readonly FieldView[]> {
  if (quotations === null || (await quotations.edition()) === null) return views;
  return Promise.all(
    views.map(async (view) => ({
      ...view,
      classifications: await Promise.all(
        view.classifications.map(async (one) =>
          one.decidedBy.kind === 'llm'
            ? one
            : { ...one, citations: await quotations.quote(one.category, one.citations) },
        ),
      ),
    })),
  );
}
