import type { RequestHandler } from 'express';
import { beginSpan } from '../base/trace.ts';

const methods = ['GET', 'POST', 'OPTIONS'] as const;
const routes = /^\/(?:graphql\/stream|graphql|metrics|auth\/token|api\/v1\/lineage|hooks|reports)(?=\/|$)/u;

/** A span around each request, below the caller's where it sends a `traceparent`. Routes are fixed names: no path is told. */
export const traceRequests: RequestHandler = (request, response, next) => {
  const method = methods.find((one) => one === request.method) ?? 'OTHER';
  const route = routes.exec(request.path)?.[0] ?? '/';
  const { traceparent } = request.headers;
  const span = beginSpan(
    `${method} ${route}`,
    { 'http.request.method': method, 'http.route': route },
    { kind: 'server', traceparent: typeof traceparent === 'string' ? traceparent : undefined },
  );
  response.once('close', () => {
    span.set({ 'http.response.status_code': response.statusCode });
    if (response.statusCode >= 500) span.fail(String(response.statusCode));
    span.end();
  });
  span.within(() => next());
};
