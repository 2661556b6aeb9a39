import type { Citation } from '../model/classification.ts';
import type { Catalogue } from './catalogue.ts';
import type { Rulebook } from './rulebook.ts';
import { namesOf, namingSentence } from './search/naming-sentence.ts';

/**
 * Citations of the catalogues with the official text where it is indexed: the quotation is cut here from the stored passage of
 * that very provision, in the edition that is in force on the day, and is the sentence that names the category. What has no
 * passage, or none that names it, stays as it is: catalogue-only. What was matched before, too.
 */
export async function withOfficialTexts(
  citations: readonly Citation[],
  rulebook: Pick<Rulebook, 'passageOf'>,
  {
    category,
    catalogues,
    day,
  }: { readonly category: string; readonly catalogues: readonly Catalogue[]; readonly day: string },
): Promise<readonly Citation[]> {
  return Promise.all(
    citations.map(async (citation): Promise<Citation> => {
      if (citation.check !== 'catalogue-only') return citation;
      const passage = await rulebook.passageOf(citation.provision, day);
      if (passage === null) return citation;
      const quote = namingSentence(passage, namesOf(category, citation.provision, catalogues));
      if (quote === null) return citation;
      return { ...citation, edition: passage.edition, check: 'text-matched', quote, sourceSha256: passage.sha256 };
    }),
  );
}
