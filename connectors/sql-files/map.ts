import type { JobDocument } from '../../server/model/document.ts';
import type { SqlFilesConfig } from './config.ts';

/** One file as the job that runs it. Tables that its DDL creates become datasets in ingest, by way of the SQL engine. */
export function mapFile(name: string, text: string, source: string, config: SqlFilesConfig): JobDocument {
  const namespace = config.namespace ?? `sql://${source}`;
  const { defaultDatabase, defaultSchema } = config;
  return {
    type: 'job',
    kind: 'process',
    platform: config.dialect === 'ansi' ? 'sql' : config.dialect,
    namespace,
    name,
    native: { id: name },
    inputs: [],
    outputs: [],
    mayBreakOff: true,
    statements: [
      {
        dialect: config.dialect,
        sql: withoutClientLines(text, config.dialect),
        namespace,
        ...(defaultDatabase === undefined ? {} : { defaultDatabase }),
        ...(defaultSchema === undefined ? {} : { defaultSchema }),
      },
    ],
  };
}

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
