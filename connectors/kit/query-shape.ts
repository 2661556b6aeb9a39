/**
 * A statement without what changes from one run of it to the next: literals, numbers, comments, spaces. Two runs of one load
 * have one shape. Only to tell statements apart: what is kept of a text is decided by ingest.
 */
export function queryShape(sql: string): string {
  return sql
    .replaceAll(
      /('(?:[^']|'')*'?)|("(?:[^"]|"")*"?|`[^`]*`?)|(--[^\n]*|\/\*[^]*?(?:\*\/|$))|((?<![\p{L}\p{N}_$])\d[\w.]*)|(\s+)/gu,
      (_, literal?: string, name?: string, _comment?: string, number?: string) => {
        if (name !== undefined) return name;
        if (literal !== undefined || number !== undefined) return '?';
        return ' ';
      },
    )
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/\?(?:\s*,\s*\?)+/gu, '?')
    .trim();
}
