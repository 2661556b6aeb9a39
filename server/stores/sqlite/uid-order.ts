import { uidReader } from './names-of-ids.ts';
import type { Connection } from './prepared.ts';

/** Bytes of a uid that tell where it stands among others; where they are the same, all of it is read. */
const placeBytes = 6;
const allPlaces = 2 ** (8 * placeBytes);

/** Where things stand among all by their uids, as far as a connection has read it. */
interface Places {
  /** The place of each id, from 1; 0: not read yet. */
  of: Float64Array;
  /** Of ids up to `newest`, all that stand among so many first places were read. */
  upTo: number;
  newest: number;
}
const known = new WeakMap<Connection, Places>();

/** Reading on in the index of uids takes this many times less for each thing than looking one up. */
const readingOn = 8;

/**
 * The first ids by their uids, at most `wanted`, each once: an order that does not depend on when who was named, so that every
 * engine has it. Of a hub the few that are wanted almost surely stand among the first places of all, which are read in one go
 * and remembered, instead of looking up every neighbour.
 */
export function uidSorter(connection: Connection): (ids: readonly number[], wanted: number) => readonly number[] {
  const uid = uidReader(connection);
  const places = known.get(connection) ?? { of: new Float64Array(0), upTo: 0, newest: 0 };
  known.set(connection, places);
  const place = (id: number): number => places.of[id] ?? 0;
  const among = (ids: readonly number[], last: number): readonly number[] =>
    ids
      .filter((id) => place(id) > 0 && place(id) <= last)
      .sort((a, b) => place(a) - place(b) || (uid(a) < uid(b) ? -1 : 1));
  return (ids, wanted) => {
    if (ids.length < 2) return ids;
    makeRoom(places, ids);
    const missing = ids.filter((id) => place(id) === 0);
    const last = likelyLast(ids.length, wanted);
    if (missing.length === 0 || (last < allPlaces && readUpTo(connection, places, last, missing.length))) {
      readPlaces(
        connection,
        places,
        missing.filter((id) => id > places.newest),
      );
      const first = among(ids, last);
      if (first.length >= Math.min(wanted, ids.length)) return first.slice(0, wanted);
    }
    readPlaces(
      connection,
      places,
      missing.filter((id) => place(id) === 0),
    );
    return among(ids, allPlaces).slice(0, wanted);
  };
}

/** The place before which the first `wanted` of so many ids almost surely are: uids are digests, spread evenly. */
function likelyLast(count: number, wanted: number): number {
  const many = wanted + 6 * Math.sqrt(wanted) + 16;
  return many >= count ? allPlaces : Math.ceil((many / count) * allPlaces);
}

/** Reads which things stand among the first places; false: looking up `others` things takes less. */
function readUpTo(connection: Connection, places: Places, last: number, others: number): boolean {
  if (last <= places.upTo) return true;
  const newest = Number(connection.sql('SELECT max(id) AS newest FROM entity').get()?.['newest'] ?? 0);
  if (((last - places.upTo) / allPlaces) * newest > readingOn * others) return false;
  // One text for all of them: a row each would cost more than reading them does.
  const found = connection
    .arrays(`${placesSql} FROM entity e WHERE e.uid >= ? AND e.uid < ?`)
    .get(firstAfter(places.upTo), firstAfter(last)) as unknown as Found;
  keep(places, found);
  // What came since an earlier part was read may stand in that part.
  if (places.upTo === 0) places.newest = newest;
  places.upTo = last;
  return true;
}

function readPlaces(connection: Connection, places: Places, ids: readonly number[]): void {
  if (ids.length === 0) return;
  const sql = `${placesSql} FROM json_each(?) v CROSS JOIN entity e ON e.id = v.value`;
  keep(places, connection.arrays(sql).get(`[${ids.join()}]`) as unknown as Found);
}

const placesSql = `SELECT json_group_array(e.id), group_concat(hex(substr(e.uid, 1, ${placeBytes})), '')`;
type Found = readonly [ids: string, places: string | null];

function keep(places: Places, [found, text]: Found): void {
  const ids = JSON.parse(found) as readonly number[];
  makeRoom(places, ids);
  const bytes = Buffer.from(text ?? '', 'hex');
  let at = 0;
  for (const id of ids) {
    places.of[id] = bytes.readUIntBE(at, placeBytes) + 1;
    at += placeBytes;
  }
}

/** The first uid that is not among the first so many places. */
function firstAfter(place: number): Uint8Array {
  const bytes = Buffer.alloc(placeBytes);
  bytes.writeUIntBE(place, 0, placeBytes);
  return bytes;
}

function makeRoom(places: Places, ids: readonly number[]): void {
  let last = 0;
  for (const id of ids) if (id > last) last = id;
  if (last < places.of.length) return;
  const larger = new Float64Array(Math.max(last + 1, places.of.length * 2));
  larger.set(places.of);
  places.of = larger;
}
