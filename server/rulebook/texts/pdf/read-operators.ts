import { getDocument, OPS, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { drawnPage, type DrawnPage } from './drawn-words.ts';
import type { DrawnFont } from './drawing-state.ts';
import type { Rect } from './geometry.ts';
import { asRecord, isNumbers, toMatrix, toRect } from './operands.ts';

/** Pictures with more dots are not unfolded. */
const largestPicture = 50_000_000;

/** What each page of a PDF draws, one after the other. Fails as PDF.js does on a file that it cannot read. */
export async function readDrawnPages(bytes: Uint8Array, see: (page: DrawnPage, index: number) => void): Promise<void> {
  const task = getDocument({
    data: new Uint8Array(bytes),
    verbosity: 0,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    maxImageSize: largestPicture,
  });
  try {
    const document = await task.promise;
    for (let index = 0; index < document.numPages; index += 1) see(await readPage(document, index + 1), index);
  } finally {
    await task.destroy().catch(() => {});
  }
}

async function readPage(document: PDFDocumentProxy, number: number): Promise<DrawnPage> {
  const layers = await document.getOptionalContentConfig();
  const page = await document.getPage(number);
  try {
    const { fnArray, argsArray } = await page.getOperatorList({ annotationMode: 0 });
    const operators = {
      fnArray,
      argsArray,
      view: toRect(page.view),
      userUnit: page.userUnit,
      font: (name: string) => (page.commonObjs.has(name) ? toFont(name, page.commonObjs) : null),
      isShown: (layer: string) => layers.isVisible(layer),
    };
    return drawnPage(operators, coveringNotes(await page.getAnnotations({ intent: 'display' })));
  } finally {
    page.cleanup();
  }
}

/** Annotations that may lie over the text below them; marks on text, links, fields and signs of a note let it be read. */
const covering = new Set(['FreeText', 'Square', 'Circle', 'Polygon', 'PolyLine', 'Line', 'Ink', 'Stamp', 'Redact']);

function coveringNotes(annotations: readonly unknown[]): readonly Rect[] {
  return annotations.flatMap((one) => {
    const { subtype, rect, hasAppearance } = asRecord(one);
    return typeof subtype === 'string' && covering.has(subtype) && hasAppearance === true && isNumbers(rect, 4)
      ? [toRect(rect)]
      : [];
  });
}

/** What PDF.js knows of the fonts of a page, and of each letter that it drew from one. */
interface KnownObjects {
  has(name: string): boolean;
  get(name: string): unknown;
}

function toFont(name: string, known: KnownObjects): DrawnFont {
  const { vertical, isType3Font, fontMatrix, charProcOperatorList } = asRecord(known.get(name));
  const matrix = isNumbers(fontMatrix, 6) ? toMatrix(fontMatrix) : null;
  const plain = { isVertical: vertical === true, unit: matrix?.[0] ?? 0.001 };
  if (isType3Font === true) {
    const drawings = asRecord(charProcOperatorList);
    return {
      ...plain,
      ...drawnLetters(Object.values(drawings), matrix?.[3] ?? 0),
      isShapeless: (glyph) => leavesNothing(drawings[String(asRecord(glyph)['operatorListId'])]),
    };
  }
  return {
    ...plain,
    isColoured: false,
    height: 1,
    isShapeless(glyph) {
      const outline = `${name}_path_${String(asRecord(glyph)['fontChar'])}`;
      if (!known.has(outline)) return false;
      const path = known.get(outline);
      return path === '' || (ArrayBuffer.isView(path) && path.byteLength === 0);
    },
  };
}

/** Of a common font letters are so high, as a share of its size. */
const commonHeight = 0.7;

/** What letters that a file draws itself tell of their height and colour: only those that say their bounds take the text's colour. */
function drawnLetters(drawings: readonly unknown[], scale: number): Pick<DrawnFont, 'height' | 'isColoured'> {
  const heights: number[] = [];
  let isColoured = false;
  for (const drawing of drawings) {
    const { fnArray, argsArray } = asRecord(drawing);
    const at = Array.isArray(fnArray) ? fnArray.indexOf(OPS.setCharWidthAndBounds) : -1;
    const bounds: unknown = Array.isArray(argsArray) ? argsArray[at] : null;
    if (at < 0) isColoured ||= !leavesNothing(drawing);
    else if (isNumbers(bounds, 6)) heights.push(Math.abs((bounds[5] ?? 0) - (bounds[3] ?? 0)));
  }
  const highest = Math.max(0, ...heights) * Math.abs(scale);
  return { isColoured, height: highest > 0 ? highest / commonHeight : null };
}

function leavesNothing(drawing: unknown): boolean {
  const { fnArray } = asRecord(drawing);
  return Array.isArray(fnArray) && !fnArray.some((operator: unknown) => painting.has(operator));
}

/** Operators that leave something on the page. */
const painting: ReadonlySet<unknown> = new Set([
  OPS.constructPath,
  OPS.showText,
  OPS.shadingFill,
  OPS.paintImageXObject,
  OPS.paintInlineImageXObject,
  OPS.paintImageMaskXObject,
  OPS.paintSolidColorImageMask,
]);
