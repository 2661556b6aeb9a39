/** A line of dashes between the names of a table's columns and its rows: `| --- | :-: |`. */
const tableRule = /^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$/u;
/** `[the handbook](https://…)` and `![a seal](seal.png)` say their words. */
const link = /!?\[([^\]]*)\]\([^()\s]*(?:\s+"[^"]*")?\)/gu;
/** `**must**`, `*must*`, `` `name` ``, `~~old~~` around words; not a star between blanks, nor a line inside a name. */
const emphasis = /(?<![\p{L}\p{N}*])(\*{1,3}|`{1,2})(?=[^\s*`])(.{1,400}?)(?<=[^\s*`])\1(?![\p{L}\p{N}*])/gu;
const underlined = /(?<![\p{L}\p{N}_])(_{1,2})(?=[^\s_])(.{1,400}?)(?<=[^\s_])\1(?![\p{L}\p{N}_])/gu;

/** Words of a line of Markdown without the signs that only say how they look. */
export function withoutMarkup(line: string): string {
  let plain = line.replaceAll(link, '$1');
  // What is set twice (`**_must_**`) is bared from outside.
  for (let i = 0; i < 2; i += 1) plain = plain.replaceAll(emphasis, '$2').replaceAll(underlined, '$2');
  return plain;
}

/** The cells of a row of a table; null where a line has no bar. */
export function cellsOf(line: string): readonly string[] | null {
  if (!line.includes('|')) return null;
  return line
    .trim()
    .replace(/^\|/u, '')
    .replace(/(?<!\\)\|$/u, '')
    .split(/(?<!\\)\|/u)
    .map((cell) => withoutMarkup(cell.replaceAll('\\|', '|')).replaceAll(/\s+/gu, ' ').trim());
}

/** Is a line the rule under the names of a table's columns? */
export function isTableRule(line: string): boolean {
  return line.includes('|') && tableRule.test(line);
}

const heading = /^#{1,6}\s+\S/mu;

/** Is a plain text written in Markdown? It has a heading that only Markdown has. */
export function isMarkdown(text: string): boolean {
  return heading.test(text);
}

/** Markdown as plain lines: what its signs show is left, the signs are not; a row of a table keeps its bars between cells. */
export function plainMarkdown(text: string): string {
  return text
    .split('\n')
    .filter((line) => !isTableRule(line))
    .map((line) => {
      const cells = /^\s*\|.*\|\s*$/u.test(line) ? cellsOf(line) : null;
      return cells === null
        ? withoutMarkup(line.replace(/^#{1,6}\s+(.+?)\s*#*\s*$/u, '$1').replace(/^(?:\s*>)+\s?/u, ''))
        : cells.join(' | ');
    })
    .join('\n');
}
