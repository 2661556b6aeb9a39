import type { SourceMessage } from '../../server/model/document.ts';
import { typedFailure } from '../kit/http-failure.ts';
import type { AtlasCursor } from './cursor.ts';
import { listAll } from './list.ts';
import { datasetScope, jobName, placeOf } from './names.ts';
import type { Notices } from './read-notices.ts';
import { cursorOf, isWanted, named, takeStock, unknownEndsGap, type CursorState } from './read-full.ts';
import { ownerOf, parts, readDatasets, readProcesses, type Session } from './session.ts';
import { referencesIn, textOf, type AtlasEntity, type AtlasHeader } from './shapes.ts';

/** More changes than this are read as a whole: it is cheaper, and retires what was purged. */
const maxChanges = 20_000;

/** What changed, brought down to datasets and processes. */
interface Changes {
  readonly datasets: ReadonlyMap<string, string>;
  readonly processes: ReadonlyMap<string, string>;
  readonly removed: readonly {
    readonly scope: string;
    readonly kind: 'dataset' | 'job';
    readonly header: AtlasHeader;
  }[];
}

/**
 * Reads what changed since the cursor, and everything downstream of it, because Atlas changes propagated classifications
 * without a new time stamp. Scopes are begun and left open: nothing is retired but what Atlas itself calls deleted. Null when
 * so much changed that a full read is due.
 */
export async function readChanges(
  session: Session,
  before: AtlasCursor,
  through: number,
  notices: Notices,
): Promise<AsyncIterable<SourceMessage> | null> {
  const { client, config, source, signal } = session;
  const request = {
    typeName: '_ALL_ENTITY_TYPES',
    includeSubTypes: true,
    excludeDeletedEntities: false,
    attributes: ['qualifiedName', 'name', '__modificationTimestamp'],
    changedSince: Math.max(0, before.through - config.overlapSeconds * 1000),
    limit: config.listSize,
  };
  const { items: headers } = await listAll(client, request, source, signal).catch((error: unknown) => {
    throw typedFailure(error);
  });
  const fresh = headers.filter((header) => header.attributes['__modificationTimestamp'] !== before.recent[header.guid]);
  if (fresh.length > maxChanges) return null;
  for (const { guid, attributes } of headers) {
    const at = attributes['__modificationTimestamp'];
    if (typeof at === 'number' && at >= session.recentSince) session.recent.set(guid, at);
  }
  return stream(session, before, through, fresh, notices);
}

async function* stream(
  session: Session,
  before: AtlasCursor,
  through: number,
  fresh: readonly AtlasHeader[],
  notices: Notices,
): AsyncIterable<SourceMessage> {
  const changes = await bringDown(session, before, fresh, notices.guids);
  const state: CursorState = {
    digest: before.digest,
    phase: 'changes',
    fullAt: before.fullAt,
    through,
    scopes: before.scopes,
    done: new Set(),
    open: null,
    unread: new Map(),
    unlisted: new Set(before.unlisted),
    places: notices.places,
  };
  const retried = await takeStock(session, before.unlisted);
  const datasets = new Map(changes.datasets);
  const processes = new Map(changes.processes);
  for (const [scope, { kind, headers }] of retried.scopes)
    for (const { guid } of headers) (kind === 'dataset' ? datasets : processes).set(guid, scope);

  const scopes = [
    ...new Set([...datasets.values(), ...changes.removed.map(({ scope }) => scope), ...processes.values()]),
  ];
  if (state.scopes !== null) {
    state.scopes = [...state.scopes, ...scopes.filter((scope) => before.scopes?.includes(scope) !== true)];
    yield { type: 'scopes', scopes: state.scopes };
  }
  for (const { scope, gap } of retried.gaps) yield { type: 'gap', scope, gap };
  state.unlisted.clear();
  for (const type of retried.unlisted) state.unlisted.add(type);
  for (const scope of scopes) {
    yield { type: 'scope-begin', scope };
    const own = (map: ReadonlyMap<string, string>): readonly string[] =>
      [...map].flatMap(([guid, at]) => (at === scope ? [guid] : [])).sort();
    const unread: string[] = [];
    let unknownEnds = 0;
    for (const [guids, read] of [
      [own(datasets), readDatasets],
      [own(processes), readProcesses],
    ] as const)
      for (const part of parts(guids, session.config.pageSize)) {
        const found = await read(session, part);
        unknownEnds += found.unknownEnds;
        for (const document of found.documents) yield { type: 'document', scope, document };
        for (const gap of found.gaps) yield { type: 'gap', scope, gap };
        unread.push(...found.unread);
      }
    if (unknownEnds > 0) yield { type: 'gap', scope, gap: unknownEndsGap(scope, unknownEnds) };
    if (unread.length > 0) state.unread.set(scope, named(session, unread));
    for (const one of changes.removed) {
      if (one.scope !== scope || (await isThereAgain(session, one.header))) continue;
      const { naming } = session.context;
      const name = one.kind === 'job' ? jobName(one.header, naming) : placeOf(one.header, naming).name;
      yield { type: 'removed', scope, kind: one.kind, name: { namespace: name.namespace, name: name.name } };
    }
  }
  yield { type: 'checkpoint', cursor: cursorOf(state, session.recent) };
}

