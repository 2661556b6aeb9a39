import type { Uid } from '../../model/ids.ts';
import type { AssertedEntity } from '../graph/graph-store.ts';
import { LexlineError } from '../../base/errors.ts';
import { entityKinds, uidBytes } from './rows.ts';
import type { Connection } from './prepared.ts';
import { createUidMap } from './uid-map.ts';
import type { WordWriter } from './words.ts';

type Naming = Omit<AssertedEntity, 'facets'>;

/** Integer ids of uids and source names inside this file. They never leave the engine. */
export interface Identities {
  /** The entity's id, made when it is new: then its name is handed to `words`. */
  ensure(entity: Naming, words: Pick<WordWriter, 'name'>): number;
  /** The entity's id; fails when nobody ever named it. */
  known(uid: Uid): number;
  find(uid: Uid): number | undefined;
  source(name: string): number;
  /** Forgets what was remembered: after a rolled-back transaction ids may be gone. */
  forget(): void;
}

/** Ids remembered at most, 40 MB: a load asks for the ends of its edges again and again. */
const cacheLimit = 1_500_000;

export function createIdentities(connection: Connection): Identities {
  const ids = createUidMap(cacheLimit);
  const sources = new Map<string, number>();
  const remember = (uid: Uid, id: number) => {
    ids.set(uid, id);
    return id;
  };
  const find = (uid: Uid) => {
    const cached = ids.get(uid);
    if (cached !== undefined) return cached;
    const row = connection.sql('SELECT id FROM entity WHERE uid = ?').get(uidBytes(uid));
    return row === undefined ? undefined : remember(uid, Number(row['id']));
  };
  const known = (uid: Uid) => {
    const id = find(uid);
    if (id === undefined) throw new LexlineError('INTERNAL', `[stores/sqlite] ${uid} was never named`);
    return id;
  };
  const identities: Identities = {
    find,
    known,
    ensure(entity, words) {
      const cached = ids.get(entity.uid);
      if (cached !== undefined) return cached;
      const parent = entity.parent === null ? null : (find(entity.parent) ?? parentOf(entity, entity.parent, words));
      const { changes, lastInsertRowid } = connection
        .sql(
          'INSERT INTO entity(uid, kind, parent, namespace, name, path) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
        )
        .run(
          uidBytes(entity.uid),
          entityKinds.indexOf(entity.kind),
          parent,
          entity.namespace,
          entity.name,
          entity.path === null ? null : JSON.stringify(entity.path),
        );
      if (Number(changes) === 0) return known(entity.uid);
      const id = Number(lastInsertRowid);
      words.name(id, entity.name, entity.path);
      return remember(entity.uid, id);
    },
    source(name) {
      const cached = sources.get(name);
      if (cached !== undefined) return cached;
      let row = connection.sql('SELECT id FROM source WHERE name = ?').get(name);
      if (row === undefined) {
        connection
          .sql(
            "INSERT INTO source(name, connector, mode, precedence, managed) VALUES (?, '', 'snapshot', 1000, 1) ON CONFLICT DO NOTHING",
          )
          .run(name);
        row = connection.sql('SELECT id FROM source WHERE name = ?').get(name);
      }
      const id = Number(row?.['id']);
      sources.set(name, id);
      return id;
    },
    forget() {
      ids.clear();
      sources.clear();
    },
  };
  return identities;

  /** A field may be named before its dataset is (by an edge): it belongs there all the same once somebody describes it. */
  function parentOf({ namespace, name }: Naming, uid: Uid, words: Pick<WordWriter, 'name'>): number {
    return identities.ensure({ uid, kind: 'dataset', parent: null, namespace, name, path: null }, words);
  }
}
