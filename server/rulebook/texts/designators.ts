import type { TextLine } from './clean-pages.ts';
import type { ProvisionNode } from './text-writer.ts';

/** How the levels below a section are counted, from the outermost. */
export type Level = 'letters' | 'numbers' | 'romans' | 'capitals' | 'capital-romans';

/** Levels of 45 CFR: (a)(1)(i)(A)(1)(i). */
export const cfrLevels: readonly Level[] = ['letters', 'numbers', 'romans', 'capitals', 'numbers', 'romans'];
/** Levels of Californian codes: (a)(1)(A)(i)(I). */
export const californiaLevels: readonly Level[] = ['letters', 'numbers', 'capitals', 'romans', 'capital-romans'];
/** Levels of an EU article: 1. (a) (i). */
export const articleLevels: readonly Level[] = ['numbers', 'letters', 'romans'];

const romanDigits: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50, c: 100 };

function romanValue(token: string): number | null {
  if (!/^[ivxlc]+$/u.test(token)) return null;
  const digits = token.split('').map((digit) => romanDigits[digit] ?? 0);
  return digits.reduce((sum, digit, i) => sum + (digit < (digits[i + 1] ?? 0) ? -digit : digit), 0);
}

/** a … z, aa, ab … as 1 … 26, 27, 28 …; `aa` after `z` counts the Californian way (aa = 27, ab = 28). */
function letterValue(token: string): number | null {
  if (/^[a-z]$/u.test(token)) return token.charCodeAt(0) - 96;
  if (/^[a-z]{2}$/u.test(token)) return 26 * (token.charCodeAt(0) - 96) + token.charCodeAt(1) - 96;
  return null;
}

/** What a token counts on a level; null: it cannot stand there. */
export function valueOn(level: Level, token: string): number | null {
  if (level === 'numbers') return /^\d{1,3}$/u.test(token) ? Number(token) : null;
  if (level === 'letters') return letterValue(token);
  if (level === 'capitals') return /^[A-Z]{1,2}$/u.test(token) ? letterValue(token.toLowerCase()) : null;
  const isCapital = token === token.toUpperCase();
  return isCapital === (level === 'capital-romans') ? romanValue(token.toLowerCase()) : null;
}

/** `…; or` and `…, and` end a point of a list; the next one follows. */
const listGoesOn = /[;,:.]\s*(?:or|and|und|oder|et|ou)$/iu;

interface Open {
  readonly label: string;
  readonly value: number;
  readonly page: number | null;
  readonly lead: string[];
  readonly points: Open[];
}

const leading = /^((?:\((?:[a-z]{1,5}|[A-Z]{1,5}|\d{1,3})\)\s*)+)(.*)$/u;
const numbered = /^(\d{1,2})\.\s+(.*)$/u;
/** What goes on after a cross-reference, not after a paragraph's own designator. */
const goesOn =
  /^(?:of\s+(?:this|that|the|section|paragraph|subdivision|article)|or\b|and\b|to\b|through\b|in\s+this|,|\)|;|\.$|inclusive\b|–|-\()/iu;
/** A line that ends so is followed by a reference. */
const leadsOn =
  /(?:paragraphs?|sections?|subdivisions?|subparagraphs?|clauses?|articles?|points?|parts?|§+|absatz|nummer|buchstabe|\b(?:or|and|to|under|by|of|with|in|through|either|both)|[,(–-])$/iu;

/**
 * Cuts the lines of a section into its numbered parts. A designator at the beginning of a line counts only where the count
 * expects it: the next of an open level, or the first of a deeper one. Cross-references that happen to stand there do not.
 */
export function nodesOf(
  section: string,
  lines: readonly TextLine[],
  levels: readonly Level[],
  style: 'brackets' | 'points',
): ProvisionNode {
  const root: Open = { label: section, value: 0, page: lines[0]?.page ?? null, lead: [], points: [] };
  const stack: Open[] = [root];
  const upcoming = lines.map((line) => designatorsOf(line.text, style)?.tokens ?? []);
  for (const [i, line] of lines.entries()) {
    const found = designatorsOf(line.text, style);
    const before = i === 0 ? '' : (lines[i - 1]?.text ?? '');
    const reserved = found === null ? null : /^[-–—]\s*\((\w{1,5})\)\s*\[reserved\]/iu.exec(found.rest);
    const isReference =
      found === null ||
      (reserved === null && goesOn.test(found.rest)) ||
      (i > 0 && leadsOn.test(before) && !listGoesOn.test(before));
    let taken = 0;
    if (found !== null && !isReference)
      for (const token of found.tokens) {
        const place = placeOf(
          token,
          stack,
          levels,
          upcoming.slice(i + 1, i + 60).flat(),
          found.tokens.slice(taken + 1),
        );
        if (place === null) break;
        stack.length = place.depth + 1;
        const parent = stack[place.depth] ?? root;
        if (place.value === 2 && parent.points.length === 0) splitFirst(parent, levels[place.depth]);
        const open: Open = { label: `(${token})`, value: place.value, page: line.page, lead: [], points: [] };
        parent.points.push(open);
        stack.push(open);
        taken += 1;
      }
    if (reserved?.[1] !== undefined) skipTo(reserved[1], stack, levels);
    const shown =
      taken > 0 && found !== null && taken === found.tokens.length ? `${found.shown}${found.rest}` : line.text;
    stack.at(-1)?.lead.push(shown.trim());
  }
  const finish = (open: Open, path: string): ProvisionNode => ({
    number: path,
    lead: open.lead.join('\n').trim(),
    page: open.page,
    points: open.points.map((point) => finish(point, path + point.label)),
  });
  return finish(root, section);
}

function designatorsOf(
  text: string,
  style: 'brackets' | 'points',
): { readonly tokens: readonly string[]; readonly rest: string; readonly shown: string } | null {
  if (style === 'points') {
    const [, number, after] = numbered.exec(text) ?? [];
    if (number !== undefined) return { tokens: [number], rest: after ?? '', shown: `${number}. ` };
  }
  const [, tokens, rest] = leading.exec(text) ?? [];
  if (tokens === undefined) {
    const [, letter, after] = /^([a-z])\)\s+(.*)$/u.exec(text) ?? [];
    return style === 'points' && letter !== undefined
      ? { tokens: [letter], rest: after ?? '', shown: `${letter}) ` }
      : null;
  }
  return {
    tokens: [...tokens.matchAll(/\((\w+)\)/gu)].map(([, token = '']) => token),
    rest: rest ?? '',
    shown: tokens,
  };
}

