import type { Citation } from '../model/classification.ts';
import type { Rulebook } from './rulebook.ts';
import { cutQuote } from './search/cut-quote.ts';
import { stemsOf } from './search/words.ts';

/**
 * Citations of the catalogues with the official text where it is indexed: the quotation is cut here from the stored passage of
 * that very provision, in the edition that is in force on the day. What has no passage stays as it is; what was matched
 * before, too. `about`: words by which the sentence is chosen.
 */
export async function withOfficialTexts(
  citations: readonly Citation[],
  rulebook: Pick<Rulebook, 'passageOf' | 'provision'>,
  { about, day }: { readonly about: string; readonly day: string },
): Promise<readonly Citation[]> {
  return Promise.all(
    citations.map(async (citation): Promise<Citation> => {
      if (citation.check !== 'catalogue-only') return citation;
      const passage = await rulebook.passageOf(citation.provision, day);
      if (passage === null) return citation;
      const { title = '', aliases = [] } = rulebook.provision(citation.provision) ?? {};
      const quote = cutQuote(passage, stemsOf([about, title, ...aliases].join(' '))).trim();
      if (quote === '') return citation;
      return { ...citation, edition: passage.edition, check: 'text-matched', quote, sourceSha256: passage.sha256 };
    }),
  );
}
