/** So many letters in a row are no list and no table: something was cut. */
const fewestLetters = 8;
/** Of the lines that get a letter back, so many must begin better than before, and at most so many worse. */
const better = 0.6;
const worse = 0.1;

const letter = /^(\S)(?: (\S))?$/u;

/** Pages whose lines begin with their own first letters. */
export interface RejoinedPages {
  readonly pages: readonly (readonly string[])[];
  readonly rejoined: number;
  /** Pages, from 1, on which letters are left that belong to lines which cannot be told: words there may be cut. */
  readonly stray: readonly number[];
}

/**
 * Some files draw the first letter of every line of a column apart, so that a reader meets the lines without them and then
 * the letters, one a line, in the same order (`b) Implementation …`, later `(`). They are put back where as many letters as
 * lines stand there and the words that come of it are words of the rest of the document; else nothing is touched. A second
 * letter beside the first is the last one of that line.
 */
export function rejoinCutLetters(pages: readonly (readonly string[])[]): RejoinedPages {
  const known = knownWords(pages);
  let rejoined = 0;
  const mended = pages.map((lines) => {
    const kept = [...lines];
    for (let at = 0; at < kept.length;) {
      const run = runOfLetters(kept, at);
      if (run < fewestLetters) {
        at += run + 1;
        continue;
      }
      const whole = putBack(kept.slice(Math.max(0, at - run), at), kept.slice(at, at + run), known);
      if (whole === null) {
        at += run;
        continue;
      }
      kept.splice(at - run, 2 * run, ...whole);
      rejoined += run;
    }
    return kept;
  });
  const stray = mended.flatMap((lines, i) => (hasStrayLetters(lines) ? [i + 1] : []));
  return { pages: mended, rejoined, stray };
}

function runOfLetters(lines: readonly string[], from: number): number {
  let at = from;
  while (at < lines.length && letter.test(lines[at] ?? '')) at += 1;
  return at - from;
}

/** Three lines in a row of a letter or two. */
function hasStrayLetters(lines: readonly string[]): boolean {
  const isStray = (line = ''): boolean => /^\p{L}{1,2}[:,.;]?$/u.test(line);
  return lines.some((line, i) => isStray(line) && isStray(lines[i + 1]) && isStray(lines[i + 2]));
}

function putBack(lines: readonly string[], letters: readonly string[], known: ReadonlySet<string>): string[] | null {
  if (lines.length < letters.length) return null;
  let gained = 0;
  let lost = 0;
  const whole = lines.map((line, i) => {
    const [, first = '', last = ''] = letter.exec(letters[i] ?? '') ?? [];
    const joined = `${first}${first === '§' ? ' ' : ''}${line}${last}`;
    const [before, after] = [beginsWell(line, known), beginsWell(joined, known)];
    if (after && !before) gained += 1;
    if (before && !after) lost += 1;
    return joined;
  });
  return gained >= letters.length * better && lost <= letters.length * worse ? whole : null;
}

/** A designator, a section sign, or a word that the document has elsewhere. */
function beginsWell(line: string, known: ReadonlySet<string>): boolean {
  if (/^(?:\(\w{1,5}\)|§)/u.test(line)) return true;
  const word = firstWord(line);
  return word !== null && known.has(word);
}

function firstWord(line: string): string | null {
  return /^\p{L}{2,}/u.exec(line)?.[0].toLowerCase() ?? null;
}

/** Words that stand inside lines, where nothing is cut, more than once. */
function knownWords(pages: readonly (readonly string[])[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const line of pages.flat())
    for (const [word] of line.matchAll(/(?<=\s)\p{L}{2,}(?=[\s,.;:)])/gu))
      counts.set(word.toLowerCase(), (counts.get(word.toLowerCase()) ?? 0) + 1);
  return new Set([...counts].flatMap(([word, count]) => (count > 1 ? [word] : [])));
}