/** What follows i, v or x in a roman count, and in the alphabet. */
const afterRoman = new Set(['ii', 'vi', 'xi', 'II', 'VI']);
const afterLetter = new Set(['j', 'w', 'y', 'J', 'W', 'Y']);

/** Where a token stands: under the open part at `depth`. Null: the count does not expect it. */
function placeOf(
  token: string,
  stack: readonly Open[],
  levels: readonly Level[],
  later: readonly string[],
  sameLine: readonly string[],
): { readonly depth: number; readonly value: number } | null {
  const places: { depth: number; value: number }[] = [];
  for (let depth = stack.length - 1; depth >= 0; depth -= 1) {
    const level = levels[depth];
    if (level === undefined) continue;
    const value = valueOn(level, token);
    if (value === null) continue;
    const last = stack[depth]?.points.at(-1)?.value ?? 0;
    // The open part on this level, or the first of a level that nothing was counted on yet; lists may start once more at 1.
    const open = stack[depth];
    if (value === last + 1) places.push({ depth, value });
    else if (value === 2 && last === 0 && open !== undefined && firstInside(open, level) !== null)
      places.push({ depth, value });
  }
  if (places.length === 0) {
    // A gap of numbers that are reserved or were repealed, when nothing else explains the token.
    const depth = stack.length - 2;
    const level = levels[depth];
    const value = level === undefined ? null : valueOn(level, token);
    const last = stack[depth]?.points.at(-1)?.value ?? 0;
    if (value !== null && last > 0 && value > last && value <= last + 2) places.push({ depth, value });
  }
  const [deepest, ...others] = places;
  if (deepest === undefined || others.length === 0) return deepest ?? null;
  // (i) after (h): a letter, or the first of a roman list? What comes next tells.
  const next = [...sameLine, ...later].find((one) => afterRoman.has(one) || afterLetter.has(one));
  const isRoman = next !== undefined && afterRoman.has(next);
  const roman = places.find(({ depth }) => levels[depth] === 'romans' || levels[depth] === 'capital-romans');
  const letter = places.find(({ depth }) => levels[depth] === 'letters' || levels[depth] === 'capitals');
  if (roman !== undefined && letter !== undefined) return isRoman ? roman : letter;
  return deepest;
}

/** `Standard: Contracts. (i) The contract …`: where the first of a list stands inside the words before it. */
function firstInside(
  open: Open,
  level: Level,
): { readonly line: number; readonly at: number; readonly label: string } | null {
  const label =
    level === 'letters'
      ? '(a)'
      : level === 'numbers'
        ? '(1)'
        : level === 'capitals'
          ? '(A)'
          : level === 'romans'
            ? '(i)'
            : '(I)';
  for (const [line, text] of open.lead.entries()) {
    for (let at = text.indexOf(label); at >= 0; at = text.indexOf(label, at + 1)) {
      const before = text.slice(0, at).trimEnd() || (open.lead[line - 1] ?? '');
      if (/[.:;—–-]$/u.test(before) && /^\s*\p{Lu}/u.test(text.slice(at + label.length) || (open.lead[line + 1] ?? '')))
        return { line, at, label };
    }
  }
  return null;
}

/** Makes the first of a list, that stands inside the words before it, a part of its own. */
function splitFirst(open: Open, level: Level | undefined): void {
  const found = level === undefined ? null : firstInside(open, level);
  if (found === null) return;
  const { line, at, label } = found;
  const text = open.lead[line] ?? '';
  const own = [text.slice(at), ...open.lead.slice(line + 1)];
  open.lead.splice(line, open.lead.length - line, ...[text.slice(0, at).trim()].filter((rest) => rest !== ''));
  open.points.push({ label, value: 1, page: open.page, lead: own, points: [] });
}

/** `(b)–(d) [Reserved]`: the count goes on after the last of them. */
function skipTo(token: string, stack: Open[], levels: readonly Level[]): void {
  const parent = stack.at(-2);
  const level = levels[stack.length - 2];
  const value = level === undefined ? null : valueOn(level, token);
  const last = parent?.points.at(-1);
  if (parent === undefined || value === null || last === undefined) return;
  parent.points.push({ label: `(${token})`, value, page: last.page, lead: ['[Reserved]'], points: [] });
  stack.length -= 1;
  const added = parent.points.at(-1);
  if (added !== undefined) stack.push(added);
}
