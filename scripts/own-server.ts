import { execFileSync, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Is the program on the path? */
export function has(program: string): boolean {
  try {
    execFileSync('sh', ['-c', 'command -v "$1"', 'sh', program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/**
 * A port of the loopback that nobody listens on at this moment. It lies below those that systems hand out by themselves (from
 * 32768 on Linux, from 49152 elsewhere), so that nobody is given it before the server that it is for has started.
 */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 1000; tries++) {
    const port = randomInt(15_000, 30_000);
    const probe = createServer().listen(port, '127.0.0.1');
    const isFree = await new Promise<boolean>((resolve) => {
      probe.once('listening', () => resolve(true)).once('error', () => resolve(false));
    });
    if (!isFree) continue;
    await new Promise((resolve) => probe.close(resolve));
    return port;
  }
  throw new Error('no free port');
}

/** Does anybody take connections at this port of the loopback? */
export async function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const done = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(2000, () => done(false));
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
  });
}

/** A server that starts, and how it is asked whether it is there. */
export interface Start<T> {
  /** As messages name it. */
  readonly name: string;
  readonly child: ChildProcess;
  readonly limitMs: number;
  /** Between two questions; 200 unless said. */
  readonly everyMs?: number;
  /** Asks once; null: not yet. */
  readonly ask: () => Promise<T | null>;
  /** What the server said last, for the message of a start that failed. */
  readonly lastWords?: () => string;
}

/** Asks a starting server until it answers. Fails when its process ends, and when the limit is over. */
export async function untilAnswer<T>({ name, child, limitMs, everyMs, ask, lastWords }: Start<T>): Promise<T> {
  const said = (): string => (lastWords === undefined ? '' : `\n${lastWords()}`);
  for (const until = Date.now() + limitMs; Date.now() < until; await sleep(everyMs ?? 200)) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`${name} ended with status ${child.exitCode ?? child.signalCode}${said()}`);
    const answer = await ask();
    if (answer !== null) return answer;
  }
  throw new Error(`${name} did not answer within ${limitMs / 1000} s${said()}`);
}

/** {@link untilAnswer} of a server that is there as soon as its port takes connections. */
export async function untilListening(port: number, start: Omit<Start<true>, 'ask'>): Promise<void> {
  await untilAnswer({ ...start, ask: async () => ((await isListening(port)) ? true : null) });
}

/** Ends a process and waits until it is gone. */
export async function ended(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await gone;
}

/**
 * The user that a server which refuses to run as root runs as: the first of `names` that the system knows. Null when we are not
 * root. Fails when none is known; `server` is for the message.
 */
export function unprivilegedUser(
  server: string,
  names: readonly string[],
): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of names) {
    try {
      const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      continue;
    }
  }
  throw new Error(`no unprivileged user to run ${server} as`);
}

/**
 * A Python environment of its own in `folder`, with packages that pip brings in the order given; made once. Gives its Python's
 * path. Fails when pip does; what was begun is then made anew the next time.
 */
export function pythonWith(folder: string, ...packages: readonly (readonly string[])[]): string {
  const python = join(folder, 'bin/python');
  const ready = join(folder, 'ready');
  if (existsSync(ready)) return python;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, '..'), { recursive: true });
  execFileSync('python3', ['-m', 'venv', folder], { stdio: 'ignore' });
  for (const some of packages)
    execFileSync(python, ['-m', 'pip', 'install', '-q', ...some], { stdio: 'ignore', timeout: 1_800_000 });
  writeFileSync(ready, '');
  return python;
}
