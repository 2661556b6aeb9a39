import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ended, freePort, has, pythonWith, untilListening } from './own-server.ts';

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
/** How long each part may take to start, in ms. */
const startLimit = 120_000;
const opens = ['java.nio', 'java.io', 'sun.nio.ch', 'java.util.concurrent', 'java.lang'];

/** Why no Amundsen can be started here; null when one can. What is missing of it is brought first (400 MB). */
export function amundsenMissing(): string | null {
  const missing = ['python3', 'java'].find((program) => !has(program));
  if (missing !== undefined) return `Amundsen needs the program ${missing}`;
  try {
    installPython();
  } catch {
    return `pip could not install ${packages.join(', ')}`;
  }
  try {
    installNeo4j();
  } catch {
    return `Maven could not bring Neo4j ${neo4jVersion}`;
  }
  return null;
}

function installPython(): string {
  return pythonWith(join(cache, 'venv'), ['setuptools<70', 'wheel'], packages);
}

/** Starts everything. Fails where {@link amundsenMissing} says why it cannot. */
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
    const graph = startNeo4j(home, libraries, bolt);
    children.push(graph);
    await untilListening(bolt, { name: "Amundsen's Neo4j", child: graph, limitMs: startLimit });
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
    const service = spawn(python, [script('serve.py'), String(web)], { env, stdio: 'ignore', cwd: home });
    children.push(service);
    await untilListening(web, { name: "Amundsen's metadata service", child: service, limitMs: startLimit });
    return { graph: `bolt://127.0.0.1:${bolt}`, service: `http://127.0.0.1:${web}`, load, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function script(name: string): string {
  return join(import.meta.dirname, 'amundsen', name);
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
