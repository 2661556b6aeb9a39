import { deflateSync } from 'node:zlib';

/** The objects of a PDF by number, each as it stands between `obj` and `endobj`. */
export type PdfObjects = ReadonlyMap<number, string | Buffer>;

/** Writes objects, the table of where they stand, and a trailer. Object 1 is the catalogue. */
export function writePdf(objects: PdfObjects, trailer = ''): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n%âãÏÓ\n', 'latin1')];
  const offsets = new Map<number, number>();
  let length = parts[0]?.length ?? 0;
  const put = (part: Buffer): void => {
    parts.push(part);
    length += part.length;
  };
  for (const [number, body] of objects) {
    offsets.set(number, length);
    put(Buffer.concat([Buffer.from(`${number} 0 obj\n`), Buffer.from(body), Buffer.from('\nendobj\n')]));
  }
  const size = Math.max(...objects.keys()) + 1;
  const start = length;
  const rows = Array.from({ length: size }, (_, number) => {
    const offset = offsets.get(number);
    return offset === undefined ? '0000000000 65535 f \n' : `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  put(
    Buffer.from(
      `xref\n0 ${size}\n${rows.join('')}trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}

/** A stream, compressed. */
export function stream(content: string | Buffer, dictionary = ''): Buffer {
  const bytes = deflateSync(content);
  return Buffer.concat([
    Buffer.from(`<< /Length ${bytes.length} /Filter /FlateDecode ${dictionary} >>\nstream\n`),
    bytes,
    Buffer.from('\nendstream'),
  ]);
}

/** The drawing operators of lines of text, from the top of a page down; `mode` 3 draws nothing that is seen. */
export function textOperators(lines: readonly string[], { mode = 0, size = 10 } = {}): string {
  const escape = (line: string): string => line.replaceAll(/[\\()]/gu, (character) => `\\${character}`);
  return `BT /F1 ${size} Tf ${mode} Tr 14 TL 50 780 Td\n${lines.map((line) => `(${escape(line)}) Tj T*`).join('\n')}\nET\n`;
}

/** An ordinary document: one page per list of lines. */
export function pdfOfPages(
  pages: readonly (readonly string[])[],
  options: { readonly mode?: number; readonly title?: string } = {},
): Buffer {
  const objects = new Map<number, string | Buffer>();
  const kids = pages.map((_, i) => `${10 + i * 2} 0 R`);
  objects.set(1, '<< /Type /Catalog /Pages 2 0 R >>');
  objects.set(2, `<< /Type /Pages /Count ${pages.length} /Kids [${kids.join(' ')}] >>`);
  objects.set(3, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
  objects.set(4, `<< /Title (${options.title ?? 'A text'}) >>`);
  for (const [i, lines] of pages.entries()) {
    const number = 10 + i * 2;
    objects.set(
      number,
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${number + 1} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
    );
    objects.set(number + 1, stream(Buffer.from(textOperators(lines, { mode: options.mode ?? 0 }), 'latin1')));
  }
  return writePdf(objects, '/Info 4 0 R');
}
