import type { Cell, ReportHead } from './report.ts';

/** The head as names and values, for formats that have no nesting. Members without a value are left out. */
export function headFacts(head: ReportHead): readonly (readonly [name: string, value: Cell])[] {
  const { confirmation, parameters, ...plain } = head;
  const facts: (readonly [string, Cell])[] = Object.entries(plain).filter(([, value]) => value !== null);
  for (const [name, value] of Object.entries(parameters)) facts.push([`parameter ${name}`, value]);
  if (confirmation !== null)
    facts.push(
      ['confirmedBy', confirmation.by],
      ['confirmedAt', confirmation.at],
      ['openItemsAtConfirmation', confirmation.openItems],
      ['confirmedContent', confirmation.content],
    );
  return facts;
}
