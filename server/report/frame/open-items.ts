import type { ReportPart, RowPart, SectionPart } from '../report.ts';

/** What the parts of a report leave open, counted while they run by. */
export interface OpenItems {
  readonly count: number;
  readonly lines: readonly OpenLine[];
}

/** One kind of open items. */
export interface OpenLine {
  /** `fact`: people have yet to enter it; `item`: the report lists it as open. */
  readonly kind: 'fact' | 'item';
  readonly what: string;
  readonly count: number;
  /** The first {@link mostNames} of them by name, each once; empty where the report counts them only. */
  readonly names: readonly string[];
}

/** Names that a line has at most. */
const mostNames = 20;

/**
 * Hands parts on, counts what is open in them (rows of sections that list open things, cells that people have yet to fill)
 * and ends with a section that says it. `onEnd` hears the sum.
 */
export async function* withOpenItems(
  parts: AsyncIterable<ReportPart>,
  onEnd: (open: OpenItems) => void = () => {},
): AsyncGenerator<ReportPart> {
  const lines = new Map<string, { readonly kind: OpenLine['kind']; count: number; readonly names: Set<string> }>();
  const add = (kind: OpenLine['kind'], what: string, count: number, name: string | null): void => {
    const line = lines.get(what) ?? { kind, count: 0, names: new Set<string>() };
    line.count += count;
    if (name !== null && line.names.size < mostNames) line.names.add(name);
    lines.set(what, line);
  };
  let section: SectionPart | null = null;
  for await (const part of parts) {
    yield part;
    if (part.type === 'section') section = part;
    else if (section !== null) {
      if (section.open === true) add('item', section.title, 1, nameOf(part, 2));
      if ((part.openCount ?? 0) > 0)
        add('item', `${section.title}: ${String(part.cells[0])}`, part.openCount ?? 0, null);
      for (const [index, origin] of (part.origins ?? []).entries())
        if (origin === 'missing')
          add('fact', `${section.title}: ${section.columns[index]?.title ?? ''} to be entered`, 1, nameOf(part, 1));
    }
  }
  const counted = [...lines].map(([what, { kind, count, names }]): OpenLine => ({
    kind,
    what,
    count,
    names: [...names],
  }));
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

/** What a row is about: those of its first cells that are words. */
function nameOf({ cells }: RowPart, first: 1 | 2): string | null {
  const words = cells.slice(0, first).filter((cell) => typeof cell === 'string' && cell !== '');
  return words.length === 0 ? null : words.join(': ');
}
