import { rejoinCutLetters } from './cut-letters.ts';

/** A line of a document and the page it stands on. */
export interface TextLine {
  readonly text: string;
  /** From 1; null where the format has no pages. */
  readonly page: number | null;
}

/** A line at the same place of more pages than this share is a running header or footer. */
const headerShare = 0.3;
const fewestPages = 4;
/** Headers and footers stand among so many lines at the top and bottom. */
const edge = 4;
/** In a document of fewer pages a header stands on each of them, in the same of so many lines at the top or the bottom. */
const nearEdge = 2;

/**
 * The lines of a document without running headers, page numbers and line-end hyphens. Each keeps the page it began on.
 * What is dropped is counted, so that nothing goes silently.
 */
export function cleanPages(pages: readonly string[]): {
  readonly lines: readonly TextLine[];
  readonly droppedLines: number;
  readonly joinedHyphens: number;
  /** Lines that got back the first letter that the file draws apart. */
  readonly rejoined: number;
  /** Pages where letters are left of which nobody can tell the line. */
  readonly stray: readonly number[];
} {
  const read = pages.map((page) =>
    page
      .normalize('NFKC')
      .split('\n')
      .map((line) =>
        line
          .replaceAll(/[\p{Cc}\u{AD}\u{200B}-\u{200F}\u{2060}\u{FEFF}]+/gu, ' ')
          .replaceAll(/\s+/gu, ' ')
          .trim(),
      )
      .filter((line) => line !== ''),
  );
  const { pages: split, rejoined, stray } = rejoinCutLetters(read);
  const counts = new Map<string, number>();
  const edges = (lines: readonly string[]): ReadonlySet<number> =>
    new Set([...lines.keys()].filter((i) => i < edge || i >= lines.length - edge));
  for (const lines of split)
    for (const key of new Set([...edges(lines)].map((i) => withoutNumbers(lines[i] ?? ''))))
      counts.set(key, (counts.get(key) ?? 0) + 1);
  const isOnEach = (line: string, at: number): boolean =>
    split.length > 1 &&
    split.every((own) => own.length > 2 * nearEdge && withoutNumbers(own.at(at) ?? '') === withoutNumbers(line));
  const isHeader = (line: string, at: number, of: number): boolean =>
    split.length >= fewestPages
      ? (counts.get(withoutNumbers(line)) ?? 0) > split.length * headerShare
      : (at < nearEdge && isOnEach(line, at)) || (of - at <= nearEdge && isOnEach(line, at - of));
  let droppedLines = 0;
  let joinedHyphens = 0;
  const lines: { text: string; page: number | null }[] = [];
  for (const [i, own] of split.entries()) {
    const atEdge = edges(own);
    for (const [at, line] of own.entries()) {
      if (atEdge.has(at) && isHeader(line, at, own.length)) {
        droppedLines += 1;
        continue;
      }
      const last = lines.at(-1);
      if (last !== undefined && /\p{Ll}-$/u.test(last.text) && /^\p{Ll}/u.test(line)) {
        const [rest = '', ...more] = line.split(' ');
        last.text = last.text.slice(0, -1) + rest;
        joinedHyphens += 1;
        if (more.length > 0) lines.push({ text: more.join(' '), page: i + 1 });
      } else lines.push({ text: line, page: i + 1 });
    }
  }
  return { lines, droppedLines, joinedHyphens, rejoined, stray };
}

/** Page numbers differ from page to page: for comparing, every number is the same. */
function withoutNumbers(line: string): string {
  return line.replaceAll(/\d+/gu, '#').toLowerCase();
}
