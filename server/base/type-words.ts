/**
 * A column's type without what stands in quotes in it: the words of an ENUM or SET are values. `enum('new', 'paid')` becomes
 * `enum(2 values)`; a type without quotes stays as it is.
 */
export function typeWithoutValues(type: string): string {
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
