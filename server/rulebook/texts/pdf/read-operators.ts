import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { drawnPage, type DrawnPage } from './drawn-words.ts';
import type { DrawnFont } from './drawing-state.ts';
import { asRecord, isNumbers, toRect } from './operands.ts';

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
    return drawnPage({
      fnArray,
      argsArray,
      view: toRect(page.view),
      userUnit: page.userUnit,
      font: (name) => (page.commonObjs.has(name) ? toFont(page.commonObjs.get(name)) : null),
      isShown: (layer) => layers.isVisible(layer),
    });
  } finally {
    page.cleanup();
  }
}

function toFont(value: unknown): DrawnFont {
  const { vertical, isType3Font, fontMatrix } = asRecord(value);
  const unit = isNumbers(fontMatrix, 6) ? fontMatrix[0] : undefined;
  return { isVertical: vertical === true, isDrawn: isType3Font === true, unit: unit ?? 0.001 };
}
