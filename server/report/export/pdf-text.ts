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
  const readable = (text: string, face: Face): string => {
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
  const width = (text: string, face: Face, size: number): number => {
    let sum = 0;
    for (const char of text) sum += widthOf(char, face);
    return sum * size;
  };
  return {
    readable,
    width,
    lines(text, face, size, most) {
      const lines: string[] = [];
      let line = '';
      let used = 0;
      for (const word of piecesOf(readable(text, face))) {
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
    },
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
