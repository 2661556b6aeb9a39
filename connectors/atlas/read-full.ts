import type { SourceMessage } from '../../server/model/document.ts';
import type { Gap } from '../../server/model/provenance.ts';
import { isForbidden, typedFailure } from '../kit/http-failure.ts';
import { maxKept, writeCursor, type AtlasCursor } from './cursor.ts';
import { listAll } from './list.ts';
import { datasetScope, jobName, placeOf } from './names.ts';
import { forbiddenGap, parts, readDatasets, readProcesses, type Session } from './session.ts';
import type { AtlasHeader } from './shapes.ts';

/** Pages of a scope between two checkpoints. */
const pagesPerCheckpoint = 10;

interface Scope {
  readonly kind: 'dataset' | 'process';
  readonly headers: AtlasHeader[];
}

/** What the listing of all types gave. */
interface Overview {
  readonly scopes: ReadonlyMap<string, Scope>;
  /** Types of which not all is known: none of their scopes completes. */
  readonly unlisted: ReadonlySet<string>;
  readonly gaps: readonly { readonly scope: string; readonly gap: Gap }[];
}

/**
 * Reads everything: lists all datasets and processes first, so that the scopes can be named, then reads scope by scope. A
 * scope of which anything could not be seen stays open. `only` reads no more than these types and says nothing of others.
 */
export async function* readFull(
  session: Session,
  digest: string,
  before: AtlasCursor | null,
  through: number,
  places: Readonly<Record<string, string>>,
): AsyncIterable<SourceMessage> {
  const { roles } = session.context;
  const overview = await takeStock(session, [...roles.datasets, ...roles.processes]);
  const state: CursorState = {
    digest,
    phase: 'full',
    fullAt: before?.fullAt ?? session.clock.now(),
    through,
    scopes: overview.unlisted.size === 0 ? [...overview.scopes.keys()] : null,
    done: new Set(before?.done),
    open: null,
    unread: new Map(Object.entries(before?.unread ?? {})),
    unlisted: new Set(overview.unlisted),
    places,
  };
  if (state.scopes !== null) yield { type: 'scopes', scopes: state.scopes };
  for (const { scope, gap } of overview.gaps) yield { type: 'gap', scope, gap };
  for (const [scope, { kind, headers }] of overview.scopes) {
    if (state.done.has(scope)) continue;
    const type = headers[0]?.typeName ?? '';
    yield { type: 'scope-begin', scope };
    const after = before?.open?.scope === scope ? before.open.after : '';
    const order = headers
      .filter((one) => one.guid > after || changedAt(one) >= through)
      .map(({ guid }) => guid)
      .sort();
    const unread = after === '' ? [] : Object.keys(state.unread.get(scope) ?? {});
    let pages = 0;
    let unknownEnds = 0;
    for (const part of parts(order, session.config.pageSize)) {
      const read = kind === 'dataset' ? await readDatasets(session, part) : await readProcesses(session, part);
      unknownEnds += read.unknownEnds;
      for (const document of read.documents) yield { type: 'document', scope, document };
      for (const gap of read.gaps) yield { type: 'gap', scope, gap };
      unread.push(...read.unread);
      if (unread.length > 0) state.unread.set(scope, named(session, unread));
      pages += 1;
      const last = part.at(-1);
      if (pages % pagesPerCheckpoint !== 0 || last === undefined || last < after) continue;
      state.open = { scope, after: last };
      yield { type: 'checkpoint', cursor: cursorOf(state, new Map()) };
    }
    state.open = null;
    if (unknownEnds > 0) yield { type: 'gap', scope, gap: unknownEndsGap(type, unknownEnds) };
    if (unread.length === 0 && !overview.unlisted.has(type)) yield { type: 'scope-complete', scope };
    state.done.add(scope);
    yield { type: 'checkpoint', cursor: cursorOf(state, new Map()) };
  }
  state.phase = 'changes';
  yield { type: 'checkpoint', cursor: cursorOf(state, session.recent) };
}

/** Ids with the names that gaps call them by. */
export function named({ names }: Session, guids: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(guids.slice(0, maxKept).map((guid) => [guid, names.get(guid) ?? '']));
}

