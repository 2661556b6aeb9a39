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
