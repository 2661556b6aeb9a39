import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ended, freePort, has, untilAnswer } from './own-server.ts';

/** A real Trino of its own (one node) on loopback, with two catalogs in memory. */
export interface RunningTrino {
  /** Without sign-in: any user name is taken. `narrow` may see nothing of the schema `hidden`. */
  readonly url: string;
  readonly version: string;
  /** What Trino's own command line answers to statements, a row an object; every value is text. Fails with its error. */
  cli(statements: string, user?: string): readonly Readonly<Record<string, string>>[];
  stop(): Promise<void>;
}

const release = '476';
const tools = fileURLToPath(new URL('../.cache/trino', import.meta.url));
const server = join(tools, `trino-server-core-${release}`);
const commandLine = join(tools, `trino-cli-${release}-executable.jar`);
const plugins = ['memory'] as const;
/** How long a start may take, in ms: 18 s on a quiet machine. */
const startLimit = 300_000;

/** Why no Trino can be started here, in words; null when one can. With `install` it is brought from Maven Central (208 MB). */
export function trinoMissing(install: boolean): string | null {
  if (java() === null) return `Trino ${release} needs Java 24 or later (Temurin 25: apt-get install temurin-25-jdk)`;
  if (isInstalled()) return null;
  if (!install) return 'Trino is not in .cache/trino (LEXLINE_EXTENDED=1 brings it)';
  if (!has('mvn') || !has('unzip')) return 'Maven or unzip is not installed (Debian: apt-get install maven unzip)';
  mkdirSync(tools, { recursive: true });
  if (!existsSync(server)) {
    bring(`io.trino:trino-server-core:${release}:tar.gz`);
    execFileSync('tar', ['xzf', `trino-server-core-${release}.tar.gz`], { cwd: tools });
    rmSync(join(tools, `trino-server-core-${release}.tar.gz`));
  }
  for (const plugin of plugins) {
    if (existsSync(join(server, 'plugin', `trino-${plugin}-${release}`))) continue;
    bring(`io.trino:trino-${plugin}:${release}:zip`);
    execFileSync('unzip', ['-qo', join(tools, `trino-${plugin}-${release}.zip`), '-d', join(server, 'plugin')]);
    rmSync(join(tools, `trino-${plugin}-${release}.zip`));
  }
  if (!existsSync(commandLine)) bring(`io.trino:trino-cli:${release}:jar:executable`);
  return isInstalled() ? null : 'Maven did not bring Trino';
}

function isInstalled(): boolean {
  const folder = join(server, 'plugin');
  return (
    existsSync(commandLine) && existsSync(folder) && readdirSync(folder).some((name) => name.startsWith('trino-memory'))
  );
}

function bring(artefact: string): void {
  const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy';
  const args = ['-q', '-B', plugin, `-Dartifact=${artefact}`, `-DoutputDirectory=${tools}`];
  execFileSync('mvn', args, { stdio: 'ignore', timeout: 900_000 });
}

/** Starts a coordinator and waits until it answers. Fails with the reason of {@link trinoMissing}. */
export async function startTrino(): Promise<RunningTrino> {
  const missing = trinoMissing(false);
  if (missing !== null) throw new Error(missing);
  const folder = mkdtempSync(join(tmpdir(), 'lexline-trino-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  writeSettings(folder, port, url);
  const flags = [
    '-Xmx1G',
    '-Djdk.attach.allowAttachSelf=true',
    '--add-opens=java.base/java.nio=ALL-UNNAMED',
    '--add-modules=jdk.incubator.vector',
    '--enable-native-access=ALL-UNNAMED',
    '--sun-misc-unsafe-memory-access=allow',
    ...Object.entries({
      'node.id': 'n1',
      'node.environment': 'test',
      'node.bind-ip': '127.0.0.1',
      'node.internal-address': '127.0.0.1',
      'node.data-dir': join(folder, 'data'),
      config: join(folder, 'etc/config.properties'),
      'plugin.dir': join(server, 'plugin'),
      'catalog.config-dir': join(folder, 'etc/catalog'),
    }).map(([name, value]) => `-D${name}=${value}`),
    '-cp',
    join(server, 'lib/*'),
    'io.trino.server.TrinoServer',
  ];
  const child = spawn(java() ?? 'java', flags, { cwd: folder, stdio: 'ignore' });
  const stop = async (): Promise<void> => {
    await ended(child);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await untilAnswer({ name: 'Trino', child, limitMs: startLimit, everyMs: 500, ask: () => started(url) });
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, version: release, cli: (statements, user = 'admin') => runCli(url, statements, user), stop };
}

function runCli(url: string, statements: string, user: string): readonly Readonly<Record<string, string>>[] {
  const args = [
    '-jar',
    commandLine,
    '--server',
    url,
    '--user',
    user,
    '--output-format',
    'JSON',
    '--execute',
    statements,
  ];
  const said = execFileSync(java() ?? 'java', args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 300_000,
  });
  return said
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, string>);
}

function writeSettings(folder: string, port: number, url: string): void {
  mkdirSync(join(folder, 'etc/catalog'), { recursive: true });
  const write = (name: string, lines: readonly string[]): void =>
    writeFileSync(join(folder, 'etc', name), `${lines.join('\n')}\n`);
  write('config.properties', [
    'coordinator=true',
    'node-scheduler.include-coordinator=true',
    `http-server.http.port=${port}`,
    `discovery.uri=${url}`,
    'catalog.management=static',
    'query.max-memory=200MB',
    'query.max-memory-per-node=200MB',
    'memory.heap-headroom-per-node=150MB',
    `access-control.config-files=${join(folder, 'etc/access-control.properties')}`,
  ]);
  for (const name of ['shop', 'mart']) write(`catalog/${name}.properties`, ['connector.name=memory']);
  write('access-control.properties', [
    'access-control.name=file',
    `security.config-file=${join(folder, 'etc/rules.json')}`,
  ]);
  write('rules.json', [
    JSON.stringify({
      catalogs: [{ allow: 'all' }],
      queries: [{ user: 'narrow', allow: ['execute'] }, { allow: ['execute', 'kill', 'view'] }],
      schemas: [{ user: 'narrow', owner: false }, { owner: true }],
      tables: [
        { user: 'narrow', schema: 'hidden', privileges: [] },
        { user: 'narrow', schema: 'shut', table: 'ledger', privileges: ['INSERT'] },
        { user: 'narrow', privileges: ['SELECT'] },
        { privileges: ['SELECT', 'INSERT', 'DELETE', 'UPDATE', 'OWNERSHIP', 'GRANT_SELECT'] },
      ],
    }),
  ]);
}

/** Java of a release that Trino takes: named by LEXLINE_TRINO_JAVA, on the path, or where Debian's packages put it. */
function java(): string | null {
  const folder = '/usr/lib/jvm';
  const installed = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name, 'bin/java')) : [];
  for (const program of [process.env['LEXLINE_TRINO_JAVA'] ?? 'java', ...installed])
    try {
      const version = execFileSync('sh', ['-c', '"$1" -version 2>&1', 'sh', program], { encoding: 'utf8' });
      if (Number(/version "(\d+)/u.exec(version)?.[1] ?? 0) >= 24) return program;
    } catch {
      continue;
    }
  return null;
}

/** True once the coordinator takes queries; null while it starts. */
async function started(url: string): Promise<true | null> {
  const info: unknown = await fetch(`${url}/v1/info`).then(
    (answer) => answer.json(),
    () => null,
  );
  return typeof info === 'object' && info !== null && 'starting' in info && info.starting === false ? true : null;
}
