import { PDFParse } from 'pdf-parse';
import readXlsx from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { createReports } from '../../../server/report/create-reports.ts';
import { reportFormats } from '../../../server/report/formats.ts';
import { reports } from '../../../server/report/reports.ts';
import type { ReportFormat } from '../../../server/report/report.ts';
import { clinicGovernance, clinicPolicies, clinicWorld } from './clinic-world.ts';
import { queryOver } from './query-double.ts';

const made = createReports({
  query: queryOver(clinicWorld),
  version: '0.1.0',
  governance: () => Promise.resolve(clinicGovernance),
  policies: () => Promise.resolve(clinicPolicies),
});
const parameters: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  exposure: { system: 'clinic' },
  'subject-locator': { field: 'shop.clinic.patients.email' },
};

async function bytes(name: string, format: ReportFormat): Promise<Buffer> {
  const pieces: Buffer[] = [];
  const opened = await made.open({
    name,
    format,
    ...(parameters[name] === undefined ? {} : { parameters: parameters[name] }),
  });
  for await (const chunk of opened.chunks) pieces.push(Buffer.from(chunk));
  return Buffer.concat(pieces);
}

interface Json {
  readonly sections: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
  readonly contentSha256: string;
}

async function json(name: string): Promise<Json> {
  return JSON.parse((await bytes(name, 'json')).toString()) as Json;
}

