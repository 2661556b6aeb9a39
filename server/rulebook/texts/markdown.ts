import { leaveOutHidden } from './leave-out-hidden.ts';

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

/** What a program reads before the document begins: `title: …` between two lines of dashes. */
const frontMatter = /^\u{FEFF}?---[ \t]*\r?\n[\w"'-]+[ \t]*:[\s\S]*?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/u;
/** A piece of code keeps its signs; a comment that begins a line and does not end goes on to the end of the text. */
const commented = /(`+)[^`\n]+\1|<!--[\s\S]*?-->|^ {0,3}<!--[\s\S]*/gmu;
/** `[handbook]: https://… "title"` and `[//]: # (a remark)`; a footnote (`[^1]: …`) is shown. */
const linkDefinition = /^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*\S+(?:[ \t]+(?:"[^"\n]*"|'[^'\n]*'|\([^\n]*\)))?[ \t]*$/gmu;
/** `~~old~~`, `~old~`, `<del>old</del>`, not across a blank line. */
const struckOut =
  /(?<!~)~~(?=[^\s~])(?:(?!\n\s*\n)[^~])*?[^\s~]~~(?!~)|(?<![\p{L}\p{N}~])~(?=[^\s~])[^~\n]*[^\s~]~(?![\p{L}\p{N}~])|<(del|s|strike)\b[^>]*>[\s\S]*?<\/\1\s*>/giu;

/**
 * Markdown without what is no word of the document in force: comments, front matter, definitions of links, struck-out text and
 * elements that a browser does not show.
 */
export function withoutUnsaid(text: string): string {
  const said = text
    .replace(frontMatter, '')
    .replaceAll(commented, (whole: string) => (whole.startsWith('`') ? whole : ' '))
    .replaceAll(linkDefinition, '')
    .replaceAll(struckOut, '');
  return leaveOutHidden(said).html;
}

const signs = /^#{1,6}\s+\S|<!--|~~\S|^ {0,3}\[[^\]\n]+\]:\s|^---\s*\n[\w"'-]+\s*:/mu;

/** Is a plain text written in Markdown? It has a heading or something left unsaid that only Markdown has. */
export function isMarkdown(text: string): boolean {
  return signs.test(text);
}

/** Markdown as plain lines: what its signs show is left, the signs are not; a row of a table keeps its bars between cells. */
export function plainMarkdown(text: string): string {
  return withoutUnsaid(text)
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
