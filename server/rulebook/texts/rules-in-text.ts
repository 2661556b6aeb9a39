import type { TextLine } from './clean-pages.ts';

/** A rule of the user's own as its document has it: the number that it is cited by, and its words. */
export interface KnownRule {
  readonly number: string;
  readonly heading: string;
  readonly words: string;
}

/** A rule as it stands in a document. */
export interface FoundRule {
  readonly rule: KnownRule;
  readonly text: string;
  readonly page: number | null;
}

/** What of a document stands between the rules, and the rules, in the order of the document. */
export type RulePart =
  | { readonly type: 'rule'; readonly found: FoundRule }
  | { readonly type: 'between'; readonly lines: readonly TextLine[] };

interface Place {
  readonly line: number;
  /** From (inclusive) and to (exclusive) in the line. */
  readonly from: number;
  readonly to: number;
}

/** What may stand before a rule in its line: an end of a sentence, signs of a list, a number. */
const beforeRule =
  /(?:^|[.:;!?–—|]\s)[\s\p{P}\p{S}]*(?:(?:§\s*|\p{L}+\s+)?\d{1,3}(?:\.\d{1,3}){0,3}[.):]?\s|\(?[a-z]{1,4}[.)]\s)?[\s\p{P}\p{S}]*$/iu;
const afterRule = /^[.,:;!?)"'”’»]*/u;

/**
 * Cuts a document at the words of rules that are known: whatever it numbers, bullets or sets in tables, a rule is where its
 * words stand one after another from the beginning of a line or sentence. Blanks, hyphens and signs between words do not
 * count, every letter and digit does. Rules that it words otherwise are left in what stands between.
 */
export function cutAtRules(lines: readonly TextLine[], rules: readonly KnownRule[]): readonly RulePart[] {
  const keys = lines.map(({ text }) => keyOf(text));
  const key = keys.join('');
  const placeAt = createPlaces(lines, keys);
  const taken: { from: number; to: number; rule: KnownRule }[] = [];
  let after = 0;
  for (const rule of rules) {
    const wanted = keyOf(rule.words);
    if (wanted === '') continue;
    const isFree = (at: number): boolean =>
      taken.every(({ from, to }) => at >= to || at + wanted.length <= from) &&
      beginsRule(placeAt(at), lines) &&
      endsWord(placeAt(at + wanted.length - 1), placeAt(at + wanted.length));
    // Rules mostly stand in their order; one that was moved is found all the same.
    const at = placesOf(key, wanted, after).find(isFree) ?? placesOf(key, wanted, 0).find(isFree);
    if (at === undefined) continue;
    after = at + wanted.length;
    taken.push({ from: at, to: after, rule });
  }
  const parts: RulePart[] = [];
  let next = { line: 0, char: 0 };
  for (const { from, to, rule } of taken.toSorted((a, b) => a.from - b.from)) {
    const [first, last] = [placeAt(from), placeAt(to - 1)];
    if (first === undefined || last === undefined) continue;
    const end = { line: last.line, char: last.to + endLength(lines[last.line], last.to) };
    const start = { line: first.line, char: first.from };
    parts.push({ type: 'between', lines: cut(lines, next, start) });
    const own = cut(lines, start, end);
    parts.push({
      type: 'rule',
      found: { rule, text: own.map(({ text }) => text).join('\n'), page: own[0]?.page ?? null },
    });
    next = end;
  }
  parts.push({ type: 'between', lines: cut(lines, next, { line: lines.length, char: 0 }) });
  return parts;
}

/** What counts of a line, letter by letter: numbers stand apart from what is beside them. */
function* lettersOf(text: string): Generator<{ readonly said: string; readonly from: number; readonly to: number }> {
  for (const { 0: run, index } of text.matchAll(/\p{N}+|[\p{L}\p{M}]/gu)) {
    const folded = run.normalize('NFKC').toLowerCase();
    yield { said: /^\p{N}/u.test(run) ? `${folded} ` : folded, from: index, to: index + run.length };
  }
}

function keyOf(text: string): string {
  return [...lettersOf(text)].map(({ said }) => said).join('');
}

/** Finds the line and the letters behind a place of the joined keys of all lines. */
function createPlaces(lines: readonly TextLine[], keys: readonly string[]): (at: number) => Place | undefined {
  const starts: number[] = [];
  let length = 0;
  for (const key of keys) {
    starts.push(length);
    length += key.length;
  }
  return (at) => {
    if (at < 0 || at >= length) return undefined;
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    let passed = starts[low] ?? 0;
    for (const { said, from, to } of lettersOf(lines[low]?.text ?? '')) {
      passed += said.length;
      if (passed > at) return { line: low, from, to };
    }
    return undefined;
  };
}

function placesOf(key: string, wanted: string, from: number): readonly number[] {
  const found: number[] = [];
  for (let at = key.indexOf(wanted, from); at >= 0 && found.length < mostPlaces; at = key.indexOf(wanted, at + 1))
    found.push(at);
  return found;
}

/** Of words that stand everywhere only the first places are looked at. */
const mostPlaces = 200;

function beginsRule(place: Place | undefined, lines: readonly TextLine[]): boolean {
  return place !== undefined && beforeRule.test(lines[place.line]?.text.slice(0, place.from) ?? '');
}

/** The letter after the last one is of another word. */
function endsWord(last: Place | undefined, next: Place | undefined): boolean {
  return next === undefined || last === undefined || next.line !== last.line || next.from !== last.to;
}

function endLength(line: TextLine | undefined, at: number): number {
  return afterRule.exec(line?.text.slice(at) ?? '')?.[0].length ?? 0;
}

/** The lines between two places, the first and the last of them cut. */
function cut(
  lines: readonly TextLine[],
  from: { readonly line: number; readonly char: number },
  to: { readonly line: number; readonly char: number },
): readonly TextLine[] {
  return lines
    .slice(from.line, to.line + 1)
    .map(({ text, page }, i) => {
      const line = from.line + i;
      const end = line === to.line ? to.char : text.length;
      return { text: text.slice(line === from.line ? from.char : 0, end).trim(), page };
    })
    .filter(({ text }) => text !== '');
}
