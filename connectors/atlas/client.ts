import type { z } from 'zod';
import { LexlineError } from '../../server/base/errors.ts';
import type { Json } from '../../server/model/json.ts';
import { HttpRefusal, typedFailure } from '../kit/http-failure.ts';
import type { Http, HttpRequest } from '../kit/http.ts';
import * as shapes from './shapes.ts';

/** What is asked in one search. */
export interface SearchRequest {
  readonly typeName: string;
  readonly includeSubTypes: boolean;
  readonly excludeDeletedEntities: boolean;
  readonly attributes: readonly string[];
  /** Only what changed at or after this instant (ms). */
  readonly changedSince?: number;
  readonly limit: number;
  readonly offset: number;
}

/** Entities by id, with what was found and what was not. */
export interface Fetched {
  readonly entities: readonly shapes.AtlasEntity[];
  readonly referred: Readonly<Record<string, shapes.AtlasEntity>>;
  /** Ids that may not be seen. */
  readonly forbidden: readonly string[];
  /** Ids that are gone for good. */
  readonly gone: readonly string[];
}

/** Atlas's REST interface, version 2, as far as it is used. Every answer is checked where it comes in. */
export interface AtlasClient {
  version(signal: AbortSignal): Promise<{ readonly name: string; readonly version: string }>;
  typeDefs(signal: AbortSignal): Promise<shapes.TypeDefs>;
  search(request: SearchRequest, signal: AbortSignal): Promise<z.output<typeof shapes.searchResult>>;
  /** One entity that may not be seen or is gone does not hide the others. */
  fetch(guids: readonly string[], signal: AbortSignal): Promise<Fetched>;
  /** Ids of everything downstream. */
  downstream(guid: string, signal: AbortSignal): Promise<readonly string[]>;
  /** Is there an entity of that name that lives? */
  isAlive(typeName: string, qualifiedName: string, signal: AbortSignal): Promise<boolean>;
  classifications(guid: string, signal: AbortSignal): Promise<readonly shapes.AtlasClassification[] | null>;
  makeClassificationType(definition: Json, signal: AbortSignal): Promise<void>;
  /** Idempotent: one that is there already is fine. */
  classify(guid: string, classification: Json, signal: AbortSignal): Promise<void>;
  /** Idempotent: one that is not there is fine. */
  declassify(guid: string, typeName: string, signal: AbortSignal): Promise<void>;
  /** The catalog's clock at the last answer, in ms; null when it sends none. */
  readonly now: number | null;
  readonly requests: number;
  close(): void;
}

const api = '/api/atlas';
const alreadyThere = 'ATLAS-400-00-01A';
const typeExists = 'ATLAS-409-00-001';
/** Steps that lineage is followed for propagated tags. */
const lineageDepth = 50;

