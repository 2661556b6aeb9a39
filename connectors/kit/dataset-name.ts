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
