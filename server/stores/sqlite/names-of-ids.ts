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

/** Where the uids of ids stand among others, from 1 by the first 48 bits of them; 0: not read yet. */
const places = new WeakMap<Connection, Float64Array>();

/** Orders ids by their uids, in place: an order that does not depend on when who was named, so that every engine has it. */
export function uidSorter(connection: Connection): (ids: number[]) => void {
  const read = connection.arrays('SELECT e.id, e.uid FROM json_each(?) v CROSS JOIN entity e WHERE e.id = v.value');
  const uid = uidReader(connection);
  return (ids) => {
    if (ids.length < 2) return;
    const placeOf = roomFor(connection, ids);
    const missing = ids.filter((id) => placeOf[id] === 0);
    if (missing.length > 0)
      for (const [id, bytes] of read.all(JSON.stringify(missing)) as unknown as [number, Uint8Array][])
        placeOf[id] = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).readUIntBE(0, 6) + 1;
    ids.sort((a, b) => (placeOf[a] ?? 0) - (placeOf[b] ?? 0) || (a === b ? 0 : uid(a) < uid(b) ? -1 : 1));
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
