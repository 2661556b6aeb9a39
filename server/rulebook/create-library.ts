import { hash, randomBytes } from 'node:crypto';
import type { Clock } from '../base/clock.ts';
import { LexlineError } from '../base/errors.ts';
import type { Embedder } from '../llm/embedder.ts';
import type { VectorIndex } from '../stores/vectors/vector-index.ts';
import type { Catalogue } from './catalogue.ts';
import type { IndexedText } from './rulebook.ts';
import { regulationNamed } from './search/regulation-names.ts';
import { checkEdition } from './texts/check-edition.ts';
import { guessLanguage } from './texts/guess-language.ts';
import { parseSafely } from './texts/parse-safely.ts';
import { pullText, type TextEndpoint } from './texts/pull.ts';
import { createTextIndex, toPassages } from './texts/text-index.ts';

/** Brings official texts into the index. */
export interface Library {
  /** Reads a file that the user has. Fails as parsing does, or with ARTEFACT_INVALID when it is another text. */
  add(bytes: Uint8Array, regulation: string, options: AddOptions, signal: AbortSignal): Promise<IndexedText>;
  /** Downloads a text from its publisher and adds it. Fails with INPUT_INVALID where none may be downloaded. */
  pull(
    regulation: string,
    options: AddOptions,
    signal: AbortSignal,
  ): Promise<{ readonly text: IndexedText; readonly url: string }>;
  remove(text: Pick<IndexedText, 'regulation' | 'edition' | 'language'>, signal: AbortSignal): Promise<void>;
  /** The catalogue of a regulation by id, prefix or name. Fails with INPUT_INVALID for one that is not loaded. */
  catalogue(regulation: string): Catalogue;
}

export interface AddOptions {
  /** Absent: what the text says, or its commonest words. */
  readonly language?: string | undefined;
}

export interface LibraryOptions {
  readonly catalogues: readonly Catalogue[];
  readonly vectors: VectorIndex;
  readonly embedder: Embedder | null;
  readonly clock: Clock;
  /** Addresses that stand instead of the catalogue's own. */
  readonly endpoints: Readonly<Record<string, readonly TextEndpoint[]>>;
}

export function createLibrary({ catalogues, vectors, embedder, clock, endpoints }: LibraryOptions): Library {
  const index = createTextIndex(vectors, embedder, () => randomBytes(6).toString('hex'));
  const catalogue = (name: string): Catalogue => {
    const id = regulationNamed(name, catalogues);
    const found = catalogues.find(({ regulation }) => regulation.id === id);
    if (found !== undefined) return found;
    throw new LexlineError('INPUT_INVALID', `[rulebook] no regulation "${name.slice(0, 64)}" is loaded`, {
      remedy: `Use one of ${catalogues.map(({ regulation }) => regulation.id).join(', ')}.`,
    });
  };
  const add: Library['add'] = async (bytes, name, { language }, signal) => {
    const own = catalogue(name);
    const { id: regulation, prefix, numbering } = own.regulation;
    const counting = { numbering, rules: own.houseRules ?? [] };
    const sha256 = hash('sha256', bytes, 'hex');
    const parsed = await parseSafely(bytes, counting, signal);
    const textLanguage = language ?? parsed.language ?? guessLanguage(parsed.text) ?? own.regulation.language;
    const check = checkEdition(parsed, own, { sha256, language: textLanguage });
    const text: IndexedText = {
      regulation,
      edition: check.edition,
      sha256,
      language: textLanguage,
      editionCheck: check.status,
      wordingCompared: check.wordingCompared,
      from: check.from,
      to: check.to,
      format: parsed.format,
      passages: 0,
      provisions: check.provisions,
      warnings: check.warnings,
      addedAt: new Date(clock.now()).toISOString(),
    };
    const passages = toPassages(text, prefix, parsed.provisions, { from: check.from, to: check.to });
    const counted: IndexedText = { ...text, passages: passages.length };
    await index.add(counted, passages, signal);
    return counted;
  };
  return {
    add,
    catalogue,
    remove: (text, signal) => index.remove(text, signal),
    async pull(name, options, signal) {
      const { regulation } = catalogue(name);
      const known = endpoints[regulation.id] ?? regulation.sources;
      const wanted = options.language ?? regulation.language;
      const endpoint =
        known.find(({ language }) => language === wanted) ?? (options.language === undefined ? known[0] : undefined);
      if (endpoint === undefined)
        throw new LexlineError(
          'INPUT_INVALID',
          known.length === 0
            ? `[rulebook] ${regulation.name} is not downloaded: ${regulation.licence}`
            : `[rulebook] no address is known for ${regulation.name} in "${wanted}"`,
          {
            remedy: `Get it from ${regulation.publisher} and use: lexline regulations add <file> --regulation ${regulation.id}.`,
          },
        );
      const { bytes, url } = await pullText(endpoint, signal);
      return {
        text: await add(bytes, regulation.id, { language: options.language ?? endpoint.language }, signal),
        url,
      };
    },
  };
}
