/** A type that lists its values, with quotes or without: `enum(new, paid)`, `SET(…)`. `set<text>` names a type of its own. */
const listing =
  /(?<![\p{L}\p{N}_])((?:enum\d*|categor(?:y|ical))\s*[(<]|set\s*\()((?:'(?:[^'\\]|''|\\.)*'|"(?:[^"\\]|""|\\.)*"|`[^`]*`|\$\$(?:[^$]|\$(?!\$))*\$\$|[^()<>'"`])*)(?=[)>]|$)/giu;
const item = /(?:'(?:[^'\\]|''|\\.)*'|"(?:[^"\\]|""|\\.)*"|`[^`]*`|\$\$(?:[^$]|\$(?!\$))*\$\$|[^,'"`])+/gu;

/**
 * A column's type without the values that it lists: `enum('new', 'paid')` becomes `enum(2 values)`; and without what else stands
 * in quotes in it. Any other type stays as it is.
 */
export function typeWithoutValues(type: string): string {
  return withoutQuoted(
    type.replaceAll(listing, (whole, before: string, values: string) =>
      /^\s*(?:\d+ values)?\s*$/u.test(values) ? whole : `${before}${values.match(item)?.length ?? 0} values`,
    ),
  );
}

function withoutQuoted(type: string): string {
  const quoted = /'(?:[^'\\]|''|\\.)*'?|"(?:[^"\\]|""|\\.)*"?/gu;
  const words = type.match(quoted);
  if (words === null) return type;
  let first = true;
  return type
    .replaceAll(quoted, () => {
      const said = first ? `${words.length} values` : '';
      first = false;
      return said;
    })
    .replaceAll(/ values(?:\s*[,=]?\s*-?\d*\s*)*(?=[)>])/gu, ' values');
}
