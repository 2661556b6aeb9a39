import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A real Amundsen: its metadata service over a Neo4j 4.4, loaded by its own loader with a clinic of ours. All on loopback. */
export interface RunningAmundsen {
  /** `bolt://127.0.0.1:<port>`, without sign-in. */
  readonly graph: string;
  readonly service: string;
  /** Publishes the clinic once more, as a nightly job would. */
  load(publishTag: string): void;
  stop(): Promise<void>;
}

const neo4jVersion = '4.4.44';
const packages = ['amundsen-metadata==3.13.0', 'amundsen-databuilder==7.5.1'];
const cache = process.env['LEXLINE_AMUNDSEN_CACHE'] ?? join(homedir(), '.cache/lexline/amundsen');
const opens = ['java.nio', 'java.io', 'sun.nio.ch', 'java.util.concurrent', 'java.lang'];

/** Why no Amundsen can be started here; null when one can. */
export function amundsenMissing(): string | null {
  for (const program of ['python3', 'mvn', 'java']) {
    try {
      execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    } catch {
      return `Amundsen needs the program ${program}`;
    }
  }
  return null;
}

/** Starts everything; the first time some 400 MB are downloaded by pip and Maven. */
export async function startAmundsen(): Promise<RunningAmundsen> {
  const python = installPython();
  const libraries = installNeo4j();
  const home = mkdtempSync(join(tmpdir(), 'lexline-amundsen-'));
  const [bolt, web] = [await freePort(), await freePort()];
  const children: ChildProcess[] = [];
  const stop = async (): Promise<void> => {
    for (const child of children) await ended(child);
    rmSync(home, { recursive: true, force: true });
  };
  try {
    children.push(startNeo4j(home, libraries, bolt));
    await answers(bolt, children[0]);
    const env = {
      ...process.env,
      PROXY_HOST: 'bolt://127.0.0.1',
      PROXY_PORT: String(bolt),
      PROXY_ENCRYPTED: 'False',
      CREDENTIALS_PROXY_USER: 'neo4j',
      CREDENTIALS_PROXY_PASSWORD: 'x',
    };
    const load = (tag: string): void =>
      void execFileSync(python, [script('load.py'), `bolt://127.0.0.1:${bolt}`, tag], {
        env,
        stdio: 'ignore',
        cwd: home,
      });
    load('first');
    children.push(spawn(python, [script('serve.py'), String(web)], { env, stdio: 'ignore', cwd: home }));
    await answers(web, children[1]);
    return { graph: `bolt://127.0.0.1:${bolt}`, service: `http://127.0.0.1:${web}`, load, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function script(name: string): string {
  return join(import.meta.dirname, 'amundsen', name);
}

function installPython(): string {
  const folder = join(cache, 'venv');
  const python = join(folder, 'bin/python');
  if (!existsSync(join(folder, 'ready'))) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(cache, { recursive: true });
    execFileSync('python3', ['-m', 'venv', folder], { stdio: 'ignore' });
    execFileSync(python, ['-m', 'pip', 'install', '-q', 'setuptools<70', 'wheel'], { stdio: 'ignore' });
    execFileSync(python, ['-m', 'pip', 'install', '-q', ...packages], { stdio: 'ignore' });
    writeFileSync(join(folder, 'ready'), '');
  }
  return python;
}

function installNeo4j(): string {
  const folder = join(cache, `neo4j-${neo4jVersion}`);
  if (!existsSync(folder)) {
    const part = mkdtempSync(join(cache, 'neo4j-'));
    const dependency = (group: string, name: string): string =>
      `<dependency><groupId>${group}</groupId><artifactId>${name}</artifactId><version>${neo4jVersion}</version></dependency>`;
    writeFileSync(
      join(part, 'pom.xml'),
      `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>local</groupId><artifactId>neo4j-runtime</artifactId><version>1</version><packaging>pom</packaging><dependencies>${dependency('org.neo4j.app', 'neo4j-server')}${dependency('org.neo4j', 'neo4j')}</dependencies></project>`,
    );
    execFileSync(
      'mvn',
      [
        '-q',
        '-B',
        '-f',
        join(part, 'pom.xml'),
        'dependency:copy-dependencies',
        `-DoutputDirectory=${join(part, 'lib')}`,
        '-DincludeScope=runtime',
        '-Dmdep.prependGroupId=true',
      ],
      { stdio: 'ignore' },
    );
    renameSync(join(part, 'lib'), folder);
    rmSync(part, { recursive: true });
  }
  return join(folder, '*');
}

function startNeo4j(home: string, libraries: string, port: number): ChildProcess {
  mkdirSync(join(home, 'conf'), { recursive: true });
  const settings = {
    'dbms.security.auth_enabled': 'false',
    'dbms.default_listen_address': '127.0.0.1',
    'dbms.connector.bolt.enabled': 'true',
    'dbms.connector.bolt.listen_address': `127.0.0.1:${port}`,
    'dbms.connector.http.enabled': 'false',
    'dbms.usage_report.enabled': 'false',
  };
  const conf = join(home, 'conf/neo4j.conf');
  writeFileSync(
    conf,
    Object.entries(settings)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
  const flags = [
    '-Xmx512m',
    ...opens.map((opened) => `--add-opens=java.base/${opened}=ALL-UNNAMED`),
    '-cp',
    libraries,
    'org.neo4j.server.CommunityEntryPoint',
    `--home-dir=${home}`,
    `--config-dir=${join(home, 'conf')}`,
  ];
  return spawn('java', flags, { stdio: 'ignore', cwd: home });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answers(port: number, child: ChildProcess | undefined): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (child?.exitCode !== null && child?.exitCode !== undefined)
      throw new Error(`a part of Amundsen ended with status ${child.exitCode}`);
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
    if (isOpen) return;
    await sleep(200);
  }
  throw new Error('a part of Amundsen did not answer within two minutes');
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}
