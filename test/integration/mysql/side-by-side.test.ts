import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { mysql } from '../../../connectors/mysql/connector.ts';
import { mysqlConfig } from '../../../connectors/mysql/config.ts';
import { systemClock } from '../../../server/base/clock.ts';
import { silentLog } from '../../../server/base/log.ts';
import { joinName } from '../../../server/model/dataset-name.ts';
import { printPath } from '../../../server/model/ids.ts';
import { mariadbMissing, startMariadb, type RunningMariadb } from '../../../scripts/mariadb.ts';
import { datasetsOf, readAll } from '../../connector-messages.ts';
import { expectSameLists, listsOf, type Lists } from '../../side-by-side.ts';

const program = '/usr/bin/mariadb';
const missing =
  mariadbMissing() ??
  (existsSync(program) ? null : 'the command line of MariaDB is not installed (Debian: mariadb-client)');
const fixture = readFileSync(join(import.meta.dirname, '../../fixtures/mysql/schema.sql'), 'utf8');
/** Schemas of the server itself. */
const own: ReadonlySet<string> = new Set(['information_schema', 'mysql', 'performance_schema', 'sys', 'test']);

if (missing !== null) process.stderr.write(`skipped: mysql side by side with the command line: ${missing}\n`);

describe.skipIf(missing !== null)(
  `mysql beside MariaDB's own command line${missing === null ? '' : ` (skipped: ${missing})`}`,
  () => {
    let server: RunningMariadb;
    beforeAll(async () => {
      server = await startMariadb();
      const connection = await createConnection(server.url);
      for (const text of fixture.split(/;\n(?=CREATE|INSERT)/u)) await connection.query(text.replace(/;\s*$/u, ''));
      await connection.query('CREATE TABLE shop.`имена и 名前` (`e.mail` text, `a``b` int, `₤` int)');
      await connection.end();
    });
    afterAll(() => server.stop());

    /** First words of the lines that the command line prints for a statement of listing. */
    function listed(sql: string): readonly string[] {
      const { hostname, port, username, password } = new URL(server.url);
      const signIn = [`--host=${hostname}`, `--port=${port}`, `--user=${username}`, '--protocol=tcp'];
      const printed = execFileSync(
        program,
        ['--no-defaults', ...signIn, '--batch', '--raw', '--skip-column-names', '--default-character-set=utf8mb4'],
        { input: sql, encoding: 'utf8', env: { MYSQL_PWD: decodeURIComponent(password) } },
      );
      return printed.split('\n').flatMap((line) => (line === '' ? [] : [line.split('\t')[0] ?? '']));
    }

    /** Everything that SHOW lists: every table and view of every schema, and every column of each. */
    function theirs(): Lists {
      const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;
      const tables: string[] = [];
      const columns: string[] = [];
      for (const schema of listed('SHOW DATABASES').filter((name) => !own.has(name)))
        for (const table of listed(`SHOW TABLES FROM ${quoted(schema)}`)) {
          const whole = joinName([schema, table]);
          tables.push(whole);
          const shown = listed(`SHOW COLUMNS FROM ${quoted(schema)}.${quoted(table)}`);
          columns.push(...shown.map((column) => `${whole}.${printPath([column])}`));
        }
      return { tables, columns };
    }

    it('lists the same tables and columns, side by side by name', async () => {
      const context = { source: 'shop', clock: systemClock, log: silentLog };
      const connection = mysql.connect(mysqlConfig.parse({ url: server.url, connectTimeoutMs: 120_000 }), context);
      const ours = listsOf(datasetsOf(await readAll(connection)));
      expectSameLists(`MariaDB ${server.version}`, 'mariadb (SHOW TABLES, SHOW COLUMNS)', ours, theirs());
    });
  },
);
