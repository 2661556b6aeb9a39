/** Comments, strings, quoted names, brackets and words: enough to find where a definition's header ends. */
const token =
  /--[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/|"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|`(?:[^`\\]|\\[\s\S])*`|[A-Za-z_]\w*|[()]/gu;

/** The query of `CREATE MATERIALIZED VIEW name … AS query`. Null where the text has no such shape. Pure. */
export function queryOf(ddl: string): string | null {
  let depth = 0;
  for (const match of ddl.matchAll(token)) {
    const [word] = match;
    if (word === '(') depth += 1;
    else if (word === ')') depth -= 1;
    else if (depth === 0 && /^as$/iu.test(word)) {
      const query = ddl
        .slice(match.index + word.length)
        .trim()
        .replace(/;\s*$/u, '');
      return query === '' || /^replica\b/iu.test(query) ? null : query;
    }
  }
  return null;
}
