import { isLocation, locationName } from './locations.ts';
import type { Name, TableName } from '../ast/nodes.ts';
import type { Dialect } from './dialect.ts';

/** What stands in for the parts that a name leaves out. */
export interface NameDefaults {
  readonly database: string | null;
  readonly schema: string | null;
}

/** One part of a printed name: quoted only where a dot or a quote inside it would be misread. */
export function printPart(text: string): string {
  return /^[^."]*$/.test(text) ? text : `"${text.replaceAll('"', '""')}"`;
}

/** A name as it is printed, `db.schema.table`. */
export function printName(parts: readonly string[]): string {
  return parts.map(printPart).join('.');
}

/** Takes a printed name apart again. */
export function splitName(name: string): readonly string[] {
  // A part that is left out between two dots is one all the same.
  const parts = name.match(/"(?:[^"]|"")*"|[^."]+|(?<=\.)(?=\.)/g) ?? [];
  return parts.map((part) => (part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part));
}

/** T-SQL's four parts: a table of a linked server, those that are left out empty. */
export function tableOfServer(server: Name, table: TableName): TableName {
  const left = { text: '', quoted: false };
  return [server, ...[left, left].slice(Math.min(2, table.length - 1)), ...table];
}

const shard = /_(?:19|20)\d{6}$/;
const fileFormats = new Set(['parquet', 'csv', 'json', 'orc', 'avro', 'delta', 'text', 'binaryfile', 'iceberg', 'xml']);

/**
 * The parts of a table's full name with the defaults filled in, spelled as written.
 * BigQuery: one pair of backticks may hold all parts, `$partition` decorators are dropped, date shards `_20240131` and
 * the wildcards over them become `_yyyymmdd` (documentation: "Querying sharded tables", "partition decorators").
 */
export function fullName(name: TableName, dialect: Dialect, defaults: NameDefaults): readonly string[] {
  const isPipeline = name.length === 2 && name[0]?.text.toUpperCase() === dialect.pipelineSchema;
  const own = isPipeline ? name.slice(1) : name;
  const parts = dialect.quotedPath ? bigQueryParts(own) : own.map((part) => part.text);
  const path = filePath(name);
  if (path !== null) return [path];
  const named = parts.map((part, at) =>
    part === '' && at > 0 && at === parts.length - 2 ? (defaults.schema ?? dialect.middleSchema ?? '') : part,
  );
  // `db..t`: which schema that is, is the database's to say.
  const filled = named.filter((part, at) => part !== '' || (at > 0 && at < named.length - 1));
  const [first] = filled;
  if (first !== undefined && filled.length === 1 && /^[@#]/u.test(first)) return filled;
  const { database, schema } = defaults;
  if (filled.length === 1) {
    if (schema !== null) return database === null ? [schema, ...filled] : [database, schema, ...filled];
    return database !== null && dialect.levels === 2 ? [database, ...filled] : filled;
  }
  if (filled.length === 2 && database !== null && (dialect.levels === 3 || schema !== null))
    return [database, ...filled];
  return filled;
}

/** Spark and DuckDB read files by their path: parquet.`/a/b`, 'x.parquet'. */
function filePath(name: TableName): string | null {
  const last = name.at(-1);
  if (last === undefined) return null;
  const format = name[0]?.text.toLowerCase() ?? '';
  if (name.length === 2 && last.quoted && fileFormats.has(format) && /[/\\]|:\/\//.test(last.text))
    return locationName(last.text);
  if (name.length !== 1) return null;
  if (last.quoted && (isLocation(last.text) || dataFile.test(last.text))) return locationName(last.text);
  return last.text.includes('/') && last.text.startsWith('@') ? last.text : null;
}

const dataFile = /\.(?:parquet|csv|json|jsonl|ndjson|tsv|orc|avro|xlsx|txt)(?:\.(?:gz|zst|bz2))?$/i;

function bigQueryParts(name: TableName): readonly string[] {
  const parts = name.flatMap((part: Name) => (part.quoted ? part.text.split('.') : [part.text]));
  const last = parts.at(-1);
  if (last === undefined) return parts;
  const table = last
    .replace(/\$.*$/, '')
    .replace(/_\d{0,7}\*$/, '_yyyymmdd')
    .replace(shard, '_yyyymmdd');
  return [...parts.slice(0, -1), table];
}
