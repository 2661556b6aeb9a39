import { execFileSync } from 'node:child_process';
import { describe, it } from 'vitest';
import { postgres } from '../../../connectors/postgres/connector.ts';
import { postgresConfig } from '../../../connectors/postgres/config.ts';
import { joinName } from '../../../server/model/dataset-name.ts';
import { printPath } from '../../../server/model/ids.ts';
import { datasetsOf, readAll } from '../../connector-messages.ts';
import { has } from '../../../scripts/own-server.ts';
import { expectSameLists, listsOf, type Lists } from '../../side-by-side.ts';
import { context, describeOnPostgres } from './real-server.ts';

const missing = has('psql') ? null : 'psql is not installed (Debian: postgresql-client)';
const title = `postgres beside psql${missing === null ? '' : ` (skipped: ${missing})`}`;

if (missing !== null)
  describe.skip(title, () => it('lists the same tables and columns, side by side by name', () => {}));
else
  describeOnPostgres(title, [], (real) => {
    /** Fields of the lines that psql prints for a backslash command, its head and its foot among them. */
    function listed(url: string, command: string): readonly (readonly string[])[] {
      const args = [url, '-X', '-q', '-A', '-F', '\t', '-P', 'pager=off', '-c', command];
      const printed = execFileSync('psql', args, { encoding: 'utf8', env: { ...process.env, PGOPTIONS: '' } });
      return printed.split('\n').flatMap((line) => (line === '' ? [] : [line.split('\t')]));
    }

    const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

    /** Everything that `\d` lists of the schemas that people made: tables, views, foreign tables, and their columns. */
    function theirs(url: string, database: string): Lists {
      const tables: string[] = [];
      const columns: string[] = [];
      const kinds: ReadonlySet<string> = new Set([
        'table',
        'view',
        'materialized view',
        'foreign table',
        'partitioned table',
      ]);
      const schemas = listed(url, String.raw`\dn`).flatMap(([name = '', owner]) =>
        owner === undefined || name === 'Name' ? [] : [name],
      );
      for (const schema of schemas)
        for (const [, name = '', kind = ''] of listed(url, String.raw`\dtvmE ${quoted(schema)}.*`)) {
          if (!kinds.has(kind)) continue;
          const lines = listed(url, String.raw`\d ${quoted(schema)}.${quoted(name)}`);
          // A partition is a part of its root, as its own description says.
          if (lines.some(([first = '']) => first.startsWith('Partition of:'))) continue;
          const whole = joinName([database, schema, name]);
          tables.push(whole);
          // Lines of columns alone have several fields; the first of them is their head.
          const [, ...described] = lines.filter((line) => line.length > 1);
          columns.push(...described.map(([column = '']) => `${whole}.${printPath([column])}`));
        }
      return { tables, columns };
    }

    it('lists the same tables and columns, side by side by name', async () => {
      const database = 'listed';
      const url = await real().database(database, true);
      const ours = listsOf(datasetsOf(await readAll(postgres.connect(postgresConfig.parse({ url }), context))));
      expectSameLists(real().server.version, String.raw`psql (\d)`, ours, theirs(url, database));
    });
  });
