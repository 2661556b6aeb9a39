import type { Face } from './pdf-page.ts';

type Pdf = PDFKit.PDFDocument;

/** Breaks texts into lines of a width, by the widths of the font's own characters, each measured once. */
export interface Breaker {
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
  const width = (text: string, face: Face, size: number): number => {
    let sum = 0;
    for (const char of text) sum += widthOf(char, face);
    return sum * size;
  };
  return {
    width,
    lines(text, face, size, most) {
      const lines: string[] = [];
      let line = '';
      let used = 0;
      for (const word of piecesOf(text)) {
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
