import { canonicalJson } from '../model/json.ts';
import type { DatasetKey, FieldDescription } from '../model/document.ts';
import { printPath, type QualifiedName } from '../model/ids.ts';
import { declaredKeys } from '../sql/declared-keys.ts';
import type { PendingJob } from './intake.ts';
import type { ResolvedStatement } from './job-sql.ts';
import { foldPart, parseSqlName } from './sql-names.ts';

/**
 * The keys that all DDL of a source declares, by the table that they are of ({@link keyText}): a constraint may be added in
 * another text than the one that creates its table. Executed queries are left out, as a log tells nothing of what still is.
 */
export function keysDeclared(
  pending: readonly PendingJob[],
  resolved: readonly (readonly ResolvedStatement[])[],
  nameOf: (sqlName: string, one: ResolvedStatement) => QualifiedName,
): ReadonlyMap<string, readonly DatasetKey[]> {
  const found = new Map<string, DatasetKey[]>();
  pending.forEach(({ document }, i) => {
    if (document.kind === 'query') return;
    for (const one of resolved[i] ?? []) {
      const { dialect, sql, defaultDatabase = null, defaultSchema = null } = one.statement;
      for (const key of declaredKeys(sql, dialect, { database: defaultDatabase, schema: defaultSchema })) {
        const table = keyText(nameOf(key.table, one));
        const pathsOf = (columns: readonly string[]) => columns.map((column) => [fieldName(column, dialect)]);
        const { references } = key;
        const keys = found.get(table) ?? [];
        keys.push({
          kind: key.kind,
          ...(key.name === null ? {} : { name: key.name }),
          fields: pathsOf(key.columns),
          ...(references === null
            ? {}
            : { references: { dataset: nameOf(references.table, one), fields: pathsOf(references.columns) } }),
        });
        found.set(table, keys);
      }
    }
  });
  return found;
}

/** A table's name as one text. */
export function keyText({ namespace, name }: QualifiedName): string {
  return `${namespace}\u0000${name}`;
}

/** Those keys whose fields the table has, each once; of primary keys the first. */
export function knownKeys(
  declared: readonly DatasetKey[],
  fields: readonly Pick<FieldDescription, 'path'>[],
): readonly DatasetKey[] {
  const known = new Set(fields.map(({ path }) => printPath(path)));
  const keys = new Map<string, DatasetKey>();
  for (const key of declared)
    if (key.fields.every((path) => known.has(printPath(path))))
      setOnce(keys, key.kind === 'primary' ? 'primary' : canonicalJson({ ...key, name: null }), key);
  return [...keys.values()];
}

/** A column as the engine would store it. */
export function fieldName(column: string, dialect: string): string {
  const { parts, quoted } = parseSqlName(column);
  return parts.length === 1 ? foldPart(parts[0] ?? column, quoted[0] ?? false, dialect) : column;
}

function setOnce<K, V>(map: Map<K, V>, key: K, value: V): void {
  if (!map.has(key)) map.set(key, value);
}
