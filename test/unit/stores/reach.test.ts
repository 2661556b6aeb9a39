import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWritable } from '../../../server/stores/sqlite/database.ts';
import { withStatements, type Connection } from '../../../server/stores/sqlite/prepared.ts';
import { reach } from '../../../server/stores/sqlite/reach.ts';
import { INF } from '../../../server/stores/sqlite/schema.ts';

let directory = '';
let connection: Connection;

/** Edges by the ids of things; thing `i` has the uid of its number in hex. */
function makeGraph(edges: readonly (readonly [number, number])[]): void {
  const ids = new Set(edges.flat());
  const { db } = connection;
  db.exec('BEGIN');
  const entity = db.prepare("INSERT INTO entity VALUES (?, ?, 1, NULL, 'n', 't', NULL)");
  for (const id of ids) entity.run(id, Buffer.from(uidOf(id), 'hex'));
  const edge = db.prepare(
    `INSERT INTO edge(src, dst, kind, job, fn, source, from_rev, to_rev, doc, effect, masking, conf) VALUES (?, ?, 1, 7, '', 1, 1, ${INF}, 7, 0, 0, 1)`,
  );
  for (const [src, dst] of edges) edge.run(src, dst);
  db.exec('COMMIT');
}

const uidOf = (id: number) => id.toString(16).padStart(32, '0');
const down = (from: number, depth: number) => ({ from: [uidOf(from)], direction: 'downstream', depth, n: 1 }) as const;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'lexline-reach-'));
  connection = withStatements(openWritable(directory));
});
afterEach(() => {
  connection.db.close();
  rmSync(directory, { recursive: true });
});

describe('a walk inside the engine', () => {
  it('reaches everything once where layers are larger than what one statement reads', () => {
    const width = 700;
    const edges: [number, number][] = [];
    for (let i = 0; i < width; i++) {
      edges.push([1, 10 + i], [10 + i, 10_000 + i], [10 + i, 10_000 + ((i * 7) % width)], [10_000 + i, 1]);
    }
    makeGraph([...new Map(edges.map((edge) => [edge.join(), edge])).values()]);
    const { visits, stopped } = reach(connection, down(1, 9), () => false);
    expect(visits).toHaveLength(2 * width);
    expect(new Set(visits.map(({ id }) => id)).size).toBe(2 * width);
    expect(stopped).toBeNull();
    expect(visits.map(({ degree }) => degree)).toEqual(visits.map(({ degree }) => degree).toSorted((a, b) => a - b));
    expect(visits.slice(0, width).map(({ id }) => id)).toEqual(Array.from({ length: width }, (_, i) => 10 + i));
  });

  it('comes in the same order while an open revision closes some of its rows', () => {
    makeGraph([
      [1, 5],
      [1, 3],
      [1, 4],
      [3, 9],
      [4, 8],
    ]);
    const before = reach(connection, down(1, 9), () => false).visits;
    connection.db.exec('UPDATE edge SET to_rev = 2 WHERE dst IN (3, 9)');
    expect(reach(connection, down(1, 9), () => false).visits).toEqual(before);
    expect(before.map(({ id }) => id)).toEqual([3, 4, 5, 9, 8]);
  });

  it('ends as soon as nobody wants it, also inside one layer', () => {
    makeGraph(Array.from({ length: 20_000 }, (_, i) => [1, 10 + i] as const));
    let looks = 0;
    const isStopped = () => {
      looks += 1;
      return looks === 3;
    };
    expect(() => reach(connection, down(1, 9), isStopped)).toThrow(expect.objectContaining({ code: 'CANCELLED' }));
    expect(looks).toBe(3);
    expect(reach(connection, down(1, 9), () => false).visits).toHaveLength(20_000);
  });

  it('ends at its target without walking the rest', () => {
    makeGraph([
      [1, 2],
      [2, 3],
      [3, 4],
      [4, 5],
    ]);
    const { visits, stopped } = reach(connection, down(1, 9), () => false, 3);
    expect(visits.map(({ id }) => id)).toEqual([2, 3]);
    expect(stopped).toBeNull();
  });
});
