import type { Uid } from '../../model/ids.ts';
import type { Connection } from './prepared.ts';
import { uidText } from './rows.ts';

/** Identities remembered at most per connection: about 100 bytes each. */
const limit = 300_000;

const uids = new WeakMap<Connection, Map<number, Uid>>();

/**
 * Uids of ids. They never change, so a connection remembers what it read; only for connections that read, because an id that
 * a writer saw may go with its transaction.
 */
export function uidReader(connection: Connection): (id: number) => Uid {
  const statement = connection.arrays('SELECT uid FROM entity WHERE id = ?');
  const known = uids.get(connection) ?? new Map<number, Uid>();
  uids.set(connection, known);
  if (known.size > limit) known.clear();
  return (id) => {
    let uid = known.get(id);
    if (uid === undefined) {
      const row = statement.get(id) as unknown as readonly unknown[] | undefined;
      uid = uidText(row?.[0]);
      known.set(id, uid);
    }
    return uid;
  };
}

/** Bytes of a uid that tell where it stands among others; where they are the same, all of it is read. */
const placeBytes = 6;

/** The place of each id, from 1; 0: not read yet. */
const places = new WeakMap<Connection, Float64Array>();

/**
 * The first ids by their uids, at most `wanted`, each once: an order that does not depend on when who was named, so that every
 * engine has it.
 */
export function uidSorter(connection: Connection): (ids: readonly number[], wanted: number) => readonly number[] {
  // One text for all of them: a row each would cost more than reading them does.
  const read = connection.arrays(
    `SELECT json_group_array(e.id), group_concat(hex(substr(e.uid, 1, ${placeBytes})), '')
     FROM json_each(?) v CROSS JOIN entity e ON e.id = v.value`,
  );
  const uid = uidReader(connection);
  return (ids, wanted) => {
    if (ids.length < 2) return ids;
    const placeOf = roomFor(connection, ids);
    const missing = ids.filter((id) => placeOf[id] === 0);
    if (missing.length > 0) {
      const [found, text] = read.get(`[${missing.join()}]`) as unknown as readonly [string, string];
      const bytes = Buffer.from(text, 'hex');
      let at = 0;
      for (const id of JSON.parse(found) as readonly number[]) {
        placeOf[id] = bytes.readUIntBE(at, placeBytes) + 1;
        at += placeBytes;
      }
    }
    const place = (id: number): number => placeOf[id] ?? 0;
    const last = ids.length > 2 * wanted ? (Float64Array.from(ids, place).sort()[wanted - 1] ?? Infinity) : Infinity;
    return ids
      .filter((id) => place(id) <= last)
      .sort((a, b) => place(a) - place(b) || (uid(a) < uid(b) ? -1 : 1))
      .slice(0, wanted);
  };
}

function roomFor(connection: Connection, ids: readonly number[]): Float64Array {
  const before = places.get(connection) ?? new Float64Array(0);
  let last = 0;
  for (const id of ids) if (id > last) last = id;
  if (last < before.length) return before;
  const larger = new Float64Array(Math.max(last + 1, before.length * 2));
  larger.set(before);
  places.set(connection, larger);
  return larger;
}

/** Names of source ids, each read once a request. */
export function sourceReader(connection: Connection): (id: number) => string {
  const known = new Map<number, string>();
  return (id) => {
    let name = known.get(id);
    if (name === undefined) {
      name = String(connection.sql('SELECT name FROM source WHERE id = ?').get(id)?.['name'] ?? '');
      known.set(id, name);
    }
    return name;
  };
}
