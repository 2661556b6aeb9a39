import { instant, type Clock } from '../base/clock.ts';
import { createMemory } from '../base/remember.ts';
import { digestOf } from '../model/json.ts';
import type { Citation } from '../model/classification.ts';
import type { Catalogue } from './catalogue.ts';
import type { CitablePassage, Rulebook } from './rulebook.ts';
import { withOfficialTexts } from './text-citations.ts';

/** Gives citations of the catalogues the quotation of the official text that is indexed on the day that it is asked. */
export interface Quotations {
  /** Changes with the indexed texts and the day; null: no official text is indexed, and citations stay as they are. */
  edition(): Promise<string | null>;
  /** Citations of a category with quotations where a text in force has them; the rest as they were. */
  quote(category: string, citations: readonly Citation[]): Promise<readonly Citation[]>;
}

/** Which texts are indexed is asked again after so long. */
const listMs = 5_000;
const mostKnown = 10_000;

/** Quotations out of the rulebook's texts, each sought once as long as the texts and the day are the same. */
export function createQuotations({
  rulebook,
  catalogues,
  clock,
}: {
  readonly rulebook: Pick<Rulebook, 'passageOf' | 'list'>;
  readonly catalogues: readonly Catalogue[];
  readonly clock: Clock;
}): Quotations {
  let asked: { readonly at: number; readonly edition: Promise<string | null> } | null = null;
  let current: string | null = null;
  const quotedOf = () => createMemory<readonly Citation[]>(mostKnown);
  const passagesOf = () => createMemory<CitablePassage | null>(mostKnown);
  let [quoted, passages] = [quotedOf(), passagesOf()];
  const today = (): string => instant(clock).slice(0, 10);
  const read = async (): Promise<string | null> => {
    const texts = await rulebook.list();
    const found = texts.length === 0 ? null : digestOf([today(), texts.map((text) => ({ ...text }))]);
    if (found !== current) {
      current = found;
      [quoted, passages] = [quotedOf(), passagesOf()];
    }
    return found;
  };
  const edition = (): Promise<string | null> => {
    const now = clock.now();
    if (asked === null || now - asked.at >= listMs || now < asked.at) {
      asked = { at: now, edition: read() };
      // What failed is not remembered.
      asked.edition.catch(() => (asked = null));
    }
    return asked.edition;
  };
  const passageOf = (provision: string, day: string): Promise<CitablePassage | null> =>
    passages(`${day} ${provision}`, () => rulebook.passageOf(provision, day));
  return {
    edition,
    async quote(category, citations) {
      if (!citations.some(({ check }) => check === 'catalogue-only') || (await edition()) === null) return citations;
      const key = JSON.stringify([category, citations.map(({ provision, check }) => [provision, check])]);
      return quoted(key, () => withOfficialTexts(citations, { passageOf }, { category, catalogues, day: today() }));
    },
  };
}