/** Brings changed entities down to the datasets and processes that must be read again, by id, each with its scope. */
async function bringDown(
  session: Session,
  before: AtlasCursor,
  fresh: readonly AtlasHeader[],
  told: ReadonlySet<string>,
): Promise<Changes> {
  const { client, config, context, signal } = session;
  const { roles, naming } = context;
  const datasets = new Map<string, string>();
  const processes = new Map<string, string>();
  const removed: Changes['removed'][number][] = [];
  for (const [scope, guids] of Object.entries(before.unread))
    for (const [guid, name] of Object.entries(guids)) {
      if (name !== '') session.names.set(guid, name);
      (scope.includes(':') ? datasets : processes).set(guid, scope);
    }
  const parents: string[] = [];
  const seeds: string[] = [];

  const take = (headers: readonly AtlasHeader[]): void => {
    for (const header of headers) {
      const role = roles.role(header.typeName);
      session.names.set(header.guid, placeOf(header, naming).name.name);
      if (role === 'column' || role === 'column-process') parents.push(header.guid);
      else if (role === 'dataset') {
        const place = placeOf(header, naming);
        if (!isWanted(place.database, config.databases)) continue;
        const scope = datasetScope(header.typeName, place);
        if (header.status === 'DELETED') removed.push({ scope, kind: 'dataset', header });
        else datasets.set(header.guid, scope);
      } else if (role === 'process') {
        if (header.status === 'DELETED') removed.push({ scope: header.typeName, kind: 'job', header });
        else processes.set(header.guid, header.typeName);
      }
    }
  };
  take(fresh);
  for (const { guid, typeName } of fresh) if (roles.role(typeName) !== 'other') seeds.push(guid);
  const below = new Set<string>();
  for (const guid of seeds)
    for (const other of await client.downstream(guid, signal)) if (other !== guid) below.add(other);
  const known = new Set([...datasets.keys(), ...processes.keys(), ...parents]);
  for (const guid of [...below, ...told]) if (!known.has(guid)) parents.push(guid);

  const owners: string[] = [];
  for (const part of parts([...new Set(parents)], config.pageSize)) {
    const { entities } = await client.fetch(part, signal);
    for (const entity of entities) {
      const role = roles.role(entity.typeName);
      if (role === 'column') owners.push(...[ownerOf(session, entity)].filter((guid) => guid !== null));
      else if (role === 'column-process') owners.push(...queryOf(session, entity));
      else take([headerOf(entity)]);
    }
  }
  for (const part of parts(
    [...new Set(owners)].filter((guid) => !datasets.has(guid) && !processes.has(guid)),
    config.pageSize,
  )) {
    const { entities } = await client.fetch(part, signal);
    // A deleted owner is met by its own time stamp; only living ones are read again.
    take(entities.filter(({ status }) => status !== 'DELETED').map(headerOf));
  }
  return { datasets, processes, removed };
}

function queryOf({ context }: Session, lineage: AtlasEntity): readonly string[] {
  return context.roles
    .parentOf(lineage.typeName)
    .flatMap((end) => referencesIn(lineage.relationshipAttributes[end]).map(({ guid }) => guid));
}

function headerOf({ typeName, guid, status, attributes }: AtlasEntity): AtlasHeader {
  return { typeName, guid, status, attributes, displayText: '' };
}

/** A thing that was dropped and made again keeps its name: it is not gone. */
async function isThereAgain({ client, signal }: Session, { typeName, attributes }: AtlasHeader): Promise<boolean> {
  const qualified = textOf(attributes, 'qualifiedName');
  return qualified !== '' && (await client.isAlive(typeName, qualified, signal));
}