const plain = (value: unknown): string => {
  if (Array.isArray(value)) return value.join('; ');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

function htmlText(file: Buffer): string {
  return file
    .toString()
    .replaceAll(/<style>.*?<\/style>|<[^>]*>/gsu, '')
    .replaceAll(/&#(\d+);/gu, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll(/\s+/gu, '');
}

async function pdfText(file: Buffer): Promise<string> {
  const parser = new PDFParse({ data: new Uint8Array(file) });
  try {
    return (await parser.getText()).text.replaceAll(/\s+/gu, '');
  } finally {
    await parser.destroy();
  }
}

describe.each(Object.keys(reports))('the report %s', (name) => {
  it('has the same rows and cells in a workbook, as an independent reader opens it', async () => {
    const { sections, contentSha256 } = await json(name);
    const sheets = await readXlsx(await bytes(name, 'xlsx'));
    expect(sheets.map(({ sheet }) => sheet)).toEqual(['report', ...Object.keys(sections), 'end']);
    for (const [id, rows] of Object.entries(sections)) {
      const [, ...body] = sheets.find(({ sheet }) => sheet === id)?.data ?? [];
      expect(body, id).toHaveLength(rows.length);
      for (const [index, row] of rows.entries())
        expect(
          Object.keys(row).map((_, column) => plain(body[index]?.[column]).replace(/^missing$/u, '')),
          id,
        ).toEqual(Object.values(row).map((cell) => plain(cell).replace(/^missing$/u, '')));
    }
    expect(sheets.at(-1)?.data).toContainEqual(['contentSha256', contentSha256]);
  });

  it('says in PDF and HTML what it says in JSON: every cell and the digest', async () => {
    const { sections, contentSha256 } = await json(name);
    const html = htmlText(await bytes(name, 'html'));
    const pdf = await pdfText(await bytes(name, 'pdf'));
    for (const [format, text] of Object.entries({ html, pdf })) expect(text, format).toContain(contentSha256);
    const joined = pdf.replaceAll(/Page\d+of\d+/gu, '');
    const cells = Object.values(sections).flatMap((rows) => rows.flatMap((row) => Object.entries(row)));
    for (const [key, value] of cells) {
      if (key === 'provenance') continue;
      for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) {
        const words = plain(item).replaceAll(/\s+/gu, '');
        expect(html.includes(words), `html ${key}: ${words}`).toBe(true);
        if (words.length < 40) expect(joined, `pdf ${key}`).toContain(words);
      }
    }
  });

  it('is the same bytes when it is made again', async () => {
    for (const format of reportFormats)
      expect((await bytes(name, format)).equals(await bytes(name, format)), format).toBe(true);
  });

  it('is a tagged PDF with title, language, page numbers and embedded fonts', async () => {
    const file = (await bytes(name, 'pdf')).toString('latin1');
    for (const mark of [
      '/MarkInfo',
      '/Marked true',
      '/StructTreeRoot',
      '/Lang',
      '/DisplayDocTitle true',
      'pdfuaid:part',
      '/FontFile2',
    ])
      expect(file).toContain(mark);
    expect(await pdfText(await bytes(name, 'pdf'))).toMatch(/Page1of\d+/u);
  });
});

describe('a long PDF', () => {
  async function longPdf(rows: number): Promise<readonly Buffer[]> {
    const { writePdf } = await import('../../../server/report/export/pdf.ts');
    const { report: head } = JSON.parse((await bytes('inventory', 'json')).toString()) as { report: never };
    async function* parts() {
      await Promise.resolve();
      const columns = [{ key: 'a', title: 'A' }] as const;
      yield { type: 'section', id: 'long', title: 'Long', about: null, look: 'table', columns } as const;
      for (let i = 0; i < rows; i++) yield { type: 'row', cells: [`row ${String(i)}`] } as const;
    }
    const pieces: Buffer[] = [];
    for await (const chunk of writePdf(head, parts())) pieces.push(Buffer.from(chunk));
    return pieces;
  }

  it('says on every page which of how many it is, of which report and revision', async () => {
    const pieces = await longPdf(2000);
    const parser = new PDFParse({ data: new Uint8Array(Buffer.concat(pieces)) });
    const { text, total } = await parser.getText();
    await parser.destroy();
    expect(total).toBeGreaterThan(20);
    const plain = text.replaceAll(/\s/gu, '');
    for (let n = 1; n <= total; n++) expect(plain).toContain(`Page${String(n)}of${String(total)}`);
    expect(plain.match(/report[0-9a-f]{12}·revision\d+of/gu)).toHaveLength(total);
  });

  it('is handed on page by page, with what belongs to which tag', async () => {
    const pieces = await longPdf(14_000);
    // What the pages say of their tags was written down before the end: each piece still belongs to an element that is there.
    const file = Buffer.concat(pieces).toString('latin1');
    const kinds = [...file.matchAll(/^(\d+) 0 obj\n<<\s?\/S \/(\w+)\s/gmu)];
    const objects = new Map(kinds.map(([, id, kind]) => [id, kind]));
    const [, parents = ''] = /\/Nums \[\n([\s\S]*?)\n\]/u.exec(file) ?? [];
    const keys = [...parents.matchAll(/^ {4}(\d+) (?:(\d+) 0 R|\[(.*)\])$/gmu)];
    expect(keys.map(([, key]) => Number(key))).toEqual(keys.map((_, index) => index));
    expect(keys.length).toBeGreaterThan(200);
    expect(file.match(/\/Type \/Page\n/gu)).toHaveLength(keys.length);
    const lists = new Map([...file.matchAll(/^(\d+) 0 obj\n\[(.*)\]$/gmu)].map(([, id, refs]) => [id, refs]));
    const owners = keys.flatMap(([, , list, refs]) =>
      [...(refs ?? lists.get(list ?? '') ?? '').matchAll(/(\d+) 0 R/gu)].map(([, id]) => objects.get(id)),
    );
    expect(owners.filter((kind) => kind === 'TD')).toHaveLength(14_000);
    expect(owners).not.toContain(undefined);
    expect([...objects.values()].filter((kind) => kind === 'Table')).toHaveLength(28);
    // Each object lies where the table at the end of the file says.
    const [, table = ''] = /\nxref\n0 \d+\n([\s\S]*?)trailer\n/u.exec(file) ?? [];
    const offsets = table.split('\n').filter((line) => line.endsWith(' n '));
    const wrong = offsets.filter((line, i) => !file.startsWith(`${String(i + 1)} 0 obj\n`, Number(line.slice(0, 10))));
    expect(offsets.length).toBeGreaterThan(28_000);
    expect(wrong).toEqual([]);
  });
});

describe('a PDF for readers of the screen', () => {
  async function pdfOf(rows: readonly (readonly string[])[]): Promise<Buffer> {
    const { writePdf } = await import('../../../server/report/export/pdf.ts');
    const { report: head } = JSON.parse((await bytes('inventory', 'json')).toString()) as { report: never };
    async function* parts() {
      await Promise.resolve();
      const columns = [
        { key: 'a', title: 'A' },
        { key: 'b', title: 'B' },
        { key: 'c', title: 'C', place: 'detail' },
      ] as const;
      yield { type: 'section', id: 's', title: 'S', about: null, look: 'table', columns } as const;
      for (const cells of rows) yield { type: 'row', cells } as const;
    }
    const pieces: Uint8Array[] = [];
    for await (const chunk of writePdf(head, parts())) pieces.push(chunk);
    return Buffer.concat(pieces);
  }

  it('shows letters that its font lacks as code points, has the letters beneath, and says so', async () => {
    const file = await pdfOf([['shop.客户.email', 'имя نام']]);
    expect(await pdfText(file)).toContain('shop.[U+5BA26237].email');
    expect(await pdfText(file)).toContain('имя');
    expect(await pdfText(file)).toContain('Lettersthatthisfile’sfontlacks');
    const letters = Buffer.from('\ufeffshop.客户.email', 'utf16le').swap16().toString('hex');
    expect(file.toString('latin1')).toContain(`/ActualText <${letters}>`);
  });

  it('has no code points, and no words about them, where its font has every letter', async () => {
    const file = await pdfOf([['shop.customers.email', 'имя']]);
    expect(file.toString('latin1')).not.toContain('/ActualText');
    expect(await pdfText(file)).not.toContain('codepoints');
  });

  it('says of its headings what they head, and of cells how far they reach, so that each row is as wide as the others', async () => {
    const text = (await pdfOf([['a', 'b', 'c']])).toString('latin1');
    expect(text.match(/\/Scope \/Column/gu)).toHaveLength(2);
    expect(text.match(/\/ColSpan 2/gu)).toHaveLength(1);
    // The number of rows of tags: one of headings, one of cells, one of details.
    expect(text.match(/\/S \/TR\s/gu)).toHaveLength(3);
  });

  it('keeps a cell that is longer than a page one cell', async () => {
    const text = (await pdfOf([['word '.repeat(6000), 'b', '']])).toString('latin1');
    expect(text.match(/\/S \/TD\s/gu)).toHaveLength(2);
    expect(text.match(/\/Type \/Page\n/gu)?.length).toBeGreaterThan(1);
  });

  it('lists no glyphs of its fonts: a list that leaves out what letters are composed of is no PDF/UA', async () => {
    expect((await pdfOf([['é', 'ü', '']])).toString('latin1')).not.toContain('/CIDSet');
  });
});

describe('a workbook', () => {
  it('holds what a spreadsheet would run, and what XML cannot hold, as plain text', async () => {
    const { writeXlsx } = await import('../../../server/report/export/xlsx.ts');
    const { report: head } = JSON.parse((await bytes('inventory', 'json')).toString()) as { report: never };
    async function* parts() {
      await Promise.resolve();
      yield {
        type: 'section',
        id: 'odd',
        title: 'Odd',
        about: null,
        look: 'table',
        columns: [{ key: 'a', title: 'A' }],
      } as const;
      yield { type: 'row', cells: ['=1+1'] } as const;
      yield { type: 'row', cells: ['<b>&\u0001\uD800x'] } as const;
      yield { type: 'row', cells: ['y'.repeat(40_000)] } as const;
    }
    const pieces: Buffer[] = [];
    for await (const chunk of writeXlsx(head, parts())) pieces.push(Buffer.from(chunk));
    const odd = (await readXlsx(Buffer.concat(pieces))).find(({ sheet }) => sheet === 'odd')?.data ?? [];
    expect(odd[1]).toEqual(['=1+1']);
    expect(odd[2]).toEqual(['<b>&\uFFFD\uFFFDx']);
    expect(String(odd[3]?.[0])).toMatch(/cut: too long for a cell/u);
  });

  it('ends with the error of the report that it was made from', async () => {
    const { writeXlsx } = await import('../../../server/report/export/xlsx.ts');
    const { report: head } = JSON.parse((await bytes('inventory', 'json')).toString()) as { report: never };
    // eslint-disable-next-line require-yield
    async function* parts(): AsyncGenerator<never> {
      await Promise.resolve();
      throw new Error('the store went away');
    }
    await expect(
      (async () => {
        for await (const chunk of writeXlsx(head, parts())) expect(chunk.length).toBeGreaterThan(0);
      })(),
    ).rejects.toThrow('the store went away');
  });
});
