import type { TextLine } from './clean-pages.ts';
import { hasSheetsElsewhere } from './html-looks.ts';
import { leaveOutHidden } from './leave-out-hidden.ts';
import { decodeEntities } from './read-xml.ts';

/** What begins a new line. */
const blocks =
  /<\/?(?:address|article|aside|blockquote|body|br|center|dd|div|dl|dt|fieldset|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|table|tbody|td|th|thead|tr|ul)\b[^>]*>/giu;
/** Struck-out text is no longer in force: publishers leave old wording in the page. */
const leftOut = /<(script|style|noscript|template|head|svg|strike|del|s)\b[^>]*>[\s\S]*?<\/\1\s*>|<!--[\s\S]*?-->/giu;

/** The visible lines of a page, struck-out wording and hidden elements left out. Nothing in it is run or fetched. */
export function htmlLines(html: string): {
  readonly lines: readonly TextLine[];
  readonly title: string | null;
  readonly language: string | null;
  /** Words of elements that a browser does not show. */
  readonly hidden: number;
  /** The page takes its looks from other files, too: what those hide is not known. */
  readonly looksElsewhere: boolean;
} {
  const title = /<title\b[^>]*>([^<]{0,500})/iu.exec(html)?.[1];
  const language = /<html\b[^>]*\slang\s*=\s*["']?([a-z]{2})/iu.exec(html)?.[1];
  const shown = leaveOutHidden(html.replaceAll(leftOut, ' '), html);
  const text = decodeEntities(
    shown.html
      .replaceAll(/\s+/gu, ' ')
      .replaceAll(blocks, '\n')
      .replaceAll(/<[^>]*>/gu, ''),
  );
  const lines = text
    .normalize('NFKC')
    .split('\n')
    .map((line) => line.replaceAll(/\s+/gu, ' ').trim())
    .filter((line) => line !== '');
  return {
    lines: joinNumbers(lines).map((line) => ({ text: line, page: null })),
    title: title === undefined ? null : decodeEntities(title).trim(),
    language: language?.toLowerCase() ?? null,
    hidden: shown.words,
    looksElsewhere: hasSheetsElsewhere(html.replaceAll(/<!--[\s\S]*?-->/gu, ' ')),
  };
}

/** Tables put a number and its text into cells of their own: `(a)` alone belongs to the line after it. */
function joinNumbers(lines: readonly string[]): readonly string[] {
  const joined: string[] = [];
  for (const line of lines) {
    const last = joined.at(-1);
    if (last !== undefined && /^(?:\(?\w{1,4}\)|\d{1,3}\.)$/u.test(last)) joined[joined.length - 1] = `${last} ${line}`;
    else joined.push(line);
  }
  return joined;
}
