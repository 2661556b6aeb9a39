import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { ended, freePort, unprivilegedUser, untilAnswer } from './own-server.ts';

/** A real MariaDB server of its own, on a loopback port, in a folder that goes away with it. */
export interface RunningMariadb {
  /** Of the user `root`. */
  readonly url: string;
  readonly version: string;
  stop(): Promise<void>;
}

const server = '/usr/sbin/mariadbd';
const installer = '/usr/bin/mariadb-install-db';
const password = 'superuser-for-tests';

/** Why no server can be started here, in words; null when one can. In CI the package is installed first. */
export function mariadbMissing(): string | null {
  if (existsSync(server) && existsSync(installer)) return null;
  if (process.env['CI'] === undefined) return 'MariaDB is not installed (Debian: apt-get install mariadb-server)';
  if (process.getuid?.() !== 0) return 'MariaDB is not installed, and installing it needs root';
  try {
    execFileSync('apt-get', ['update', '-q'], { stdio: 'ignore' });
    execFileSync('apt-get', ['install', '-q', '-y', '--no-install-recommends', 'mariadb-server'], { stdio: 'ignore' });
  } catch {
    return 'MariaDB is not installed, and apt-get could not install it';
  }
  return existsSync(server) ? null : 'apt-get installed mariadb-server, but its program is not found';
}

/** Starts a server and waits until it answers. Fails after four minutes. */
export async function startMariadb(): Promise<RunningMariadb> {
  const missing = mariadbMissing();
  if (missing !== null) throw new Error(missing);
  const folder = mkdtempSync(join(tmpdir(), 'lexline-mariadb-'));
  const data = join(folder, 'data');
  // `mysql` comes with the package, `nobody` with every system.
  const owner = unprivilegedUser('MariaDB', ['mysql', 'nobody']);
  const as = owner === null ? {} : { uid: owner.uid, gid: owner.gid };
  if (owner !== null) chownSync(folder, owner.uid, owner.gid);
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder };
  execFileSync(
    installer,
    ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db'],
    { ...as, env, cwd: folder, stdio: 'ignore' },
  );
  const port = await freePort();
  const first = join(folder, 'first.sql');
  writeFileSync(
    first,
    `CREATE OR REPLACE USER 'root'@'127.0.0.1' IDENTIFIED BY '${password}';\nGRANT ALL ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;\n`,
  );
  const child = spawn(
    server,
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--socket=${join(folder, 'socket')}`,
      `--pid-file=${join(folder, 'pid')}`,
      `--init-file=${first}`,
      '--innodb-flush-log-at-trx-commit=0',
      '--skip-name-resolve',
    ],
    { ...as, env, cwd: folder, stdio: 'ignore' },
  );
  const url = `mysql://root:${password}@127.0.0.1:${port}`;
  try {
    const version = await untilAnswer({ name: 'MariaDB', child, limitMs: 240_000, ask: () => versionOf(url) });
    return {
      url,
      version,
      async stop() {
        await ended(child, 'SIGTERM');
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await ended(child, 'SIGTERM');
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Null while it does not answer. */
async function versionOf(url: string): Promise<string | null> {
  try {
    const connection = await createConnection(url);
    const [rows] = await connection.query<RowDataPacket[]>('SELECT VERSION() AS version');
    await connection.end();
    return String(rows[0]?.['version'] ?? '');
  } catch {
    return null;
  }
}
