/**
 * Joins the parts of a dataset's or job's name with dots, as the OpenLineage naming specification does for warehouses
 * (`db.schema.table`). A part that itself holds a dot or a double quote is put in double quotes, inner quotes doubled, so
 * that two different things never get one name. Missing parts (a warehouse without databases) are left out.
 */
export function joinName(parts: readonly (string | null | undefined)[]): string {
  return parts
    .filter((part): part is string => part !== null && part !== undefined && part !== '')
    .map((part) => (/[."]/.test(part) ? `"${part.replaceAll('"', '""')}"` : part))
    .join('.');
}

/** Cuts a name at its dots; undoes what {@link joinName} did to parts that hold dots or quotes. */
export function splitName(name: string): readonly string[] {
  const parts: string[] = [];
  const part = /"((?:[^"]|"")*)"(?:\.|$)|([^.]*)(?:\.|$)/y;
  while (part.lastIndex < name.length) {
    const match = part.exec(name);
    if (match === null) break;
    parts.push(match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"'));
  }
  return parts;
}
