import type { ReportPart, SectionPart } from '../report.ts';

/** What the parts of a report leave open, counted while they run by. */
export interface OpenItems {
  readonly count: number;
  readonly lines: readonly { readonly what: string; readonly count: number }[];
}

/**
 * Hands parts on, counts what is open in them (rows of sections that list open things, cells that people have yet to fill)
 * and ends with a section that says it. `onEnd` hears the sum.
 */
export async function* withOpenItems(
  parts: AsyncIterable<ReportPart>,
  onEnd: (open: OpenItems) => void = () => {},
): AsyncGenerator<ReportPart> {
  const lines = new Map<string, number>();
  const add = (what: string, count: number): void => void lines.set(what, (lines.get(what) ?? 0) + count);
  let section: SectionPart | null = null;
  for await (const part of parts) {
    yield part;
    if (part.type === 'section') section = part;
    else if (section !== null) {
      if (section.open === true) add(section.title, 1);
      if ((part.openCount ?? 0) > 0) add(`${section.title}: ${String(part.cells[0])}`, part.openCount ?? 0);
      for (const [index, origin] of (part.origins ?? []).entries())
        if (origin === 'missing') add(`${section.title}: ${section.columns[index]?.title ?? ''} to be entered`, 1);
    }
  }
  const counted = [...lines].map(([what, count]) => ({ what, count }));
  const open = { count: counted.reduce((sum, { count }) => sum + count, 0), lines: counted };
  yield {
    type: 'section',
    id: 'open',
    title: 'Open items',
    about:
      open.count === 0
        ? 'Nothing in this report is listed as open.'
        : 'What is open in this report. Whoever confirms it has to have this in view.',
    columns: [
      { key: 'what', title: 'What' },
      { key: 'count', title: 'Count', holds: 'numbers' },
    ],
    look: 'table',
  };
  for (const { what, count } of counted) yield { type: 'row', cells: [what, count] };
  yield { type: 'row', cells: ['all together', open.count] };
  onEnd(open);
}
