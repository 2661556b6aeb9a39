import { z } from 'zod';
import { parseJson } from '../../server/base/parse-json.ts';
import type { GlueTable } from './shapes.ts';

/** The query of a view, and how its names are read. */
export interface ViewText {
  readonly sql: string;
  readonly dialect: string;
  readonly database: string | null;
  readonly isMaterialized: boolean;
}

/** What Athena, Presto and Trino keep of a view, in base64 of JSON. */
const prestoView = z.object({ originalSql: z.string(), schema: z.string().nullish() });
const prestoText = /^\s*\/\* Presto (Materialized )?View: ([A-Za-z0-9+/=\s]+?)\s*\*\//u;
/** A view longer than this is not one that a person wrote. */
const maxBytes = 4 * 1024 * 1024;
const dialects: Readonly<Record<string, string>> = { ATHENA: 'athena', SPARK: 'spark', REDSHIFT: 'redshift' };

/** The query of a view that Athena, Presto, Trino, Spark, Hive or Glue itself made; null when it cannot be told. */
export function viewText(table: GlueTable): ViewText | null {
  const original = table.ViewOriginalText ?? '';
  const presto = prestoText.exec(original);
  if (presto !== null) return fromPresto(presto[2] ?? '', presto[1] !== undefined);
  for (const [name, dialect] of Object.entries(dialects)) {
    const said = table.ViewDefinition.find(({ Dialect }) => Dialect?.toUpperCase() === name);
    const sql = said?.ViewOriginalText ?? said?.ViewExpandedText ?? '';
    const within = prestoText.exec(sql);
    if (within !== null) return fromPresto(within[2] ?? '', within[1] !== undefined);
    if (sql.trim() !== '') return { sql, dialect, database: null, isMaterialized: false };
  }
  if (Object.keys(table.Parameters).some((name) => name.startsWith('spark.sql.') || name.startsWith('view.query.out.')))
    return original.trim() === '' ? null : fromSpark(original, table.Parameters);
  // Hive writes every name out in the expanded text.
  const hive = [table.ViewExpandedText ?? '', original].find(
    (text) => text.trim() !== '' && !/^\s*\/\*[^*]*\*\/\s*$/u.test(text),
  );
  return hive === undefined ? null : { sql: hive, dialect: 'hive', database: null, isMaterialized: false };
}

function fromPresto(encoded: string, isMaterialized: boolean): ViewText | null {
  try {
    const text = Buffer.from(encoded, 'base64').toString('utf8');
    const parsed = prestoView.safeParse(parseJson(text, 'view', maxBytes));
    if (!parsed.success) return null;
    const { originalSql: sql, schema } = parsed.data;
    return { sql, dialect: 'athena', database: schema ?? null, isMaterialized };
  } catch {
    return null;
  }
}

/** Spark keeps where the view was made: `view.catalogAndNamespace.part.0` is the catalog. */
function fromSpark(sql: string, parameters: Readonly<Record<string, string>>): ViewText {
  const count = Number(parameters['view.catalogAndNamespace.numParts'] ?? 0);
  const database = parameters[`view.catalogAndNamespace.part.${count - 1}`] ?? null;
  return { sql, dialect: 'spark', database: count > 1 ? database : null, isMaterialized: false };
}
