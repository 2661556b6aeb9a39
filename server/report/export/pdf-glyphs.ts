import type { Face } from './pdf-page.ts';
import { remembered } from './pdf-text.ts';

type Pdf = PDFKit.PDFDocument;

/** A font as the library has it open; its types do not tell of it. */
interface OpenFont {
  readonly id: string;
  /** Thousandths of the size. */
  readonly ascender: number;
  ref(): unknown;
  encode(text: string): readonly [glyphs: readonly string[], positions: readonly Position[]];
}

interface Position {
  readonly xAdvance: number;
  readonly xOffset: number;
  readonly yOffset: number;
  readonly advanceWidth: number;
}

/** A face as operators of a page need it. */
export interface PageFont {
  /** Its name among the fonts of the page, where it is added if need be. */
  readonly name: string;
  /** From the top of a line to the line that letters stand on, as a share of the size. */
  readonly ascent: number;
}

/** Numbers of letters in the fonts of a document, each looked up once. */
export interface Glyphs {
  /**
   * The text as glyph numbers in hexadecimal; null where letters join, stack or move (Arabic, Indic scripts, marks of their
   * own), so that the library has to set them.
   */
  hex(text: string, face: Face): string | null;
  font(face: Face): PageFont;
}

/** Letters that stand beside each other as they are: Latin, Greek, Cyrillic, Armenian, Georgian, signs and arrows. */
const plain =
  /^[\u0020-\u02ff\u0370-\u0482\u048a-\u058f\u10a0-\u10ff\u1e00-\u200a\u2010-\u2027\u2030-\u20cf\u2100-\u23ff]$/u;

/** Looks up in the fonts of a document. */
export function createGlyphs(pdf: Pdf): Glyphs {
  const fonts = new Map<Face, OpenFont>();
  const known: Record<Face, Map<string, string | null>> = { text: new Map(), bold: new Map(), mono: new Map() };
  const open = (face: Face): OpenFont => {
    const before = fonts.get(face);
    if (before !== undefined) return before;
    const { _font: font } = pdf.font(face) as unknown as { readonly _font: OpenFont };
    fonts.set(face, font);
    return font;
  };
  const lookUp = (char: string, face: Face): string | null => {
    if (!plain.test(char)) return null;
    const [glyphs, positions] = open(face).encode(char);
    const [one] = positions;
    const isStill =
      one !== undefined && one.xOffset === 0 && one.yOffset === 0 && Math.abs(one.xAdvance - one.advanceWidth) < 0.001;
    return glyphs.length === 1 && isStill ? (glyphs[0] ?? null) : null;
  };
  const hexOf = (text: string, face: Face): string | null => {
    const glyphs = known[face];
    let hex = '';
    for (const char of text) {
      let one = glyphs.get(char);
      if (one === undefined) glyphs.set(char, (one = lookUp(char, face)));
      if (one === null) return null;
      hex += one;
    }
    return hex;
  };
  const hexes = {
    text: remembered((text) => hexOf(text, 'text')),
    bold: remembered((text) => hexOf(text, 'bold')),
    mono: remembered((text) => hexOf(text, 'mono')),
  };
  return {
    hex: (text, face) => hexes[face](text),
    font(face) {
      const font = open(face);
      const { fonts: ofPage } = pdf.page as unknown as { readonly fonts: Record<string, unknown> };
      ofPage[font.id] ??= font.ref();
      return { name: font.id, ascent: font.ascender / 1000 };
    },
  };
}
