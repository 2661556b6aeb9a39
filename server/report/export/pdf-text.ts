import type { Face } from './pdf-page.ts';

type Pdf = PDFKit.PDFDocument;

/** Breaks texts into lines of a width, by the widths of the font's own characters, each measured once. */
export interface Breaker {
  /** The text in letters that the font has: a run of others stands as its code points, `[U+5BA2 6237]`. */
  readable(text: string, face: Face): string;
  /** Lines of what is {@link Breaker.readable}. */
  lines(text: string, face: Face, size: number, width: number): readonly string[];
  width(text: string, face: Face, size: number): number;
}

/** Measures with the fonts of a document. */
export function createBreaker(document: Pdf): Breaker {
  const widths: Record<Face, Map<string, number>> = { text: new Map(), bold: new Map(), mono: new Map() };
  const widthOf = (char: string, face: Face): number => {
    const known = widths[face].get(char);
    if (known !== undefined) return known;
    const measured = document.font(face).fontSize(1000).widthOfString(char) / 1000;
    widths[face].set(char, measured);
    return measured;
  };
  const letters: Record<Face, Map<string, boolean>> = { text: new Map(), bold: new Map(), mono: new Map() };
  const isThere = (char: string, face: Face): boolean => {
    const known = letters[face].get(char);
    if (known !== undefined) return known;
    const found = fontOf(document, face).hasGlyphForCodePoint(char.codePointAt(0) ?? 0);
    letters[face].set(char, found);
    return found;
  };
  const isReadable = (text: string, face: Face): boolean => {
    for (const char of text) if (!isThere(char, face)) return false;
    return true;
  };
  const spelled = (text: string, face: Face): string => {
    if (isReadable(text, face)) return text;
    let shown = '';
    let run: string[] = [];
    const close = (): void => {
      if (run.length > 0) shown += `[U+${run.join(' ')}]`;
      run = [];
    };
    for (const char of text) {
      if (!isThere(char, face)) {
        run.push((char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0'));
        continue;
      }
      close();
      shown += char;
    }
    close();
    return shown;
  };
  const spelledOf = {
    text: remembered((text) => spelled(text, 'text')),
    bold: remembered((text) => spelled(text, 'bold')),
    mono: remembered((text) => spelled(text, 'mono')),
  };
  const readable = (text: string, face: Face): string => spelledOf[face](text);
  const width = (text: string, face: Face, size: number): number => {
    let sum = 0;
    for (const char of text) sum += widthOf(char, face);
    return sum * size;
  };
  const broken = (text: string, face: Face, size: number, most: number): readonly string[] => {
    const shown = readable(text, face);
    if (width(shown, face, size) <= most) return [shown.trimEnd()];
    const lines: string[] = [];
    let line = '';
    let used = 0;
    for (const word of piecesOf(shown)) {
      const takes = width(word, face, size);
      if (used + takes <= most) {
        line += word;
        used += takes;
        continue;
      }
      if (line.trim() !== '') lines.push(line.trimEnd());
      line = '';
      used = 0;
      // A word that fits no line is cut where the line ends.
      for (const char of word.trimStart() === '' ? '' : word) {
        const one = widthOf(char, face) * size;
        if (used + one > most && line !== '') {
          lines.push(line);
          line = '';
          used = 0;
        }
        line += char;
        used += one;
      }
    }
    if (line.trim() !== '') lines.push(line.trimEnd());
    return lines.length === 0 ? [''] : lines;
  };
  // Most cells of a long table say what others in their column say.
  const columns = new Map<string, (text: string) => readonly string[]>();
  return {
    readable,
    width,
    lines(text, face, size, most) {
      const key = `${face} ${String(size)} ${String(most)}`;
      let column = columns.get(key);
      if (column === undefined) columns.set(key, (column = remembered((one) => broken(one, face, size, most))));
      return column(text);
    },
  };
}

/** Texts whose answer is remembered; then all are forgotten. */
const mostRemembered = 4000;

/** The same for the same text, worked out once for as long as it is remembered. */
export function remembered<T>(work: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const made = work(text);
    if (known.size >= mostRemembered) known.clear();
    known.set(text, made);
    return made;
  };
}

/** Words with what follows them, also broken after dots, slashes and underscores, as long names need it. */
function piecesOf(text: string): readonly string[] {
  return text.match(/[^\s./_,;:-]*(?:[./_,;:-]+|\s+|$)/gu)?.filter((piece) => piece !== '') ?? [];
}

/** The font that a face was registered with, as the library has it open; its types do not tell of it. */
function fontOf(document: Pdf, face: Face): { hasGlyphForCodePoint(code: number): boolean } {
  const opened = document.font(face) as unknown as {
    readonly _font: { readonly font: { hasGlyphForCodePoint(code: number): boolean } };
  };
  return opened._font.font;
}
