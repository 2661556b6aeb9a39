import express, { type RequestHandler, type Router } from 'express';
import type { Hooks } from '../sync/hooks.ts';
import { onlyContentType, onlyMethods } from './guards.ts';
import { respondError } from './respond.ts';

/** What a caller says beside asking is not read: a small body is enough. */
const maxBody = '64kb';

/** `POST /hooks/{source}`: a signed call starts a sync of the source. Answered 202 at once; the sync goes on by itself. */
export function hooksDoor(hooks: Hooks): Router {
  const router = express.Router();
  router.use(
    '/hooks/:source',
    onlyMethods('POST'),
    onlyContentType('application/json'),
    express.raw({ type: () => true, limit: maxBody }),
    call(hooks),
  );
  return router;
}

function call(hooks: Hooks): RequestHandler {
  return async (request, response) => {
    const source = request.params['source'];
    const body: unknown = request.body;
    const bytes = body instanceof Uint8Array ? body : new Uint8Array();
    const signature = request.headers['lexline-signature'];
    const result = await hooks.call(
      typeof source === 'string' ? source : '',
      typeof signature === 'string' ? signature : undefined,
      bytes,
    );
    if (result.type === 'unknown-source')
      return respondError(response, 404, 'NOT_FOUND', 'No source of that name has a webhook.');
    if (result.type === 'refused')
      return respondError(response, 401, 'SIGN_IN_REQUIRED', `The call was not taken: ${result.reason}.`);
    return void response.status(202).json({ source, status: result.type });
  };
}