/** A cursor while it grows. */
export interface CursorState {
  readonly digest: string;
  phase: AtlasCursor['phase'];
  readonly fullAt: number;
  readonly through: number;
  scopes: readonly string[] | null;
  readonly done: Set<string>;
  open: AtlasCursor['open'];
  readonly unread: Map<string, Readonly<Record<string, string>>>;
  readonly unlisted: Set<string>;
  readonly places: Readonly<Record<string, string>>;
}

export function cursorOf(state: CursorState, recent: ReadonlyMap<string, number>): ReturnType<typeof writeCursor> {
  return writeCursor({
    ...state,
    scopes: state.scopes === null ? null : [...state.scopes],
    done: state.phase === 'full' ? [...state.done] : [],
    unread: Object.fromEntries([...state.unread].map(([scope, guids]) => [scope, { ...guids }])),
    unlisted: [...state.unlisted],
    recent: recent.size > maxKept ? {} : Object.fromEntries(recent),
  });
}

/** Lists the datasets and processes of types, in scopes by database. A type that may not be listed is a gap. */
export async function takeStock(session: Session, types: readonly string[]): Promise<Overview> {
  const { client, config, context, source, signal } = session;
  const { naming, roles } = context;
  const scopes = new Map<string, Scope>();
  const unlisted = new Set<string>();
  const gaps: { readonly scope: string; readonly gap: Gap }[] = [];
  for (const type of types) {
    const request = {
      typeName: type,
      includeSubTypes: false,
      excludeDeletedEntities: true,
      attributes: ['qualifiedName', '__modificationTimestamp'],
      limit: config.listSize,
    };
    try {
      const { items: headers, hidden, whole } = await listAll(client, request, source, signal);
      if (hidden > 0) gaps.push({ scope: type, gap: forbiddenGap(`${hidden} of type ${type}`) });
      if (!whole) gaps.push({ scope: type, gap: restlessGap(type) });
      if (hidden > 0 || !whole) unlisted.add(type);
      for (const header of headers) {
        const kind = roles.role(header.typeName) === 'process' ? 'process' : 'dataset';
        const place = placeOf(header, naming);
        session.names.set(header.guid, kind === 'dataset' ? place.name.name : jobName(header, naming).name);
        if (kind === 'dataset' && !isWanted(place.database, config.databases)) continue;
        const scope = kind === 'process' ? type : datasetScope(type, place);
        const own = scopes.get(scope);
        if (own === undefined) scopes.set(scope, { kind, headers: [header] });
        else own.headers.push(header);
      }
    } catch (error) {
      if (!isForbidden(error)) throw typedFailure(error);
      unlisted.add(type);
      gaps.push({ scope: type, gap: forbiddenGap(`type ${type}`) });
    }
  }
  const order = ([a, { kind: x }]: [string, Scope], [b, { kind: y }]: [string, Scope]): number =>
    x === y ? (a < b ? -1 : 1) : x === 'dataset' ? -1 : 1;
  return { scopes: new Map([...scopes].sort(order)), unlisted, gaps };
}

/** Does the configuration ask for a database? */
export function isWanted(database: string, { include, exclude }: Session['config']['databases']): boolean {
  return (include === undefined || include.includes(database)) && exclude?.includes(database) !== true;
}

function changedAt({ attributes }: AtlasHeader): number {
  const value = attributes['__modificationTimestamp'];
  return typeof value === 'number' ? value : 0;
}

export function unknownEndsGap(type: string, count: number): Gap {
  return {
    what: `${count} ${count === 1 ? 'end' : 'ends'} of ${type}`,
    reason: 'unresolved-name',
    detail:
      'inputs or outputs lead to something that was deleted, is hidden or is no dataset or column; those edges are missing',
    remedy:
      'look at the processes of this type in Atlas: restore or unlink what was deleted, or give the user entity-read',
  };
}

function restlessGap(type: string): Gap {
  return {
    what: `type ${type}`,
    reason: 'not-read',
    detail: 'it changed so much while it was listed that not all may have been seen; nothing of it was retired',
    remedy: 'sync again when less is written to the catalog',
  };
}
