import type { Clock } from '../../server/base/clock.ts';
import type { Gap } from '../../server/model/provenance.ts';
import type { SourceDocument } from '../../server/model/document.ts';
import type { AtlasClient } from './client.ts';
import type { AtlasConfig } from './config.ts';
import { maxKept } from './cursor.ts';
import { columnName, mapDataset, mapView, type MapContext } from './map.ts';
import { guidsOf, lineagesOf, mapProcess, type End } from './map-process.ts';
import { placeOf } from './names.ts';
import { referencesIn, type AtlasEntity } from './shapes.ts';

/** One read of one catalog: what its parts share. */
export interface Session {
  readonly source: string;
  readonly client: AtlasClient;
  readonly config: AtlasConfig;
  readonly context: MapContext;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Where ids lead, as far as they were met. */
  readonly places: Map<string, End | null>;
  /** Entities that changed at or after `since` of the catalog's clock, for the next look back. */
  readonly recent: Map<string, number>;
  readonly recentSince: number;
  /** Names of datasets and jobs by id, from listings: a gap is to say what is meant. */
  readonly names: Map<string, string>;
}

/** What became of a set of ids. */
export interface Read {
  readonly documents: readonly SourceDocument[];
  readonly gaps: readonly Gap[];
  /** Ids that are there and could not be read: the scope stays open for them. */
  readonly unread: readonly string[];
  /** Inputs and outputs of processes that lead to nothing known. */
  readonly unknownEnds: number;
}

/** Reads datasets by id, with their columns and the statements of views. */
export async function readDatasets(session: Session, guids: readonly string[]): Promise<Read> {
  const { client, context, signal } = session;
  const { entities, referred, forbidden } = await client.fetch(guids, signal);
  const documents: SourceDocument[] = [];
  const gaps: Gap[] = forbidden.map((guid) => forbiddenGap(session.names.get(guid) ?? 'an entity without a name'));
  const unread = [...forbidden];
  for (const entity of entities) {
    if (entity.status === 'DELETED') continue;
    note(session, entity);
    const { document, missing } = mapDataset(entity, referred, context);
    const dataset = { namespace: document.namespace, name: document.name };
    session.places.set(entity.guid, { dataset, field: null });
    for (const end of context.roles.columnsOf(entity.typeName))
      for (const { guid } of referencesIn(entity.relationshipAttributes[end] ?? entity.attributes[end])) {
        const column = referred[guid];
        if (column === undefined) continue;
        note(session, column);
        session.places.set(guid, { dataset, field: columnName(column) });
      }
    if (missing.length > 0) {
      gaps.push(missingColumns(document.name, missing));
      unread.push(entity.guid);
    }
    documents.push(document);
    const view = mapView(entity, context);
    if (view !== null) documents.push(view);
  }
  return { documents, gaps, unread, unknownEnds: 0 };
}

/** Reads processes by id, with their column lineage; ends that were not met before are looked up. */
export async function readProcesses(session: Session, guids: readonly string[]): Promise<Read> {
  const { client, context, signal } = session;
  const { entities, referred, forbidden } = await client.fetch(guids, signal);
  const alive = entities.filter(({ status }) => status !== 'DELETED');
  const whole = alive.map((process) => ({ process, lineages: lineagesOf(process, referred, context) }));
  for (const { process, lineages } of whole) for (const one of [process, ...lineages]) note(session, one);
  await resolvePlaces(
    session,
    whole.flatMap(({ process, lineages }) => guidsOf(process, lineages)),
  );
  let unknownEnds = 0;
  const documents = whole.map(({ process, lineages }) => {
    const { document, unknown } = mapProcess(process, lineages, (guid) => session.places.get(guid) ?? null, context);
    unknownEnds += unknown;
    return document;
  });
  return {
    documents,
    gaps: forbidden.map((guid) => forbiddenGap(session.names.get(guid) ?? 'a process without a name')),
    unread: forbidden,
    unknownEnds,
  };
}

/** Finds out where ids lead that were not met in this read: a column's dataset is one step further. */
async function resolvePlaces(session: Session, guids: readonly string[]): Promise<void> {
  const { client, context, config, signal, places } = session;
  const { roles, naming } = context;
  const asked = [...new Set(guids)].filter((guid) => !places.has(guid));
  const columns: { readonly column: AtlasEntity; readonly owner: string }[] = [];
  for (const part of parts(asked, config.pageSize)) {
    const { entities } = await client.fetch(part, signal);
    for (const guid of part) places.set(guid, null);
    for (const entity of entities) {
      if (entity.status === 'DELETED') continue;
      if (roles.role(entity.typeName) !== 'column')
        places.set(entity.guid, { dataset: placeOf(entity, naming).name, field: null });
      else {
        const owner = ownerOf(session, entity);
        if (owner !== null) columns.push({ column: entity, owner });
      }
    }
  }
  if (columns.length === 0) return;
  await resolvePlaces(
    session,
    columns.map(({ owner }) => owner),
  );
  for (const { column, owner } of columns) {
    const place = places.get(owner);
    if (place !== null && place !== undefined)
      places.set(column.guid, { dataset: place.dataset, field: columnName(column) });
  }
}

/** The id of the dataset that a column belongs, or belonged, to. */
export function ownerOf({ context }: Session, column: AtlasEntity): string | null {
  for (const end of context.roles.ownersOf(column.typeName)) {
    const [owner] = referencesIn(column.relationshipAttributes[end] ?? column.attributes[end]);
    if (owner !== undefined) return owner.guid;
  }
  return null;
}

/** Remembers an entity that changed so lately that the next look back meets it. */
function note({ recent, recentSince }: Session, { guid, updateTime }: AtlasEntity): void {
  if (typeof updateTime === 'number' && updateTime >= recentSince && recent.size <= maxKept)
    recent.set(guid, updateTime);
}

/** Cuts a list into parts of at most `size`. */
export function parts<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}

export function forbiddenGap(what: string): Gap {
  return {
    what,
    reason: 'no-rights',
    detail: 'Atlas says that it may not be seen (403); what was known of it stays',
    remedy:
      'give the user entity-read and entity-read-classification on it (Ranger policy, or atlas-simple-authz-policy.json)',
  };
}

function missingColumns(dataset: string, missing: readonly string[]): Gap {
  return {
    what: `${missing.length} ${missing.length === 1 ? 'column' : 'columns'} of ${dataset}`,
    reason: 'not-read',
    detail: `Atlas names them and does not send them: ${missing.slice(0, 20).join(', ')}`,
    remedy:
      'look whether they were deleted in Atlas, or are hidden from the user (entity-read in its policy); then sync again',
  };
}
