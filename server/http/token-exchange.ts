import express, { Router } from 'express';
import type { ExchangedTokens } from '../access/exchanged-tokens.ts';
import type { SignInMethod } from '../access/sign-in.ts';
import { onlyContentType, onlyMethods } from './guards.ts';
import type { WhoAsks } from './who-asks.ts';

const grant = 'urn:ietf:params:oauth:grant-type:token-exchange';
const accessToken = 'urn:ietf:params:oauth:token-type:access_token';
const takenTypes = new Set([
  accessToken,
  'urn:ietf:params:oauth:token-type:id_token',
  'urn:ietf:params:oauth:token-type:jwt',
]);

/**
 * `POST /auth/token` (RFC 8693): a catalog's back end, signed in with a key that may exchange, gives the token of a user of
 * the same issuer and gets a short-lived token with a viewer's rights, which its pages may send. Errors as in RFC 6749, 5.2.
 */
export function tokenExchange(options: {
  readonly whoAsks: WhoAsks;
  readonly users: SignInMethod;
  readonly tokens: ExchangedTokens;
}): Router {
  const { whoAsks, users, tokens } = options;
  const router = Router();
  router.use(onlyMethods('POST'), onlyContentType('application/x-www-form-urlencoded'));
  router.use(express.urlencoded({ extended: false, limit: '32kb' }));
  router.post('/', async (request, response) => {
    response.setHeader('Cache-Control', 'no-store');
    const fail = (status: number, error: string, description: string): void => {
      response.status(status).json({ error, error_description: description });
    };
    if (!whoAsks.mayExchange(request)) return fail(403, 'unauthorized_client', 'This key may not exchange tokens.');
    const body = (request.body ?? {}) as Readonly<Record<string, unknown>>;
    if (body['grant_type'] !== grant) return fail(400, 'unsupported_grant_type', `grant_type must be ${grant}`);
    const { subject_token: subject, subject_token_type: type } = body;
    if (typeof subject !== 'string' || subject === '') return fail(400, 'invalid_request', 'subject_token is missing');
    if (typeof type !== 'string' || !takenTypes.has(type))
      return fail(400, 'invalid_request', `subject_token_type must be one of ${[...takenTypes].join(', ')}`);
    const result = await users.signIn(subject);
    if (result === null || 'refused' in result)
      return fail(400, 'invalid_grant', `the subject's token is not taken: ${result?.detail ?? 'not of the issuer'}`);
    const { token, expiresIn } = await tokens.issue(result.viewer, whoAsks.viewerOf(request));
    response.json({ access_token: token, issued_token_type: accessToken, token_type: 'Bearer', expires_in: expiresIn });
    return undefined;
  });
  return router;
}
