import type { z } from 'zod';
import { LexlineError } from '../../server/base/errors.ts';
import { isForbidden, typedFailure } from '../kit/http-failure.ts';
import type { Http } from '../kit/http.ts';
import { listWhole } from '../kit/whole-list.ts';
import * as shapes from './shapes.ts';

/** What a listing asks for; several values of one name stand side by side. */
export type Query = Readonly<Record<string, string | readonly string[]>>;

/** Collibra's REST interface, version 2.0, as far as it is read. Every answer is checked where it comes in. */
export interface CollibraClient {
  version(signal: AbortSignal): Promise<string>;
  /** How many things a listing has, by Collibra's own count. */
  count(path: string, query: Query, signal: AbortSignal): Promise<number | null>;
  /**
   * All of a listing, by pages. Fails with CONNECTOR_MISSING_RIGHTS where it may not be read, and with CONNECTOR_UNEXPECTED
   * where it changed so much meanwhile that not all was seen: a part of it would look like a loss.
   */
  list<S extends z.ZodType<{ readonly id: string }>>(
    path: string,
    query: Query,
    shape: S,
    signal: AbortSignal,
  ): Promise<readonly z.output<S>[]>;
  close(): void;
}

const api = '/rest/2.0';

/** A client over an HTTP client that signs in; `pageSize` things are asked for at once. */
export function createCollibraClient(source: string, http: Http, pageSize: number): CollibraClient {
  const fails = (says: string, remedy?: string): LexlineError =>
    new LexlineError(
      'CONNECTOR_UNEXPECTED',
      `[connectors/collibra] source "${source}": ${says}`,
      remedy === undefined ? {} : { remedy },
    );

  async function ask<S extends z.ZodType>(path: string, shape: S, signal: AbortSignal): Promise<z.output<S>> {
    const what = path.split('?')[0] ?? path;
    try {
      const { body } = await http.ask({ method: 'GET', path: `${api}${path}` }, signal);
      const parsed = shape.safeParse(body);
      if (parsed.success) return parsed.data;
      throw fails(
        `the answer to ${what} is not as Collibra gives it, at "${parsed.error.issues[0]?.path.join('.') ?? ''}"`,
      );
    } catch (error) {
      if (isForbidden(error)) throw forbidden(source, what);
      throw typedFailure(error);
    }
  }

  return {
    async version(signal) {
      return (await ask('/application/info', shapes.info, signal)).version.fullVersion;
    },
    async count(path, query, signal) {
      const { total } = await ask(
        `${path}?${textOf({ ...query, offset: '0', limit: '1' })}`,
        shapes.pageOf(shapes.anything),
        signal,
      );
      return total ?? null;
    },
    async list(path, query, shape, signal) {
      const { items, whole } = await listWhole<z.output<typeof shape>>(
        {
          async page(offset) {
            const asked = textOf({ ...query, offset: String(offset), limit: String(pageSize) });
            const { results, total } = await ask(`${path}?${asked}`, shapes.pageOf(shape), signal);
            return { items: results, total: total ?? null };
          },
          limit: pageSize,
          idOf: ({ id }) => id,
          looping: () => fails(`listing ${path} gives the same page again and again; nothing was retired`),
        },
        signal,
      );
      if (whole) return items;
      throw fails(
        `${path} changed so much while it was listed that not all may have been seen; nothing was retired`,
        'sync again when less is written to Collibra',
      );
    },
    close: () => http.close(),
  };
}

function textOf(query: Query): string {
  const text = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const one of typeof value === 'string' ? [value] : value) text.append(name, one);
  return text.toString();
}

function forbidden(source: string, what: string): LexlineError {
  return new LexlineError(
    'CONNECTOR_MISSING_RIGHTS',
    `[connectors/collibra] source "${source}": ${what} may not be read by who signs in; nothing was retired`,
    { remedy: remedies[what] ?? 'give the user a role that may view the communities that are to be read' },
  );
}

/** What to do where a listing is refused that the read can do without. */
const remedies: Readonly<Record<string, string>> = {
  '/responsibilities': 'let the user view responsibilities, or set ownerRoles: []',
  '/roles': 'let the user view roles, or set ownerRoles: []',
  '/users': 'let the user view users, or set ownerRoles: []',
  '/userGroups': 'let the user view groups, or set ownerRoles: []',
};
