import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byCodePoint, indexable, keyOf } from '../../../server/stores/neo4j/keys.ts';
import { RowSet, type StoredRow } from '../../../server/stores/neo4j/row-set.ts';
import { INF } from '../../../server/stores/neo4j/schema.ts';
import { storeError } from '../../../server/stores/neo4j/store-error.ts';

const n = 7;

/** The rows of one key in a database that does what it is told. */
class Rows {
  rows: StoredRow[] = [];

  set(): RowSet {
    const set = new RowSet(n);
    for (const row of this.rows) if (row.to === INF || row.to === n) set.load('Fact', row, 'doc');
    return set;
  }

  write(set: RowSet): number {
    const operations = set.operations();
    for (const one of operations) {
      if (one.type === 'create')
        this.rows.push({ id: `${one.base} ${n}`, base: one.base, from: n, to: INF, said: String(one.columns[0]) });
      else if (one.type === 'delete') this.rows = this.rows.filter(({ id }) => id !== one.id);
      else
        this.rows = this.rows.map((row) => (row.id === one.id ? { ...row, to: one.type === 'close' ? n : INF } : row));
    }
    return operations.length;
  }

  at(revision: number): string[] {
    return this.rows
      .filter(({ from, to }) => from <= revision && to > revision)
      .map(({ base, said }) => `${base}=${said}`)
      .sort();
  }
}

const step = fc.record({ base: fc.constantFrom('a', 'b'), said: fc.constantFrom(null, 'x', 'y') });

describe('rows that are brought to what is said now', () => {
  it('end as the last word on each key, leave the revision before alone, and have nothing to do twice', () => {
    fc.assert(
      fc.property(
        fc.subarray(['a', 'b']),
        fc.array(fc.array(step, { maxLength: 5 }), { maxLength: 4 }),
        (before, batches) => {
          const stored = new Rows();
          stored.rows = before.map((base) => ({ id: `${base} 3`, base, from: 3, to: INF, said: 'x' }));
          const wanted = new Map(before.map((base) => [base, 'x']));
          const earlier = stored.at(n - 1);
          for (const batch of batches) {
            const set = stored.set();
            for (const { base, said } of batch) {
              if (said === null) set.end('Fact', base);
              else set.put('Fact', base, said, [said], 'doc');
              if (said === null) wanted.delete(base);
              else wanted.set(base, said);
            }
            stored.write(set);
            const again = stored.set();
            for (const [base, said] of wanted) again.put('Fact', base, said, [said], 'doc');
            expect(stored.write(again)).toBe(0);
          }
          expect(stored.at(n)).toEqual([...wanted].map(([base, said]) => `${base}=${said}`).sort());
          expect(stored.at(n - 1)).toEqual(earlier);
        },
      ),
      { numRuns: 500, seed: 20_261_121 },
    );
  });

  it('keep a row that was closed and is said again unchanged, instead of opening another', () => {
    const stored = new Rows();
    stored.rows = [{ id: 'a 3', base: 'a', from: 3, to: INF, said: 'x' }];
    const closing = stored.set();
    closing.end('Fact', 'a');
    stored.write(closing);
    const again = stored.set();
    again.put('Fact', 'a', 'x', ['x'], 'doc');
    expect(again.operations()).toEqual([{ table: 'Fact', type: 'reopen', id: 'a 3' }]);
  });

  it("write a document's own record last", () => {
    const set = new RowSet(n);
    set.put('Doc', 'd', 'said', []);
    set.put('Fact', 'f', 'said', []);
    set.put('FLOWS', 'e', 'said', []);
    expect(set.operations().map(({ table }) => table)).toEqual(['Fact', 'FLOWS', 'Doc']);
  });
});

describe('keys', () => {
  it('stay below the limit of an index, in order and apart, however long a name is', () => {
    const long = '🦊'.repeat(5000);
    expect(Buffer.byteLength(indexable(long))).toBeLessThan(8000);
    expect(indexable(`${long}a`)).not.toBe(indexable(`${long}b`));
    expect(byCodePoint(indexable(`a${long}`), indexable(`b${long}`))).toBeLessThan(0);
    expect(keyOf('a', 'b')).not.toBe(keyOf('ab', ''));
  });

  it('order as the server does: by code point, not by half of one', () => {
    expect(byCodePoint('\uFF5E', '🦊')).toBeLessThan(0);
    expect(['🦊', '\uFF5E'].toSorted()).toEqual(['🦊', '\uFF5E']);
  });
});

describe('what the driver throws', () => {
  const thrown = (code: string) => Object.assign(new Error(`${code} said\nand more`), { code });

  it.each([
    ['ServiceUnavailable', 'STORE_UNAVAILABLE'],
    ['Neo.ClientError.Security.Unauthorized', 'STORE_AUTH_FAILED'],
    ['Neo.TransientError.Transaction.DeadlockDetected', 'STORE_BUSY'],
    ['Neo.DatabaseError.General.UnknownError', 'STORE_UNAVAILABLE'],
    ['Neo.ClientError.Statement.SyntaxError', 'INTERNAL'],
  ])('%s is told as %s, on one line with the address', (code, told) => {
    expect(storeError(thrown(code), 'db:7687')).toMatchObject({
      code: told,
      message: `[stores/neo4j] db:7687: ${code} said`,
    });
  });
});
