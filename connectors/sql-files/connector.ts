import { z } from 'zod';
import type { Connector } from '../connector.ts';
import { digestOf } from '../../server/model/json.ts';
import type { SourceMessage } from '../../server/model/document.ts';
import type { Gap } from '../../server/model/provenance.ts';
import { localPath } from '../kit/local-path.ts';
import { listFiles, readSqlFile, type SqlFile } from './client.ts';
import { sqlFilesConfig, type SqlFilesConfig } from './config.ts';
import { mapFile } from './map.ts';

const cursorShape = z.object({ version: z.literal(1), files: z.string() });
const scope = 'files';

/** A folder of SQL: DDL, views, ETL scripts. Each file is a job; the tables that it creates are learnt from its text. */
export const sqlFiles: Connector<SqlFilesConfig> = {
  name: 'sql-files',
  configSchema: sqlFilesConfig,
  capabilities: { mode: 'snapshot', incremental: true, profile: [], accept: false, write: false },
  connect(given, context) {
    const { source } = context;
    const config = { ...given, path: localPath(context, given.path) };
    return {
      async check(signal) {
        const { names, closed } = await listFiles(source, config.path, signal);
        return { system: `${names.length} SQL files (${config.dialect})`, gaps: closed.map(closedGap), notes: [] };
      },
      async *read(request, signal): AsyncIterable<SourceMessage> {
        const { names, closed } = await listFiles(source, config.path, signal);
        yield { type: 'scopes', scopes: [scope] };
        const files: SqlFile[] = [];
        for (const name of names) {
          signal.throwIfAborted();
          files.push(await readSqlFile(config.path, name, config.maxBytes));
        }
        const digest = digestOf([{ ...config, path: '' }, files.map((file) => [file.name, file.digest]), closed]);
        if (cursorShape.safeParse(request.cursor?.at).data?.files === digest) return;
        yield { type: 'scope-begin', scope };
        yield* messages(files, source, config);
        for (const folder of closed) yield { type: 'gap', scope, gap: closedGap(folder) };
        if (closed.length > 0 || files.some((file) => file.problem !== null)) return;
        yield { type: 'scope-complete', scope };
        yield { type: 'checkpoint', cursor: { version: 1, files: digest } };
      },
      close: async () => {},
    };
  },
};

function closedGap(folder: string): Gap {
  return {
    what: `folder ${folder}`,
    reason: 'not-read',
    detail: 'it cannot be looked into: what SQL is in it is not known',
    remedy: 'give the user that runs Lexline the right to list and read it',
  };
}

function* messages(files: readonly SqlFile[], source: string, config: SqlFilesConfig): Iterable<SourceMessage> {
  for (const { name, text, problem } of files) {
    if (text !== null) yield { type: 'document', scope, document: mapFile(name, text, source, config) };
    else
      yield {
        type: 'gap',
        scope,
        gap: {
          what: `file ${name}`,
          reason: 'not-read',
          detail: problem ?? 'the file cannot be read',
          remedy:
            'let the user that runs Lexline read it, and see that it is text in UTF-8 within the limits of the source',
        },
      };
  }
}
