import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';

const main = join(import.meta.dirname, '../../server/main.ts');

/** `lexline serve` in a process of its own, that may be killed and started again. */
export interface BenchServer {
  readonly url: string;
  start(): Promise<void>;
  /** Ends it without a word, as a loss of power does. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export async function benchServer(config: string): Promise<BenchServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child === null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
    child = null;
  };
  return {
    url,
    async start() {
      child = spawn(process.execPath, [main, 'serve', '--config', config, '--port', String(port)], {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, LEXLINE_LOG: 'error' },
      });
      for (let i = 0; i < 600; i++) {
        const ready = await fetch(`${url}/readyz`).then(
          ({ ok }) => ok,
          () => false,
        );
        if (ready) return;
        await new Promise((resolve) => {
          setTimeout(resolve, 50);
        });
      }
      throw new Error('the server did not come up');
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return address !== null && typeof address === 'object' ? address.port : 0;
}
