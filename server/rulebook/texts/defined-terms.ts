import type { TextLine } from './clean-pages.ts';

/** A definition without a number: `Workforce means …`. */
export interface DefinedTerm {
  /** `protected-health-information`. */
  readonly slug: string;
  readonly lines: readonly TextLine[];
}

/** What may stand between a term and the word that defines it: brackets with brackets in them, or where the term is used. */
const between = String.raw`(?:\s*\((?:[^()]|\([^()]*\)){1,300}\)){0,2}(?:, when used [^.;:]{1,200}?)?,?(?: or [A-Z][\w ]{1,40}?)?`;
/** Words that define. */
const defines = String.raw`(?:means\b|mean\b|has the (?:same )?meaning\b|have the (?:same )?meaning\b|stands for\b|is defined\b|refers to\b|includes\b|is information\b|encompass(?:es)?\b|exists if\b)`;
/** A term at the beginning of a line, followed within some lines by the word that defines it. */
const defining = new RegExp(
  String.raw`^([A-Z][\w’'/-]*(?:[ ,]+(?:[a-z][\w’'/-]*|[A-Z][\w’'/-]*|\d+|\([A-Z]+\))){0,7}?)${between}\s+${defines}`,
  'u',
);
/** `Physical safeguards are physical measures`: of a few words, and not what they are not. */
const areDefined = /^([A-Z][a-z]+(?: [a-z]+){1,3}?) are (?!not\b|also\b|those\b|subject\b|required\b)[a-z]/u;
/** A definition's term and its brackets end within so many lines. */
const linesAhead = 8;
const colon = /^([A-Z][a-z]+(?: [a-z][\w-]*){0,5}):(\s*\(1\).*)?$/u;
/** Sentences of a definition that look like the next one: they speak of a term that was just defined. */
const starters = new Set('a an the any each such this these except for in if when it'.split(' '));

/** Cuts a section of definitions into its terms, whose first letters follow the alphabet, as such sections are written. */
export function definedTerms(lines: readonly TextLine[]): readonly DefinedTerm[] {
  const terms: { slug: string; lines: TextLine[] }[] = [];
  let last = '';
  for (const [i, line] of lines.entries()) {
    const window = lines
      .slice(i, i + linesAhead)
      .map(({ text }) => text)
      .join(' ');
    const found =
      (defining.exec(window) ?? areDefined.exec(window))?.[1] ?? colonTerm(line.text, lines[i + 1]?.text ?? '');
    const slug = found === undefined || found.length > line.text.length + 60 ? '' : slugOf(found);
    const previous = lines[i - 1]?.text ?? '.';
    const begins = /[.:;\]]$|^\[|\)$/u.test(previous) || /(?:; (?:and|or))$/u.test(previous);
    const isNext =
      slug !== '' &&
      begins &&
      slug !== last &&
      (slug[0] ?? '') >= (last[0] ?? '') &&
      !starters.has(slug.split('-')[0] ?? '');
    if (isNext) {
      terms.push({ slug, lines: [] });
      last = slug;
    }
    terms.at(-1)?.lines.push(line);
  }
  return terms;
}

/** `Marketing:` or `Marketing: (1) …`, where a list follows that defines it. */
function colonTerm(text: string, next: string): string | undefined {
  const [, term, list] = colon.exec(text) ?? [];
  return list !== undefined || next.startsWith('(1)') ? term : undefined;
}

function slugOf(term: string): string {
  return term
    .toLowerCase()
    .replaceAll(/\([^)]*\)/gu, ' ')
    .replaceAll(/[’']/gu, '')
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^-|-$/gu, '');
}
