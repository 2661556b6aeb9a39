import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ended, freePort, unprivilegedUser, untilAnswer } from './own-server.ts';

/** A real PostgreSQL server of its own, on a loopback port, with password sign-in, in a folder that goes away with it. */
export interface RunningPostgres {
  /** Of the superuser `postgres`, database `postgres`. */
  readonly url: string;
  readonly version: string;
  /** Ends the server as a crash would; {@link start} brings it back on the same port and data. */
  crash(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** The folder of PostgreSQL's programs, the newest release first; null when none is installed. */
export function postgresPrograms(): string | null {
  const releases = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : [];
  return (
    releases
      .sort((a, b) => Number(b) - Number(a))
      .map((release) => `/usr/lib/postgresql/${release}/bin`)
      .find((bin) => existsSync(join(bin, 'initdb')) && existsSync(join(bin, 'postgres'))) ?? null
  );
}

/** Why no server can be started here, in words; null when one can. In CI the package is installed first. */
export function postgresMissing(): string | null {
  if (postgresPrograms() !== null) return null;
  if (process.env['CI'] === undefined) return 'PostgreSQL is not installed (Debian: apt-get install postgresql)';
  if (process.getuid?.() !== 0) return 'PostgreSQL is not installed, and installing it needs root';
  execFileSync('apt-get', ['update', '-q'], { stdio: 'ignore' });
  execFileSync('apt-get', ['install', '-q', '-y', '--no-install-recommends', 'postgresql'], { stdio: 'ignore' });
  return postgresPrograms() === null ? 'apt-get installed postgresql, but its programs are not found' : null;
}

/** Starts a server and waits until it answers. `settings` are lines for postgresql.conf. Fails after four minutes. */
export async function startPostgres(settings: readonly string[] = []): Promise<RunningPostgres> {
  const missing = postgresMissing();
  const bin = postgresPrograms();
  if (missing !== null || bin === null) throw new Error(missing ?? 'PostgreSQL is not installed');
  const folder = mkdtempSync(join(tmpdir(), 'lexline-postgres-'));
  // `postgres` comes with the package, `nobody` with every system.
  const owner = unprivilegedUser('PostgreSQL', ['postgres', 'nobody']);
  if (owner !== null) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const password = 'superuser-for-tests';
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o644 });
  const as = owner === null ? {} : { uid: owner.uid, gid: owner.gid };
  const environment = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8', HOME: folder };
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8', '--no-sync'],
    { ...as, env: environment, cwd: folder, stdio: 'ignore' },
  );
  const port = await freePort();
  const lines = [
    `port = ${port}`,
    `listen_addresses = '127.0.0.1'`,
    `unix_socket_directories = ''`,
    'fsync = off',
    'max_connections = 40',
    ...settings,
  ];
  writeFileSync(join(data, 'postgresql.auto.conf'), `${lines.join('\n')}\n`);

  let server = run();
  await answers(server);

  async function answers(child: ChildProcess): Promise<void> {
    const ask = async () => ((await reachable(port)) ? true : null);
    await untilAnswer({ name: 'PostgreSQL', child, limitMs: 240_000, everyMs: 100, ask });
  }

  function run(): ChildProcess {
    return spawn(join(bin ?? '', 'postgres'), ['-D', data], { ...as, env: environment, cwd: folder, stdio: 'ignore' });
  }

  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    version: execFileSync(join(bin, 'postgres'), ['--version'], { encoding: 'utf8' }).trim(),
    crash: () => ended(server, 'SIGQUIT'),
    async start() {
      server = run();
      await answers(server);
    },
    async stop() {
      await ended(server, 'SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A server that still recovers accepts the connection and then refuses the session: ask as a client would. */
async function reachable(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    // A start-up packet of protocol 3.0 for user postgres; `R` asks for the password, `E` says that it is not ready.
    const body = Buffer.from('\0\x03\0\0user\0postgres\0\0', 'latin1');
    const length = Buffer.alloc(4);
    length.writeInt32BE(body.length + 4);
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(2000, () => done(false));
    socket.once('connect', () => socket.write(Buffer.concat([length, body])));
    socket.once('data', (data) => done(data.toString('latin1', 0, 1) === 'R'));
    socket.once('error', () => done(false));
    socket.once('close', () => done(false));
  });
}
