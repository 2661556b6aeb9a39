import express, { type Request, type RequestHandler, type Router } from 'express';
import type { SpokenOf } from '../model/storage-place.ts';
import type { Receipt, Receiver } from '../sync/receiver.ts';
import { onlyContentType, onlyMethods } from './guards.ts';
import { respondError } from './respond.ts';

/** Largest body, after unpacking. A single event may be smaller by its source's own limit. */
const maxBody = '16mb';
/** Events of one request, at most. */
const maxEvents = 1000;
/** When to send again what could not be taken, in seconds. */
const retryAfter = '5';

/**
 * `POST /api/v1/lineage` and `/api/v1/lineage/batch`, as OpenLineage clients send: one event, or a list. A single one is
 * answered 201 once it is on the disk, else 400, 403, 429 or 503; a list 200 with what became of each. `spokenOfBy`
 * says of which namespaces the caller of a request may speak.
 */
export function lineageDoor(options: {
  readonly receiver: Receiver;
  readonly spokenOfBy: (request: Request) => SpokenOf;
}): Router {
  const router = express.Router();
  router.use(
    ['/api/v1/lineage', '/api/v1/lineage/batch'],
    onlyMethods('POST'),
    onlyContentType('application/json'),
    express.json({ limit: maxBody, strict: false }),
    receive(options),
  );
  return router;
}

function receive({ receiver, spokenOfBy }: Parameters<typeof lineageDoor>[0]): RequestHandler {
  return async (request, response) => {
    if (!receiver.listens)
      return respondError(response, 404, 'NOT_FOUND', 'No source takes pushed events.', {
        remedy: 'Configure one: - { name: lineage, connector: openlineage }',
      });
    const body: unknown = request.body;
    const isList = Array.isArray(body);
    const payloads: readonly unknown[] = isList ? (body as readonly unknown[]) : [body];
    if (payloads.length > maxEvents)
      return respondError(response, 413, 'INPUT_INVALID', `${payloads.length} events; the limit is ${maxEvents}.`);
    const receipts = await receiver.receive(payloads, spokenOfBy(request));
    if (receipts.some((one) => one.type === 'refused' && one.retriable)) response.setHeader('Retry-After', retryAfter);
    const [only] = receipts;
    if (isList || only === undefined) return void response.status(200).json(summaryOf(receipts));
    if (only.type === 'taken') return void response.status(201).json(summaryOf(receipts));
    return respondError(response, statusOf(only), only.code, `The event was not taken: ${only.reason}.`);
  };
}

function statusOf({ code, retriable }: Extract<Receipt, { type: 'refused' }>): number {
  if (code === 'INBOX_FULL') return 429;
  if (retriable) return 503;
  if (code === 'NOT_ALLOWED') return 403;
  return code === 'NOT_FOUND' ? 404 : 400;
}

/** The answer to a list, by the OpenLineage HTTP API. */
function summaryOf(receipts: readonly Receipt[]): object {
  const failed = receipts.flatMap((one, index) =>
    one.type === 'refused' ? [{ index, reason: one.reason, retriable: one.retriable }] : [],
  );
  const retriable = failed.filter((one) => one.retriable).length;
  return {
    status: failed.length === 0 ? 'success' : 'partial_success',
    summary: {
      received: receipts.length,
      successful: receipts.length - failed.length,
      failed: failed.length,
      retriable,
      non_retriable: failed.length - retriable,
    },
    failed_events: failed,
  };
}
