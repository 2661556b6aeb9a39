import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { RequestHandler } from 'express';
import { respondError } from './respond.ts';

/** Lets what is being answered come to its end when the server goes down. */
export interface Drain {
  readonly draining: boolean;
  /** Goes in front of everything: counts, and refuses what comes after the end began. */
  readonly handler: RequestHandler;
  /** Watches a server's connections, so that idle ones do not hold up its end. */
  attach(server: Server): void;
  /** Resolves when nothing is being answered any longer, at the latest after `ms`; then open connections are cut. */
  end(ms: number): Promise<void>;
}

export function createDrain(): Drain {
  const sockets = new Set<Socket>();
  let draining = false;
  let open = 0;
  let idle: (() => void) | undefined;
  return {
    get draining() {
      return draining;
    },
    handler(_request, response, next) {
      if (draining) {
        response.setHeader('Connection', 'close');
        respondError(response, 503, 'STORE_UNAVAILABLE', 'The server is going down.');
        return;
      }
      open += 1;
      response.once('close', () => {
        open -= 1;
        if (open === 0) idle?.();
      });
      next();
    },
    attach(server) {
      server.on('connection', (socket: Socket) => {
        sockets.add(socket);
        socket.once('close', () => sockets.delete(socket));
      });
    },
    async end(ms) {
      draining = true;
      if (open > 0) {
        const done = Promise.withResolvers<void>();
        idle = done.resolve;
        const timer = setTimeout(done.resolve, ms);
        await done.promise;
        clearTimeout(timer);
      }
      for (const socket of sockets) socket.destroy();
    },
  };
}
