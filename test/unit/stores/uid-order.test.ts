import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withStatements } from '../../../server/stores/sqlite/prepared.ts';
import { uidSorter } from '../../../server/stores/sqlite/uid-order.ts';

const uids: string[] = [];
const uidOf = (id: number): string => (uids[id] ??= createHash('sha256').update(String(id)).digest('hex').slice(0, 32));

/** Things numbered from 1, as many as are added. */
function things() {
  const db = new DatabaseSync(':memory:');
  db.exec('CREATE TABLE entity(id INTEGER PRIMARY KEY, uid BLOB NOT NULL UNIQUE)');
  const insert = db.prepare('INSERT INTO entity(id, uid) VALUES (?, ?)');
  let last = 0;
  return {
    connection: withStatements(db),
    count: () => last,
    add: (count: number) => {
      for (const end = last + count; last < end;) insert.run((last += 1), Buffer.from(uidOf(last), 'hex'));
    },
  };
}

const sorted = (ids: readonly number[], wanted: number): readonly number[] =>
  ids.toSorted((a, b) => (uidOf(a) < uidOf(b) ? -1 : 1)).slice(0, wanted);

describe('the first of many things by their uids', () => {
  it('are the same whatever was asked before and whatever came since', () => {
    const question = fc.record({
      more: fc.constantFrom(0, 0, 3, 400),
      share: fc.constantFrom(1, 0.5, 0.01, 0.002),
      offset: fc.nat(50),
      wanted: fc.constantFrom(1, 2, 30, 301, 501, 100_000),
    });
    const histories = fc.property(fc.array(question, { minLength: 1, maxLength: 8 }), (questions) => {
      const { connection, count, add } = things();
      add(3000);
      for (const { more, share, offset, wanted } of questions) {
        add(more);
        const step = Math.round(1 / share);
        const ids = Array.from({ length: count() }, (_, i) => i + 1).filter((id) => (id + offset) % step === 0);
        expect(uidSorter(connection)(ids, wanted)).toEqual(sorted(ids, wanted));
      }
      connection.db.close();
    });
    fc.assert(histories, { seed: 20_261_122, numRuns: 40 });
  });

  it('are read together for a hub, once for all hubs', () => {
    const { connection, count, add } = things();
    add(20_000);
    const asked: string[] = [];
    const counting = {
      ...connection,
      arrays(text: string) {
        asked.push(text);
        return connection.arrays(text);
      },
    };
    const hub = (offset: number) => Array.from({ length: count() / 4 }, (_, i) => i * 4 + 1 + offset);
    for (const offset of [0, 1, 2]) expect(uidSorter(counting)(hub(offset), 51)).toEqual(sorted(hub(offset), 51));
    const readings = asked.filter((text) => text.includes('json_group_array'));
    expect(readings).toHaveLength(1);
    expect(readings[0]).toContain('e.uid >= ?');
    const newer = hub(3);
    add(2);
    expect(uidSorter(counting)([...newer, 20_001, 20_002], 51)).toEqual(sorted([...newer, 20_001, 20_002], 51));
  });
});
