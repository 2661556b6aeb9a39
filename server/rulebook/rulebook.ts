import type { Provision } from './catalogue.ts';
import type { NamedLaws } from './laws-by-name.ts';
import type { MappedNames } from './search/naming-sentence.ts';

/** A question put to the rulebook: which provisions speak of this? */
export interface ProvisionQuery {
  /** A column's name, a concept, a piece of jargon, in any language of the glossary. */
  readonly query: string;
  /** Ids or names of regulations (`gdpr`), also of such that ship and are not loaded; absent: all that are loaded. */
  readonly regulations?: readonly string[];
  /** What the source says of the thing itself. Anybody may have written it: it ranks a little and decides nothing. */
  readonly comment?: string;
  /** A category of the taxonomy that is already supposed; provisions that touch it come first. */
  readonly category?: string;
  /** How many hits at most; default 5. */
  readonly k?: number;
  /** Only regulations and editions in force on this day (YYYY-MM-DD). */
  readonly asOf?: string;
  /** Only official texts in this language (`de`); absent: the best of any. Own words are found either way. */
  readonly language?: string;
}

/** Where a passage of official text was cut from. */
export interface PassageSource {
  readonly edition: string;
  /** Of the file as it was indexed. */
  readonly sha256: string;
  /** From 1; null where the format has no pages. */
  readonly page: number | null;
  /** From (inclusive) and to (exclusive) in the cleaned text; null where the format has none. */
  readonly span: readonly [number, number] | null;
}

/** One provision that answers a question. */
export interface ProvisionHit {
  readonly provision: string;
  readonly regulation: string;
  readonly title: string;
  /** Grows with likeness; comparable within one answer only. */
  readonly score: number;
  /** Cut from the stored official text; null when none is indexed. Never our own words. */
  readonly quote: string | null;
  /** From the catalogue; never a quotation. */
  readonly ownWords: string | null;
  readonly source: PassageSource | null;
  /** The whole passage behind `quote`; null when no official text is indexed. */
  readonly passage: CitablePassage | null;
  /** Prefixes of the taxonomy that the provision touches, by the catalogue. */
  readonly categories: readonly string[];
}

/** A stored piece of official text that a citation may be cut from, bound to its source. */
export interface CitablePassage extends PassageSource {
  readonly id: string;
  readonly provision: string;
  readonly language: string;
  readonly text: string;
  /** Where each sentence stands in `text`; the end is exclusive. */
  readonly sentences: readonly { readonly start: number; readonly end: number }[];
}

/** An official text as it is indexed. */
export interface IndexedText {
  readonly regulation: string;
  readonly edition: string;
  readonly sha256: string;
  readonly language: string;
  /**
   * `verified`: the edition's marks and provisions were found, and where its wording is known, every word of them.
   * `unverified`: the user's word only.
   */
  readonly editionCheck: 'verified' | 'unverified';
  /** Was every provision compared with the known wording of the edition? Absent in texts that were indexed before it was. */
  readonly wordingCompared?: boolean;
  /** In force from (inclusive) and to (exclusive), YYYY-MM-DD; null: not known. */
  readonly from: string | null;
  readonly to: string | null;
  readonly format: string;
  readonly passages: number;
  /** Per kind (`articles`, `recitals`, `sections`): how many were found and how many the edition has. */
  readonly provisions: Readonly<Record<string, { readonly found: number; readonly expected: number | null }>>;
  readonly warnings: readonly string[];
  /** ISO 8601. */
  readonly addedAt: string;
}

/** A regulation and when what the catalogue has of it is in force: from (inclusive) and to (exclusive), YYYY-MM-DD. */
export interface NotInForce {
  readonly regulation: string;
  readonly from: string;
  readonly to: string | null;
}

/** What the rulebook found; with `abstain` nothing applies and there are no hits. */
export interface ProvisionAnswer {
  readonly hits: readonly ProvisionHit[];
  readonly abstain: boolean;
  /** Asked for a day: the regulations left out because what the catalogue has of them was not in force then. */
  readonly notInForce?: readonly NotInForce[];
  /** Numbers that the question names and that are in no catalogue and no indexed text: `GDPR:300`; absent: none. */
  readonly unknownNumbers?: readonly string[];
  /** Why the question was not compared by meaning although an embedder is configured: its endpoint failed; absent: it was. */
  readonly byWordsAlone?: string;
}

/** Provisions of regulations: found by question, read by id. Catalogues are always there, official texts where indexed. */
export interface Rulebook {
  /** Changes with the catalogues, the glossary and every indexed text; part of a verdict's key. */
  corpusEdition(): Promise<string>;
  /** Best first. Fails with INPUT_INVALID for a regulation of which there is no catalogue. */
  search(query: ProvisionQuery, signal?: AbortSignal): Promise<ProvisionAnswer>;
  /** Is a regulation of that id, prefix or name loaded? */
  knows(regulation: string): boolean;
  /** The laws that a question names: those with a catalogue, loaded or shipped, and those without. */
  named(question: string): NamedLaws;
  /** A stored passage by its id; null when there is none. */
  passage(id: string): Promise<CitablePassage | null>;
  /**
   * The stored passage of a provision in an edition that is in force on that day (YYYY-MM-DD), English and verified ones
   * first; null when no official text of it is indexed.
   */
  passageOf(provision: string, day: string): Promise<CitablePassage | null>;
  /** What a sentence of a provision must say to be quoted for a category, and whether a mapping names the provision for it. */
  namesOf(category: string, provision: string): MappedNames;
  /** A provision of the catalogues by its id. */
  provision(id: string): Provision | undefined;
  /** The official texts that are indexed. */
  list(): Promise<readonly IndexedText[]>;
  close(): Promise<void>;
}
