/** Comments, strings, quoted names, brackets and words: enough to find where a definition's header ends. */
const token =
  /--[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\]|''|\\[\s\S])*'|\$\$[\s\S]*?\$\$|"(?:[^"]|"")*"|[A-Za-z_][\w$]*|[()]/gu;

/**
 * The query of a definition: Snowflake keeps `CREATE … VIEW name (columns) options AS query` as it was typed, under the name
 * that the view had then. Null where the text has no such shape. Pure.
 */
export function queryOf(definition: string): string | null {
  let depth = 0;
  let isHeader = false;
  for (const match of definition.matchAll(token)) {
    const [word] = match;
    if (word === '(') depth += 1;
    else if (word === ')') depth -= 1;
    else if (depth > 0) continue;
    else if (/^create$/iu.test(word)) isHeader = true;
    else if (/^(?:select|with)$/iu.test(word) && !isHeader) return definition;
    else if (/^as$/iu.test(word) && isHeader) {
      const query = definition.slice(match.index + word.length).trim();
      return query === '' ? null : query;
    }
  }
  return null;
}
