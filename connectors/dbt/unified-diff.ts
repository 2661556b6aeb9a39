/** Unchanged lines around a change. */
const context = 3;
/** New lines in a row among which an old one is looked for. */
const lookAhead = 8;

type Line = readonly [mark: ' ' | '-' | '+', text: string];

/**
 * A unified diff of two texts of which the second was made from the first by adding lines and changing single ones, as `patch`
 * and `git apply` take it. Empty for equal texts. Pure.
 */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return '';
  const lines = compare(linesOf(before), linesOf(after));
  const hunks: string[] = [];
  let oldLine = 1;
  let newLine = 1;
  for (let at = 0; at < lines.length;) {
    if (lines[at]?.[0] === ' ') {
      at += 1;
      oldLine += 1;
      newLine += 1;
      continue;
    }
    const from = Math.max(0, at - context);
    let to = at;
    for (let quiet = 0, i = at; i < lines.length && quiet <= context * 2; i++) {
      quiet = lines[i]?.[0] === ' ' ? quiet + 1 : 0;
      if (quiet === 0) to = i + 1;
    }
    const end = Math.min(lines.length, to + context);
    const hunk = lines.slice(from, end);
    const count = (marks: string): number => hunk.filter(([mark]) => marks.includes(mark)).length;
    hunks.push(`@@ -${oldLine - (at - from)},${count(' -')} +${newLine - (at - from)},${count(' +')} @@`);
    hunks.push(
      ...hunk.map(([mark, text]) => `${mark}${text.endsWith('\n') ? text.slice(0, -1) : `${text}${unended}`}`),
    );
    const passed = lines.slice(at, end);
    oldLine += passed.filter(([mark]) => mark !== '+').length;
    newLine += passed.filter(([mark]) => mark !== '-').length;
    at = end;
  }
  // Without a tab behind it, a name with a space would end at the space.
  const end = path.includes(' ') ? '\t' : '';
  return [`--- a/${path}${end}`, `+++ b/${path}${end}`, ...hunks, ''].join('\n');
}

function compare(before: readonly string[], after: readonly string[]): readonly Line[] {
  const lines: Line[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    const [old, now] = [before[i], after[j]];
    if (old !== undefined && old === now) {
      lines.push([' ', old]);
      i += 1;
      j += 1;
      continue;
    }
    const found = old === undefined ? -1 : after.slice(j, j + lookAhead).indexOf(old);
    if (found > 0 || old === undefined) {
      const added = after.slice(j, found > 0 ? j + found : after.length);
      lines.push(...added.map((text): Line => ['+', text]));
      j += added.length;
      continue;
    }
    lines.push(['-', old]);
    i += 1;
    if (now !== undefined) {
      lines.push(['+', now]);
      j += 1;
    }
  }
  return lines;
}

/** What follows the last line of a file that ends without a line break: with the break, and without it, it is another line. */
const unended = '\n\\ No newline at end of file';

/** Lines with the breaks that end them. */
function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(/(?<=\n)/u);
}
