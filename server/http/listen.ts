import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import express from 'express';
import { isLoopback } from '../access/loopback.ts';
import { LexlineError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { LexlineRouter } from './create-router.ts';
import { respondError } from './respond.ts';

export interface ListenOptions {
  readonly router: LexlineRouter;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 4000; 0 takes any free one. */
  readonly port?: number;
  /** Whether the router asks who somebody is; without it only loopback may be listened on. */
  readonly signIn: boolean;
  readonly log: Log;
}

export interface Listening {
  readonly url: string;
  readonly port: number;
  /** Stops taking connections, lets running requests end, closes the router. */
  close(): Promise<void>;
}

/**
 * Serves the routes from a server of our own. Fails with SIGN_IN_REQUIRED for an address beyond loopback without sign-in, with
 * PORT_IN_USE when somebody else listens there, and with INPUT_INVALID for an address that this machine has not.
 */
export async function listen(options: ListenOptions): Promise<Listening> {
  const { router, host = '127.0.0.1', port = 4000, log } = options;
  if (!options.signIn && !isLoopback(host))
    throw new LexlineError(
      'SIGN_IN_REQUIRED',
      `[http] will not listen on ${host}: nobody signs in, so anybody could read all`,
      {
        remedy: 'Listen on 127.0.0.1, or configure sign-in first.',
      },
    );
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(router.router);
  app.use((request, response) => {
    respondError(response, 404, 'NOT_FOUND', `There is nothing at ${request.path.slice(0, 200)}.`);
  });
  // Longer than proxies and clients keep a connection (60 s is common): who closes first must not be the one that is asked.
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 60_000, keepAliveTimeout: 65_000 }, app);
  router.attach(server);
  await bind(server, host, port);
  const address = server.address();
  const taken = address !== null && typeof address === 'object' ? address.port : port;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${taken}`;
  log.info('listening', { url });
  return {
    url,
    port: taken,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      await router.close();
      await closed;
    },
  };
}

async function bind(server: Server, host: string, port: number): Promise<void> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    throw bindError(error as NodeJS.ErrnoException, host, port);
  }
}

function bindError(error: NodeJS.ErrnoException, host: string, port: number): LexlineError {
  if (error.code === 'EADDRINUSE')
    return new LexlineError('PORT_IN_USE', `[http] port ${port} on ${host} is taken`, {
      cause: error,
      remedy: `Stop what listens there, or take another: --port ${port + 1}`,
    });
  const why = error.code === 'EACCES' ? 'this process may not take a port below 1024' : error.message;
  return new LexlineError('INPUT_INVALID', `[http] cannot listen on ${host}:${port}: ${why}`, {
    cause: error,
    remedy: 'Take an address of this machine and a port above 1023.',
  });
}
