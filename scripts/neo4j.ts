import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installNeo4j, releases, type InstalledNeo4j, type Neo4jRelease } from './neo4j-install.ts';
import { ended, freePort, untilListening } from './own-server.ts';

/** A real Neo4j Community of its own, on a loopback port, with password sign-in, in a folder that goes away with it. */
export interface RunningNeo4j {
  /** `bolt://127.0.0.1:<port>` */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly version: string;
  /** The server's process: what memory it takes can be read from it. */
  pid(): number;
  /** Ends the server as `kill -9` would; {@link start} brings it back on the same port and data. */
  crash(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface Neo4jSettings {
  readonly release?: Neo4jRelease['name'];
  /** Size of the heap; default 512m. */
  readonly heap?: string;
  /** Size of the page cache; default 256m. */
  readonly pageCache?: string;
}

/** How long a start, or a recovery after a crash, may take, in ms: 5 s on a quiet machine, half a minute on a busy one. */
const startLimit = 180_000;

const opens = ['java.base/java.nio', 'java.base/java.io', 'java.base/sun.nio.ch', 'java.base/java.util.concurrent'];

/** Installs a release where that is needed, starts a server on it and waits until it answers. */
export async function startNeo4j(settings: Neo4jSettings = {}): Promise<RunningNeo4j> {
  const release = releases.find(({ name }) => name === (settings.release ?? 'lts'));
  if (release === undefined) throw new Error('no such release of Neo4j');
  const installed = installNeo4j(release);
  const home = mkdtempSync(join(tmpdir(), 'lexline-neo4j-'));
  const port = await freePort();
  const password = 'password-for-tests';
  prepareHome(home, port, settings.pageCache ?? '256m');
  setPassword(home, installed, password);
  const heap = settings.heap ?? '512m';
  const run = (): ChildProcess =>
    spawn(
      installed.java,
      [
        `-Xms${heap}`,
        `-Xmx${heap}`,
        '-XX:+UseG1GC',
        '-XX:+ExitOnOutOfMemoryError',
        ...opens.map((opened) => `--add-opens=${opened}=ALL-UNNAMED`),
        '-cp',
        installed.libraries,
        release.mainClass,
        `--home-dir=${home}`,
        `--config-dir=${join(home, 'conf')}`,
      ],
      { stdio: 'ignore', cwd: home },
    );
  let server = run();
  // Bolt opens last: a port that answers is a server that is there.
  const answers = () =>
    untilListening(port, { name: 'Neo4j', child: server, limitMs: startLimit, lastWords: () => lastWords(home) });
  const gone = () => rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  try {
    await answers();
  } catch (error) {
    await ended(server, 'SIGKILL');
    gone();
    throw error;
  }
  return {
    url: `bolt://127.0.0.1:${port}`,
    username: 'neo4j',
    password,
    version: release.version,
    pid: () => server.pid ?? 0,
    crash: () => ended(server, 'SIGKILL'),
    async start() {
      server = run();
      await answers();
    },
    async stop() {
      await ended(server, 'SIGTERM');
      gone();
    },
  };
}

function prepareHome(home: string, port: number, pageCache: string): void {
  for (const folder of ['conf', 'data', 'logs', 'plugins', 'import', 'run']) mkdirSync(join(home, folder));
  const lines = [
    'server.default_listen_address=127.0.0.1',
    'server.bolt.enabled=true',
    `server.bolt.listen_address=127.0.0.1:${port}`,
    'server.http.enabled=false',
    'server.https.enabled=false',
    'dbms.security.auth_enabled=true',
    'dbms.usage_report.enabled=false',
    `server.memory.pagecache.size=${pageCache}`,
    'db.logs.query.enabled=OFF',
    'db.tx_log.rotation.retention_policy=keep_none',
  ];
  writeFileSync(join(home, 'conf', 'neo4j.conf'), `${lines.join('\n')}\n`);
}

function setPassword(home: string, { java, libraries }: InstalledNeo4j, password: string): void {
  const admin = 'org.neo4j.server.startup.Neo4jAdminCommand';
  execFileSync(java, ['-cp', libraries, admin, 'dbms', 'set-initial-password', password], {
    stdio: 'ignore',
    env: { PATH: process.env['PATH'] ?? '', NEO4J_HOME: home, NEO4J_CONF: join(home, 'conf') },
  });
}

function lastWords(home: string): string {
  const log = join(home, 'logs', 'debug.log');
  return existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(-30).join('\n') : '';
}
