import { isFilled } from '../sourced.ts';
import type { RowPart, SectionPart } from '../report.ts';
import { leading, type SetCell } from './pdf-cells.ts';
import { line, mainColumns, paragraph, room, rule, shown, words, type Desk } from './pdf-desk.ts';
import { ink, inner, page } from './pdf-page.ts';

/** A name and its value. */
export function factCells({ cells }: RowPart): readonly SetCell[] {
  const [name = null, ...rest] = cells;
  const cell = { face: 'text', colour: ink.text, right: false } as const;
  return [
    { ...cell, text: words(name), x: page.margin, width: 220, colour: ink.muted, tag: 'TH', heads: 'Row' },
    ...rest.map((value, index) => ({
      ...cell,
      text: words(value),
      x: page.margin + 230 + index * 250,
      width: inner - 240 - index * 250,
      tag: 'TD' as const,
    })),
  ];
}

/** A row of a table, with its group above and its details below. */
export function tableRow(
  desk: Desk,
  section: SectionPart,
  body: PDFKit.PDFStructureElement,
  { cells, origins = [] }: RowPart,
): void {
  const columns = mainColumns(section);
  const group = section.columns.flatMap((column, index) =>
    column.place === 'group' && isFilled(cells[index]) ? [words(cells[index] ?? null)] : [],
  );
  const heading = group.join(' · ');
  const details = section.columns.flatMap((column, index) =>
    column.place === 'detail' && (isFilled(cells[index]) || origins[index] === 'missing')
      ? [`${column.title}: ${shown(cells[index] ?? null, origins[index])}`]
      : [],
  );
  const isNew = heading !== '' && heading !== desk.group;
  // At the end of a page a heading would stand away from its rows, and a row away from what is told of it.
  room(desk, (2 + (isNew ? 2 : 0) + (details.length > 0 ? 3 : 0)) * leading);
  if (isNew)
    line(
      desk,
      body,
      [
        {
          text: heading,
          x: page.margin,
          width: inner,
          face: 'mono',
          colour: ink.text,
          tag: 'TH',
          heads: 'Row',
          span: columns.length,
          right: false,
        },
      ],
      true,
    );
  desk.group = heading;
  const set = columns.map(({ column, index, x, width }): SetCell => {
    const missing = origins[index] === 'missing';
    return {
      text: shown(cells[index] ?? null, origins[index]),
      x,
      width,
      face: missing ? 'bold' : 'text',
      colour: missing ? ink.gap : ink.text,
      tag: 'TD',
      right: column.holds === 'numbers',
    };
  });
  line(desk, body, set);
  if (details.length > 0)
    line(desk, body, [
      {
        text: details.join('  ·  '),
        x: page.margin + 12,
        width: inner - 12,
        face: 'text',
        colour: ink.muted,
        tag: 'TD',
        span: columns.length,
        right: false,
      },
    ]);
  rule(desk);
}

/** A row that is a table of its own: name, value, where it is from. */
export function card(desk: Desk, section: SectionPart, { cells, origins = [] }: RowPart): void {
  const { pdf, sect } = desk;
  if (sect === null) return;
  desk.y += 6;
  room(desk, 60);
  paragraph(desk, sect, 'H3', words(cells[0] ?? null), { face: 'bold', of: 9, colour: ink.text });
  const table = pdf.struct('Table');
  sect.add(table);
  for (const [index, column] of section.columns.entries()) {
    if (index === 0) continue;
    const origin = origins[index] ?? null;
    const missing = origin === 'missing';
    const cell = { right: false } as const;
    line(desk, table, [
      {
        ...cell,
        text: column.title,
        x: page.margin,
        width: 170,
        face: 'text',
        colour: ink.muted,
        tag: 'TH',
        heads: 'Row',
      },
      {
        ...cell,
        text: shown(cells[index] ?? null, origin),
        x: page.margin + 180,
        width: inner - 270,
        face: missing ? 'bold' : 'text',
        colour: missing ? ink.gap : ink.text,
        tag: 'TD',
      },
      {
        ...cell,
        text: origin ?? '',
        x: page.width - page.margin - 80,
        width: 80,
        face: 'text',
        colour: missing ? ink.gap : ink.muted,
        tag: 'TD',
      },
    ]);
    rule(desk);
  }
  table.end();
}
