import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ended, freePort, untilAnswer } from './own-server.ts';

/** A moto server of its own on loopback: it answers as AWS does, Glue and Lake Formation among others, and forgets all when it ends. */
export interface RunningMoto {
  readonly url: string;
  readonly version: string;
  /** What AWS's own SDK for Python answers to a script that prints JSON; `session` is a boto3 session. */
  python(script: string): unknown;
  stop(): Promise<void>;
}

const version = '5.2.5';
const cache = process.env['LEXLINE_MOTO_CACHE'] ?? join(homedir(), '.cache/lexline', `moto-${version}`);
/** How long a start may take, in ms: 2 s on a quiet machine. */
const startLimit = 120_000;

/** Why no moto can be started here, in words; null when one can. With `install` it is brought by pip first (300 MB). */
export function motoMissing(install: boolean): string | null {
  if (existsSync(join(cache, 'bin/moto_server'))) return null;
  if (!install) return `moto is not in ${cache} (LEXLINE_EXTENDED=1 brings it)`;
  try {
    mkdirSync(cache, { recursive: true });
    execFileSync('python3', ['-m', 'venv', cache], { stdio: 'ignore' });
    const packages = [`moto[server,glue]==${version}`];
    execFileSync(join(cache, 'bin/pip'), ['install', '-q', ...packages], { stdio: 'ignore', timeout: 900_000 });
  } catch {
    return 'moto could not be installed by pip (python3 with venv is needed)';
  }
  return existsSync(join(cache, 'bin/moto_server')) ? null : 'pip did not bring moto';
}

/** Starts a server and waits until it answers. Fails with the reason of {@link motoMissing}. */
export async function startMoto(): Promise<RunningMoto> {
  const missing = motoMissing(false);
  if (missing !== null) throw new Error(missing);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { PATH: process.env['PATH'] ?? '', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
  const child = spawn(join(cache, 'bin/moto_server'), ['-H', '127.0.0.1', '-p', String(port)], {
    stdio: 'ignore',
    env,
  });
  const stop = () => ended(child, 'SIGTERM');
  try {
    await untilAnswer({ name: 'moto', child, limitMs: startLimit, everyMs: 100, ask: () => started(url) });
  } catch (error) {
    await stop();
    throw error;
  }
  const setup = `import boto3, json\nsession = boto3.Session(region_name='eu-central-1')\ndef client(name): return session.client(name, endpoint_url='${url}')\n`;
  return {
    url,
    version,
    python: (script) =>
      JSON.parse(
        execFileSync(join(cache, 'bin/python'), ['-'], {
          input: setup + script,
          encoding: 'utf8',
          env,
          timeout: 240_000,
        }),
      ),
    stop,
  };
}

/** Null while it does not answer. */
async function started(url: string): Promise<true | null> {
  return fetch(`${url}/moto-api/data.json`).then(
    (answer) => (answer.ok ? true : null),
    () => null,
  );
}
