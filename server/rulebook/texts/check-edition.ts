import { LexlineError } from '../../base/errors.ts';
import type { Catalogue } from '../catalogue.ts';
import { compareWording, namedTwice, readableNumber, wordingOf, type WordingCheck } from './known-wording.ts';
import type { ParsedText } from './parsed-text.ts';

/** What an official text turned out to be. */
export interface EditionCheck {
  readonly edition: string;
  readonly from: string | null;
  readonly to: string | null;
  /**
   * `verified`: the marks of the edition and every provision it has were found, and where its wording is known, every word.
   * Anything less is the user's word.
   */
  readonly status: 'verified' | 'unverified';
  /** Was every provision compared with the known wording of the edition? */
  readonly wordingCompared: boolean;
  readonly provisions: Readonly<Record<string, { readonly found: number; readonly expected: number | null }>>;
  readonly warnings: readonly string[];
}

const kinds: Readonly<Record<string, RegExp>> = {
  articles: /^\d+[a-z]?$/u,
  recitals: /^R\d+$/u,
  sections: /^\d+(?:\.\d+)+$/u,
  requirements: /^[A-Z]?\d+(?:\.\d+)+$/u,
};
/** A text that has fewer than this share of the provisions is another text. */
const fewest = 0.2;
/** Where more than this share differs, single numbers tell nothing. */
const otherCut = 0.2;

/**
 * Compares a document with what the catalogue knows of the regulation: a file's name proves nothing. Fails with
 * ARTEFACT_INVALID when it is another text; a draft, a reprint with gaps or an edition that is not known is let in with its
 * warnings and without the word "verified".
 */
export function checkEdition(
  parsed: ParsedText,
  {
    regulation,
    provisions,
    wordings,
    houseRules = [],
  }: Pick<Catalogue, 'regulation' | 'provisions' | 'wordings' | 'houseRules'>,
  { sha256, language }: { readonly sha256: string; readonly language: string },
): EditionCheck {
  const numbers = parsed.provisions.map(({ number }) => number);
  const present = new Set(numbers);
  const said = squeeze([parsed.title ?? '', ...parsed.marks].join(' '));
  const counts = Object.entries(regulation.expected).map(([kind, expected]) => {
    const pattern = kinds[kind];
    return {
      kind,
      expected,
      found: pattern === undefined ? 0 : numbers.filter((number) => pattern.test(number)).length,
    };
  });
  const ids = provisions.map(({ id }) => id.slice(id.indexOf(':') + 1));
  const missing = ids.filter((id) => !present.has(id));
  const [main] = counts;
  const share = main === undefined ? 1 - missing.length / Math.max(1, ids.length) : main.found / main.expected;
  // House rules may sum up what the document says at length: it may hold none of them word for word.
  const areWorded = regulation.numbering === 'free' && houseRules.length > 0;
  const isOther = !areWorded && ids.length > 0 && share < fewest;
  if (numbers.length === 0 || isOther)
    throw new LexlineError(
      'ARTEFACT_INVALID',
      `[rulebook] this is not ${regulation.name}: ${main === undefined ? `${ids.length - missing.length} of ${ids.length} provisions` : `${main.found} of ${main.expected} ${main.kind}`} found${parsed.title === null ? '' : `; it calls itself "${parsed.title.slice(0, 120)}"`}`,
      { remedy: 'Check the file, or name the regulation that it is with --regulation.' },
    );
  const warnings = [...parsed.warnings];
  for (const { mark, is } of regulation.otherTexts)
    if (said.includes(squeeze(mark))) warnings.push(`the text says "${mark}": ${is}`);
  const isAnother = warnings.length > parsed.warnings.length;
  const edition = regulation.editions.find(
    ({ marks }) => marks.length > 0 && marks.every((mark) => said.includes(squeeze(mark))),
  );
  if (edition === undefined && regulation.editions.length > 0)
    warnings.push('no edition that the catalogue knows is named in it; its age cannot be told');
  for (const { kind, found, expected } of counts)
    if (found !== expected) warnings.push(`${found} of ${expected} ${kind} found`);
  if (missing.length > 0)
    warnings.push(
      areWorded
        ? `${missing.length} of ${ids.length} rules do not stand in it word for word, and nothing is quoted for them: ${listed(missing)}`
        : `of the catalogue's provisions ${missing.length} were not found: ${listed(missing)}`,
    );
  const isWhole = counts.length > 0 && counts.every(({ found, expected }) => found === expected);
  const known = edition === undefined ? new Map<string, never>() : wordings(edition.id);
  const wording = known.get(language);
  const check = wording === undefined ? null : compareWording(wording, wordingOf(parsed.provisions));
  if (check !== null) warnings.push(...wordingWarnings(check, edition?.id ?? ''));
  else if (known.size > 0)
    warnings.push(
      `its wording was compared with nothing: of this edition it is known in ${[...known.keys()].join(', ')}, not in ${language}`,
    );
  const twice = namedTwice(parsed.provisions);
  if (twice.length > 0)
    warnings.push(`found twice in other words, and only the first of each is read: ${listed(twice)}`);
  const isReworded = check !== null && !isUnchanged(check);
  const isVerified =
    edition !== undefined &&
    isWhole &&
    !isAnother &&
    !isReworded &&
    twice.length === 0 &&
    (check !== null || known.size === 0);
  return {
    edition: edition === undefined || isReworded ? `user-supplied-${sha256.slice(0, 8)}` : edition.id,
    from: edition?.from ?? null,
    to: edition?.to ?? null,
    status: isVerified ? 'verified' : 'unverified',
    wordingCompared: check !== null,
    provisions: {
      ...Object.fromEntries(counts.map(({ kind, found, expected }) => [kind, { found, expected }])),
      catalogue: { found: ids.length - missing.length, expected: ids.length },
    },
    warnings,
  };
}

function isUnchanged({ changed, added, missing }: WordingCheck): boolean {
  return changed.length + added.length + missing.length === 0;
}

/** What of a text is not the wording that is known of its edition, by number. */
function wordingWarnings({ changed, added, missing, known }: WordingCheck, edition: string): readonly string[] {
  const differing = changed.length + added.length + missing.length;
  if (differing > known * otherCut)
    return [
      `${differing} of ${known} provisions are worded or cut otherwise than in ${edition} as we know it: another edition, another translation, or a file of another kind`,
    ];
  return [
    ...(changed.length === 0 ? [] : [`worded otherwise than ${edition}: ${listed(changed.map(readableNumber))}`]),
    ...(added.length === 0 ? [] : [`not in ${edition}: ${listed(added.map(readableNumber))}`]),
    ...(missing.length === 0 ? [] : [`in ${edition} and not here: ${listed(missing.map(readableNumber))}`]),
  ];
}

function squeeze(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, ' ');
}

function listed(names: readonly string[]): string {
  return names.length > 20 ? `${names.slice(0, 20).join(', ')} and ${names.length - 20} more` : names.join(', ');
}
