import type { Citation } from '../model/classification.ts';
import type { CitablePassage, Rulebook } from '../rulebook/rulebook.ts';
import { excludedSentences } from '../rulebook/search/exclusions.ts';
import { bearingOf } from '../rulebook/search/naming-sentence.ts';
import { wholeQuote } from '../rulebook/search/whole-quote.ts';
import type { NamedCitation } from './read-answer.ts';
import type { Candidate } from './retrieve.ts';

/** What became of the citations that a model named: how many held, and why the others were dropped. */
export interface CitationCheckCounts {
  readonly named: number;
  readonly textMatched: number;
  /** No official text is indexed, or nothing in its passage names the category: no quotation. */
  readonly catalogueOnly: number;
  /** Not in the retrieved set, or a sentence that the passage does not have. */
  readonly notOffered: number;
  /** The provision does not speak of the category, or the sentence says what is not meant or names another item of a list. */
  readonly besideThePoint: number;
  /** The passage is no longer what was retrieved. */
  readonly changed: number;
}

/** Nothing was named. */
export const noChecks: CitationCheckCounts = {
  named: 0,
  textMatched: 0,
  catalogueOnly: 0,
  notOffered: 0,
  besideThePoint: 0,
  changed: 0,
};

/** The sum of two counts. */
export function addChecks(a: CitationCheckCounts, b: CitationCheckCounts): CitationCheckCounts {
  return {
    named: a.named + b.named,
    textMatched: a.textMatched + b.textMatched,
    catalogueOnly: a.catalogueOnly + b.catalogueOnly,
    notOffered: a.notOffered + b.notOffered,
    besideThePoint: a.besideThePoint + b.besideThePoint,
    changed: a.changed + b.changed,
  };
}

/** Citations of an answer that were held against the stored texts. */
export interface VerifiedCitations {
  readonly citations: readonly Citation[];
  /** Which of the categories each cited provision speaks of, by provision. */
  readonly speaking: ReadonlyMap<string, readonly string[]>;
  readonly counts: CitationCheckCounts;
}

/**
 * Turns what a model named into citations that hold. It names a passage of the retrieved set and a sentence; the quotation
 * is cut here from the stored passage, which must still be the one that was retrieved, by edition and source hash. The
 * provision must speak of one of the categories by the catalogue. What does not hold is dropped and counted, never shown. A
 * sentence of a passage that names the category nowhere is not quoted: the provision stays as the catalogue has it.
 */
export async function verifyCitations(
  named: readonly NamedCitation[],
  categories: readonly string[],
  context: {
    readonly candidates: readonly Candidate[];
    readonly rulebook: Pick<Rulebook, 'passage' | 'provision' | 'namesOf'>;
    /** `catalogue 2026.11` of a regulation, for citations without an official text. */
    readonly catalogueEdition: (regulation: string) => string;
  },
): Promise<VerifiedCitations> {
  const counts = { ...noChecks, named: named.length };
  const citations = new Map<string, Citation>();
  const speaking = new Map<string, readonly string[]>();
  for (const { passage, sentence } of named) {
    const hit = context.candidates.find(({ id }) => id === passage)?.hit;
    if (hit === undefined) {
      counts.notOffered += 1;
      continue;
    }
    if (!speaksOf(hit.categories, categories)) {
      counts.besideThePoint += 1;
      continue;
    }
    const borne = categories.filter((category) => speaksOf(hit.categories, [category]));
    speaking.set(hit.provision, borne);
    const ownWords = context.rulebook.provision(hit.provision)?.duty ?? hit.ownWords;
    const keepWithoutQuote = (): void => {
      counts.catalogueOnly += 1;
      keep(citations, {
        provision: hit.provision,
        edition: context.catalogueEdition(hit.regulation),
        check: 'catalogue-only',
        quote: null,
        ownWords,
        sourceSha256: null,
      });
    };
    if (hit.passage === null) {
      keepWithoutQuote();
      continue;
    }
    const stored = await context.rulebook.passage(hit.passage.id);
    if (stored === null || !isSame(stored, hit.passage)) {
      counts.changed += 1;
      continue;
    }
    if (!hasSentence(stored, sentence)) {
      counts.notOffered += 1;
      continue;
    }
    const bearing = bearingOf(
      stored,
      sentence,
      borne.map((category) => context.rulebook.namesOf(category, hit.provision)),
    );
    if (bearing === 'beside-the-point') {
      counts.besideThePoint += 1;
      continue;
    }
    if (bearing === 'unnamed') {
      keepWithoutQuote();
      continue;
    }
    counts.textMatched += 1;
    const { edition, sha256 } = stored;
    keep(citations, {
      provision: hit.provision,
      edition,
      check: 'text-matched',
      quote: wholeQuote(stored, sentence, excludedSentences(stored)),
      ownWords,
      sourceSha256: sha256,
    });
  }
  return { citations: [...citations.values()], speaking, counts };
}

/** One citation a provision; a quotation is worth more than none. */
function keep(citations: Map<string, Citation>, citation: Citation): void {
  const before = citations.get(citation.provision);
  if (before === undefined || (before.quote === null && citation.quote !== null))
    citations.set(citation.provision, citation);
}

function isSame(stored: CitablePassage, retrieved: CitablePassage): boolean {
  return (
    stored.id === retrieved.id &&
    stored.provision === retrieved.provision &&
    stored.edition === retrieved.edition &&
    stored.sha256 === retrieved.sha256 &&
    stored.text === retrieved.text &&
    isSameCut(stored.sentences, retrieved.sentences)
  );
}

/** Sentences that were cut otherwise since have other numbers: what was named is not what stands there now. */
function isSameCut(stored: CitablePassage['sentences'], retrieved: CitablePassage['sentences']): boolean {
  return (
    stored.length === retrieved.length &&
    stored.every(({ start, end }, i) => start === retrieved[i]?.start && end === retrieved[i]?.end)
  );
}

/** Is there a sentence of that number that says something? */
function hasSentence({ text, sentences }: CitablePassage, sentence: number): boolean {
  const bounds = sentences[sentence];
  if (bounds === undefined) return false;
  const { start, end } = bounds;
  return start >= 0 && end <= text.length && text.slice(start, end).trim() !== '';
}

/** True when the provision touches a category or a branch above it. */
function speaksOf(touched: readonly string[], categories: readonly string[]): boolean {
  return touched.some((prefix) =>
    categories.some((category) => category === prefix || category.startsWith(`${prefix}.`)),
  );
}
