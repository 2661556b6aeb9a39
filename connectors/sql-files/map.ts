import type { JobDocument } from '../../server/model/document.ts';
import type { SqlFilesConfig } from './config.ts';

/** One file as the job that runs it. Tables that its DDL creates become datasets in ingest, by way of the SQL engine. */
export function mapFile(name: string, text: string, source: string, config: SqlFilesConfig): JobDocument {
  const namespace = config.namespace ?? `sql://${source}`;
  const { sql, schema } = withSearchPath(withoutClientLines(text, config.dialect), config.dialect);
  const defaultSchema = schema ?? config.defaultSchema;
  return {
    type: 'job',
    kind: 'process',
    platform: config.dialect === 'ansi' ? 'sql' : config.dialect,
    namespace,
    name,
    native: { id: name },
    inputs: [],
    outputs: [],
    statements: [
      {
        dialect: config.dialect,
        sql,
        namespace,
        ...(config.defaultDatabase === undefined ? {} : { defaultDatabase: config.defaultDatabase }),
        ...(defaultSchema === undefined ? {} : { defaultSchema }),
      },
    ],
  };
}

const searchPath =
  /^\s*set\s+(?:session\s+|local\s+)?search_path\s*(?:=|\bto\b)\s*("[^"\n]+"|[\p{L}_][\p{L}\p{N}_$]*)\s*;/gimu;

/**
 * The one schema that a file says its bare names lie in (`SET search_path TO marketing;` of PostgreSQL), and the text
 * without that statement. A path of several schemas, or another one further down, says no single place: nothing is taken.
 */
function withSearchPath(text: string, dialect: string): { readonly sql: string; readonly schema: string | undefined } {
  if (!pathDialects.has(dialect)) return { sql: text, schema: undefined };
  const said = [...text.matchAll(searchPath)].map(([, name = '']) =>
    name.startsWith('"') ? name.slice(1, -1) : name.toLowerCase(),
  );
  const mentions = text.match(/\bsearch_path\b/giu)?.length ?? 0;
  const [schema] = said;
  if (schema === undefined || schema === 'default' || mentions !== said.length || new Set(said).size > 1)
    return { sql: text, schema: undefined };
  return { sql: text.replaceAll(searchPath, (statement) => statement.replaceAll(/[^\n]/gu, ' ')), schema };
}

const pathDialects: ReadonlySet<string> = new Set(['postgres', 'redshift']);
const copyFromStdin = /^\s*copy\s[^;]*\sfrom\s+stdin\b[^;]*;\s*$/i;
const clientLine = /^\s*\\(?!\.$)\S/;
const batchEnd: Readonly<Record<string, RegExp>> = { tsql: /^\s*go(\s+\d+)?\s*$/i, oracle: /^\s*\/\s*$/ };

/**
 * Takes out what a command-line client reads itself: rows of `COPY … FROM stdin` up to `\.` (they are values of people),
 * `\commands` of psql, and puts `;` where `GO` (tsql) or `/` (oracle) ends a batch. Line by line: a dump costs one pass.
 */
export function withoutClientLines(text: string, dialect: string): string {
  const kept: string[] = [];
  let inRows = false;
  for (const line of text.split(/\r?\n/)) {
    if (inRows) {
      if (line.trimEnd() === String.raw`\.`) inRows = false;
    } else if (copyFromStdin.test(line)) {
      inRows = true;
    } else if (batchEnd[dialect]?.test(line) === true) {
      kept.push(';');
    } else if (!clientLine.test(line)) {
      kept.push(line);
    }
  }
  return kept.join('\n');
}