export function createAtlasClient(source: string, http: Http): AtlasClient {
  let now: number | null = null;

  async function ask<S extends z.ZodType>(request: HttpRequest, shape: S, signal: AbortSignal): Promise<z.output<S>> {
    const { body, date } = await http.ask({ ...request, path: `${api}${request.path}` }, signal);
    if (date !== null) now = date;
    const parsed = shape.safeParse(body);
    if (parsed.success) return parsed.data;
    const where = parsed.error.issues[0]?.path.join('.') ?? '';
    throw new LexlineError(
      'CONNECTOR_UNEXPECTED',
      `[connectors/atlas] source "${source}": the answer to ${request.path.split('?')[0]} is not as Atlas gives it, at "${where}"`,
    );
  }

  async function fetch(guids: readonly string[], signal: AbortSignal): Promise<Fetched> {
    if (guids.length === 0) return { entities: [], referred: {}, forbidden: [], gone: [] };
    const query = guids.map((guid) => `guid=${encodeURIComponent(guid)}`).join('&');
    try {
      const answer = await ask({ method: 'GET', path: `/v2/entity/bulk?${query}` }, shapes.entities, signal);
      return { entities: answer.entities, referred: answer.referredEntities, forbidden: [], gone: [] };
    } catch (error) {
      if (!(error instanceof HttpRefusal) || (error.status !== 403 && error.status !== 404)) throw typedFailure(error);
      if (guids.length === 1)
        return {
          entities: [],
          referred: {},
          forbidden: error.status === 403 ? guids : [],
          gone: error.status === 404 ? guids : [],
        };
      const half = guids.length >> 1;
      const first = await fetch(guids.slice(0, half), signal);
      const second = await fetch(guids.slice(half), signal);
      return {
        entities: [...first.entities, ...second.entities],
        referred: { ...first.referred, ...second.referred },
        forbidden: [...first.forbidden, ...second.forbidden],
        gone: [...first.gone, ...second.gone],
      };
    }
  }

  return {
    async version(signal) {
      const answer = await ask({ method: 'GET', path: '/admin/version' }, shapes.version, signal).catch(rethrow);
      return { name: answer.Name, version: answer.Version };
    },
    typeDefs: (signal) => ask({ method: 'GET', path: '/v2/types/typedefs' }, shapes.typeDefs, signal).catch(rethrow),
    search({ changedSince, ...request }, signal) {
      const filter =
        changedSince === undefined
          ? {}
          : {
              entityFilters: {
                attributeName: '__modificationTimestamp',
                operator: 'gte',
                attributeValue: String(changedSince),
              },
            };
      return ask(
        { method: 'POST', path: '/v2/search/basic', body: { ...request, ...filter } },
        shapes.searchResult,
        signal,
      );
    },
    fetch,
    async downstream(guid, signal) {
      try {
        const path = `/v2/lineage/${encodeURIComponent(guid)}?direction=OUTPUT&depth=${lineageDepth}`;
        const { guidEntityMap } = await ask({ method: 'GET', path }, shapes.lineage, signal);
        return Object.keys(guidEntityMap);
      } catch (error) {
        // Deleted, forbidden, or of a type that has no lineage (400).
        if (error instanceof HttpRefusal && [400, 403, 404].includes(error.status)) return [];
        throw typedFailure(error);
      }
    },
    async isAlive(typeName, qualifiedName, signal) {
      const path = `/v2/entity/uniqueAttribute/type/${encodeURIComponent(typeName)}?attr:qualifiedName=${encodeURIComponent(qualifiedName)}&minExtInfo=true&ignoreRelationships=true`;
      try {
        const { entity } = await ask({ method: 'GET', path }, shapes.uniqueEntity, signal);
        return entity.status === 'ACTIVE';
      } catch (error) {
        if (error instanceof HttpRefusal && error.status === 404) return false;
        throw typedFailure(error);
      }
    },
    async classifications(guid, signal) {
      try {
        const path = `/v2/entity/guid/${encodeURIComponent(guid)}/classifications`;
        return (await ask({ method: 'GET', path }, shapes.classificationList, signal)).list;
      } catch (error) {
        if (error instanceof HttpRefusal && error.status === 404) return null;
        throw typedFailure(error);
      }
    },
    async makeClassificationType(definition, signal) {
      const body = {
        classificationDefs: [definition],
        entityDefs: [],
        enumDefs: [],
        structDefs: [],
        relationshipDefs: [],
      };
      try {
        await http.ask({ method: 'POST', path: `${api}/v2/types/typedefs`, body }, signal);
      } catch (error) {
        if (error instanceof HttpRefusal && (error.status === 409 || error.errorCode === typeExists)) return;
        throw typedFailure(error);
      }
    },
    async classify(guid, one, signal) {
      try {
        const path = `${api}/v2/entity/guid/${encodeURIComponent(guid)}/classifications`;
        await http.ask({ method: 'POST', path, body: [one] }, signal);
      } catch (error) {
        if (error instanceof HttpRefusal && error.status === 400 && error.errorCode === alreadyThere) return;
        throw typedFailure(error);
      }
    },
    async declassify(guid, typeName, signal) {
      try {
        const path = `${api}/v2/entity/guid/${encodeURIComponent(guid)}/classification/${encodeURIComponent(typeName)}`;
        await http.ask({ method: 'DELETE', path }, signal);
      } catch (error) {
        if (error instanceof HttpRefusal && error.status === 404) return;
        throw typedFailure(error);
      }
    },
    get now() {
      return now;
    },
    get requests() {
      return http.sent;
    },
    close: () => http.close(),
  };
}

function rethrow(error: unknown): never {
  throw typedFailure(error);
}
