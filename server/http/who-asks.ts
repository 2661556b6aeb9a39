import type { IncomingMessage } from 'node:http';
import type { Request, RequestHandler, Response } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Right } from '../access/rights.ts';
import type { SignInResult } from '../access/sign-in.ts';
import { loopbackViewer, type Viewer } from '../access/viewer.ts';
import { invariant } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { loopbackGuard } from './guards.ts';
import { respondError } from './respond.ts';

/** Sign-ins that may fail from one address in a minute before they are no longer told why. */
const failuresPerMinute = 30;

export interface WhoAsksOptions {
  /** Left out: there is no sign-in, and only this machine is answered. */
  readonly signIn?: (request: IncomingMessage) => Promise<SignInResult>;
  /** Requests of one caller in a minute. Default: as many as it likes. */
  readonly requestsPerMinute?: number;
  /** Origins of pages that may ask from a browser. */
  readonly origins?: readonly string[];
  readonly log: Log;
}

/** Finds out who sends a request before any route sees it, and remembers it for the routes. */
export interface WhoAsks {
  readonly handler: RequestHandler;
  viewerOf(request: Request): Viewer;
  /** The caller may exchange tokens of others. */
  mayExchange(request: Request): boolean;
}

/** Refuses with 401 who cannot be known, with 403 who may not ask here, with 429 who asks too often. */
export function createWhoAsks(options: WhoAsksOptions): WhoAsks {
  const { signIn, log } = options;
  const callers = new WeakMap<IncomingMessage, { readonly viewer: Viewer; readonly mayExchange: boolean }>();
  const callerOf = (request: Request): { readonly viewer: Viewer; readonly mayExchange: boolean } => {
    const caller = signIn === undefined ? { viewer: loopbackViewer, mayExchange: false } : callers.get(request);
    invariant(caller !== undefined, 'a request came past the sign-in without a viewer');
    return caller;
  };
  const failures = new RateLimiterMemory({ points: failuresPerMinute, duration: 60 });
  const requests =
    options.requestsPerMinute === undefined
      ? null
      : new RateLimiterMemory({ points: options.requestsPerMinute, duration: 60 });
  const checked: RequestHandler = async (request, response, next) => {
    invariant(signIn !== undefined, 'sign-in is asked for where there is none');
    const result = await signIn(request);
    if ('refused' in result) {
      // Who proves who they are is never held up by others behind the same proxy.
      const held = result.refused === 'unavailable' ? null : await waitOf(failures, request.socket.remoteAddress ?? '');
      if (held !== null) return tooOften(response, held);
      log.info('a caller was refused', { refused: result.refused, detail: result.detail, path: request.path });
      return refuse(response, result);
    }
    const wait = requests === null ? null : await waitOf(requests, result.viewer.actor.id);
    if (wait !== null) return tooOften(response, wait);
    callers.set(request, result);
    return next();
  };
  return {
    handler: signIn === undefined ? loopbackGuard(options.origins ?? []) : checked,
    viewerOf: (request) => callerOf(request).viewer,
    mayExchange: (request) => callerOf(request).mayExchange,
  };
}

/** Milliseconds that a caller has to wait; null: it need not. */
async function waitOf(limiter: RateLimiterMemory, caller: string): Promise<number | null> {
  try {
    await limiter.consume(caller);
    return null;
  } catch (rejected) {
    if (rejected instanceof RateLimiterRes) return rejected.msBeforeNext;
    throw rejected;
  }
}

/** Only callers with a right; the answer names it. */
export function needs(right: Right, whoAsks: Pick<WhoAsks, 'viewerOf'>): RequestHandler {
  return (request, response, next) => {
    const { rights, role } = whoAsks.viewerOf(request);
    if (rights.has(right)) return next();
    return respondError(
      response,
      403,
      'NOT_ALLOWED',
      `A caller with role ${role} may not do that; it needs the right "${right}".`,
    );
  };
}

function refuse(response: Response, { refused }: Extract<SignInResult, { refused: string }>): void {
  if (refused === 'unavailable') {
    response.setHeader('Retry-After', '30');
    return respondError(
      response,
      503,
      'SIGN_IN_REQUIRED',
      'Who you are cannot be checked now: the issuer does not answer.',
    );
  }
  if (refused === 'no-role') return respondError(response, 403, 'NOT_ALLOWED', 'You are known, but have no role here.');
  const why = { missing: '', unknown: ' error="invalid_token"', expired: ' error="invalid_token"' }[refused];
  response.setHeader('WWW-Authenticate', `Bearer realm="lexline"${why === '' ? '' : `,${why}`}`);
  const words = {
    missing: 'Sign in first: send Authorization: Bearer with a key or a token.',
    unknown: 'This key or token is not known here.',
    expired: 'This key or token has run out.',
  };
  return respondError(response, 401, 'SIGN_IN_REQUIRED', words[refused]);
}

function tooOften(response: Response, waitMs: number): void {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  response.setHeader('Retry-After', String(seconds));
  respondError(response, 429, 'RATE_LIMITED', `Too many requests. Ask again in ${seconds} s.`);
}
