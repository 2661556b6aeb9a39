import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection, type RowDataPacket } from 'mysql2/promise';

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

/** Starts a server and waits until it answers. Fails after 60 s. */
export async function startMariadb(): Promise<RunningMariadb> {
  const missing = mariadbMissing();
  if (missing !== null) throw new Error(missing);
  const folder = mkdtempSync(join(tmpdir(), 'lexline-mariadb-'));
  const data = join(folder, 'data');
  const owner = unprivilegedUser();
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
    const version = await answers(child, url);
    return {
      url,
      version,
      async stop() {
        await ended(child);
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await ended(child);
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** The server refuses to run as root; `mysql` comes with the package, `nobody` with every system. */
function unprivilegedUser(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['mysql', 'nobody']) {
    try {
      const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      continue;
    }
  }
  throw new Error('no unprivileged user to run MariaDB as');
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

async function answers(child: ChildProcess, url: string): Promise<string> {
  for (let tries = 0; tries < 300; tries++) {
    if (child.exitCode !== null) throw new Error(`MariaDB ended with status ${child.exitCode}`);
    try {
      const connection = await createConnection(url);
      const [rows] = await connection.query<RowDataPacket[]>('SELECT VERSION() AS version');
      await connection.end();
      return String(rows[0]?.['version'] ?? '');
    } catch {
      await sleep(200);
    }
  }
  throw new Error('MariaDB did not answer within 60 s');
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}
