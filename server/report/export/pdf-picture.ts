import { metrics } from '../../draw/metrics.ts';
import type { Picture } from '../../draw/picture.ts';
import { pathOf, tipOf } from '../../draw/svg-shapes.ts';
import { ink, inner, page, type Face } from './pdf-page.ts';
import type { Breaker } from './pdf-text.ts';

type Pdf = PDFKit.PDFDocument;

const stateColours = { SENSITIVE: '#b42318', NOT_SENSITIVE: '#2f6f4f', UNDECIDED: '#8a5a00', GAP: '#6d28d9' } as const;
const curveColours = { direct: '#64748b', 'step-down': '#0f766e', indirect: '#8a94a3', dataset: '#8a94a3' } as const;

/** Where a picture may stand, and how to get a fresh page. */
interface Space {
  readonly y: number;
  readonly top: number;
  readonly bottom: number;
  fresh(): void;
}

/** A lineage picture as vectors, made to fit the page; a figure whose words are read out. Returns where it ends. */
export function drawPicture(
  pdf: Pdf,
  breaker: Breaker,
  parent: PDFKit.PDFStructureElement,
  picture: Picture,
  space: Space,
): number {
  const scale = Math.min(0.75, inner / picture.width, (space.bottom - space.top - 30) / picture.height);
  const height = picture.height * scale;
  let { y } = space;
  if (y + height + 20 > space.bottom) {
    space.fresh();
    y = space.top + 24;
  }
  const alt = `${picture.title}. ${picture.description}${picture.notes.length === 0 ? '' : `. ${picture.notes.join(' ')}`}`;
  const bbox = [page.margin, y, page.margin + picture.width * scale, y + height];
  // The library knows the box of a figure, its types do not yet.
  const figure = pdf.struct('Figure', { alt, bbox } as never, () => {
    pdf.save();
    pdf.translate(page.margin, y).scale(scale);
    paint(pdf, breaker, picture);
    pdf.restore();
  });
  parent.add(figure);
  figure.end();
  return y + height + 10;
}

function paint(pdf: Pdf, breaker: Breaker, picture: Picture): void {
  for (const curve of picture.curves) {
    const colour = curveColours[curve.style];
    pdf.path(pathOf(curve)).lineWidth(1.2).strokeColor(colour);
    if (curve.style === 'indirect' || curve.style === 'dataset') pdf.dash(4, { space: 3 });
    pdf.stroke().undash();
    pdf.path(tipOf(curve)).fill(colour);
  }
  for (const box of picture.boxes) {
    pdf.roundedRect(box.x, box.y, box.width, box.height, 5).lineWidth(box.isOrigin ? 1.6 : 0.9);
    pdf.fillAndStroke('#ffffff', box.isOrigin ? '#1d4ed8' : '#888888');
    const name = fitted(breaker, box.name, 'bold', 10.5, box.width - 20);
    words(pdf, name, { x: box.x + 10, y: box.y + 9, face: 'bold', size: 10.5, colour: ink.text });
    pdf
      .lineWidth(0.6)
      .strokeColor(ink.line)
      .moveTo(box.x, box.y + metrics.header - 2)
      .lineTo(box.x + box.width, box.y + metrics.header - 2)
      .stroke();
    for (const row of box.rows) {
      const middle = row.y + metrics.row / 2;
      const colour = row.state === null ? ink.muted : stateColours[row.state];
      if (row.state !== null) pdf.circle(box.x + 13, middle, 3.5).fill(colour);
      const width = breaker.width(row.label, 'text', 9);
      const field = fitted(breaker, row.name, 'mono', 10, box.width - 40 - width);
      words(pdf, field, { x: box.x + 23, y: middle - 5.5, face: 'mono', size: 10, colour: ink.text });
      words(pdf, row.label, { x: box.x + box.width - 9 - width, y: middle - 5, face: 'text', size: 9, colour });
    }
  }
  for (const box of picture.boxes)
    for (const arrival of [...box.arriving, ...box.rows.flatMap(({ arriving }) => arriving)]) {
      const width = breaker.width(arrival.words, 'text', 8.5) + 4;
      const left = arrival.side === 'left' ? box.x - 10 - width : box.x + box.width + 10;
      pdf.rect(left, arrival.y - 7, width, 14).fill('#ffffff');
      words(pdf, arrival.words, { x: left + 2, y: arrival.y - 5, face: 'text', size: 8.5, colour: '#0f766e' });
    }
}

/** Letters that the font lacks stand as code points, cut to the room that the letters had; the figure's words have them whole. */
function fitted(breaker: Breaker, text: string, face: Face, size: number, most: number): string {
  const readable = breaker.readable(text, face);
  if (readable === text || breaker.width(readable, face, size) <= most) return readable;
  let cut = readable;
  while (cut.length > 1 && breaker.width(`${cut}…`, face, size) > most) cut = cut.slice(0, -1);
  return `${cut}…`;
}

function words(
  pdf: Pdf,
  text: string,
  {
    x,
    y,
    face,
    size,
    colour,
  }: { readonly x: number; readonly y: number; readonly face: string; readonly size: number; readonly colour: string },
): void {
  pdf.font(face).fontSize(size).fillColor(colour).text(text, x, y, { lineBreak: false });
}
