import { visibleText } from '../../draw/text.ts';
import { createContentDigest } from '../content-digest.ts';
import { headFacts } from '../head-facts.ts';
import { isFilled } from '../sourced.ts';
import type { Cell, Column, ReportHead, ReportPart, SectionPart } from '../report.ts';

/** A report as Markdown for git: one row a line, so that a change of one field is a change of one line. */
export async function* writeMarkdown(head: ReportHead, parts: AsyncIterable<ReportPart>): AsyncGenerator<string> {
  const digest = createContentDigest(head);
  yield `# ${text(head.title)}\n\n`;
  for (const [name, value] of headFacts(head)) yield `- ${text(name)}: ${text(value)}\n`;
  let section: SectionPart | null = null;
  let group = '';
  for await (const part of parts) {
    digest.add(part);
    if (part.type === 'section') {
      section = part;
      group = '';
      yield `\n## ${text(part.title)}\n\n${part.about === null ? '' : `${text(part.about)}\n`}`;
      if (part.look === 'table' && !hasGroups(part)) yield tableHead(part.columns);
      if (part.look === 'facts' || part.look === 'prose') yield '\n';
    } else if (section !== null) {
      const { columns, look } = section;
      if (look === 'prose') yield `- ${text(part.cells[0] ?? null)}\n`;
      else if (look === 'facts') yield `- ${part.cells.map((cell) => text(cell)).join(': ')}\n`;
      else if (look === 'cards') yield card(columns, part.cells);
      else {
        const own = columns.flatMap((column, index) =>
          column.place === 'group' && isFilled(part.cells[index]) ? [text(part.cells[index] ?? null)] : [],
        );
        const heading = own.join(' · ');
        if (heading !== group) {
          group = heading;
          yield `\n### ${heading}\n\n${tableHead(columns.filter(({ place }) => place !== 'group'))}`;
        }
        yield tableRow(part.cells.filter((_, index) => columns[index]?.place !== 'group'));
      }
    }
  }
  yield `\nContent SHA-256: ${digest.end()}\n`;
}

function hasGroups({ columns }: SectionPart): boolean {
  return columns.some(({ place }) => place === 'group');
}

function tableHead(columns: readonly Column[]): string {
  return `\n| ${columns.map(({ title }) => text(title)).join(' | ')} |\n| ${columns.map(({ holds }) => (holds === 'numbers' ? '--:' : '---')).join(' | ')} |\n`;
}

function tableRow(cells: readonly Cell[]): string {
  return `| ${cells.map((cell) => text(cell)).join(' | ')} |\n`;
}

function card(columns: readonly Column[], cells: readonly Cell[]): string {
  const lines = columns.slice(1).map(({ title }, index) => `- ${text(title)}: ${text(cells[index + 1] ?? null)}\n`);
  return `\n### ${text(cells[0] ?? null)}\n\n${lines.join('')}`;
}

/** A cell as text that Markdown shows as it is. */
function text(cell: Cell): string {
  if (cell === null) return '';
  const words = typeof cell === 'object' ? cell.join('; ') : String(cell);
  return visibleText(words.replaceAll(/[\t\r\n]+/gu, ' ')).replaceAll(/[\\`*_[\]<>|#&!]/gu, String.raw`\$&`);
}
