import type { ErrorCode } from '../../server/base/errors.ts';
import type { Fault, FaultPlan } from './fault-proxy.ts';

/** Lets `fault` happen to requests whose `<method> <path> <body>` matches; `times`: to the first so many of them. */
export function on(pattern: RegExp, fault: Fault, times = Number.POSITIVE_INFINITY): FaultPlan {
  let left = times;
  return ({ method, path, body }) => (pattern.test(`${method} ${path} ${body}`) && left-- > 0 ? fault : null);
}

/** What goes wrong and stays so with any source behind HTTP, and the code of the error that a read ends with. */
export const lastingFaults: readonly (readonly [title: string, fault: Fault, code: ErrorCode])[] = [
  ['a refused sign-in', { type: 'status', status: 401 }, 'CONNECTOR_AUTH_FAILED'],
  ['an inner failure', { type: 'status', status: 500 }, 'CONNECTOR_UNAVAILABLE'],
  ['a reset', { type: 'reset' }, 'CONNECTOR_UNAVAILABLE'],
  ['half of an answer', { type: 'half' }, 'CONNECTOR_UNAVAILABLE'],
  ['a page of a proxy in between', { type: 'html' }, 'CONNECTOR_UNEXPECTED'],
  ['JSON of another shape', { type: 'other-shape' }, 'CONNECTOR_UNEXPECTED'],
  [
    'a redirect',
    { type: 'status', status: 302, headers: { location: 'http://elsewhere.example.com/' } },
    'CONNECTOR_UNEXPECTED',
  ],
];

/** What goes wrong with any source behind HTTP and is gone when it is asked again. */
export const passingFaults: readonly (readonly [title: string, fault: Fault])[] = [
  ['an inner failure', { type: 'status', status: 503, headers: { 'retry-after': '0' } }],
  ['too many requests', { type: 'status', status: 429, headers: { 'retry-after': '0' } }],
  ['a reset', { type: 'reset' }],
  ['half of an answer', { type: 'half' }],
  ['a page of a proxy in between', { type: 'html' }],
];
