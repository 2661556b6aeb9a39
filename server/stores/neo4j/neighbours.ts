import { directKinds } from '../../model/edge.ts';
import type { Uid } from '../../model/ids.ts';
import type { CountRequest } from '../graph/graph-store.ts';
import { whole, type Row } from './database.ts';
import { isFlowing } from './flows.ts';
import type { Reading } from './read-at.ts';

/** Things whose neighbours one statement reads, where they are named one by one. */
const batchSize = 1000;

/** Things around the starting points that one statement reads ahead, at most, and from how many starting points. */
const aheadAtMost = 20_000;
const startsAtMost = 100;

/** Depths that a statement reads ahead by: another depth is another plan, which the server makes anew. */
const depthSteps = [1, 3, 10, 30, 100];

/** Comes after every uid, which are hexadecimal digits. */
const afterAll = 'g';

/**
 * Up to which uid the first `most` neighbours almost surely are, of a thing with so many times as many edges: once, twice, four
 * times … Uids are digests, spread evenly; where edges are no longer alive or lead to the same thing there are fewer, and whoever
 * needs more reads all.
 */
function lastsOf(most: number): readonly string[] {
  const many = 2 * (most + 6 * Math.sqrt(most) + 16);
  return Array.from({ length: 32 }, (_, power) => {
    const share = many / (most * 2 ** power);
    return share >= 1
      ? afterAll
      : Math.ceil(share * 2 ** 48)
          .toString(16)
          .padStart(12, '0');
  });
}

interface Known {
  /** By identity; the first so many of them where it is not all. */
  readonly uids: readonly Uid[];
  readonly isAll: boolean;
}

/** The neighbours of things in one direction, read from the server in few statements and kept until they are let go. */
export interface Neighbours {
  /** All neighbours of a thing that are known, and whether there are more. Undefined: they were not read. */
  known(uid: Uid): Known | undefined;
  /**
   * Reads what lies around the starting points, nearest first, so that a search for `wanted` things needs no more: one statement
   * instead of one for each layer.
   */
  readAhead(reading: Reading, from: readonly Uid[], wanted: number): Promise<void>;
  /** Reads those of the things that are not known, the first thousand of them; of each at most `most` neighbours. */
  read(reading: Reading, uids: Iterable<Uid>, most: number): Promise<void>;
  forget(uid: Uid): void;
}

export function createNeighbours({ depth, direction, kinds = directKinds }: CountRequest): Neighbours {
  const found = new Map<Uid, Known>();
  const [left, right] = direction === 'downstream' ? ['-', '->'] : ['<-', '-'];
  // The properties of an edge take longest: of a hub only those are looked at that lead to the first by identity.
  const list = `WITH x, COUNT { (x)${left}[:FLOWS]${right}() } / $most AS times
     WITH x, $lasts[toInteger(log10(times + 1) / log10(2))] AS last
     RETURN x.uid AS uid, last AS last, COLLECT { MATCH (x)${left}[r:FLOWS]${right}(y) WITH r, y.uid AS far WHERE far < last
       WITH r, far WHERE ${isFlowing(kinds)} RETURN DISTINCT far ORDER BY far LIMIT $most } AS far`;
  const reach = depthSteps.find((step) => step >= depth) ?? depth;
  const around = `MATCH (s)${left}[rs:FLOWS*0..${reach}]${right}(x) WHERE all(r IN rs WHERE ${isFlowing(kinds)})`;

  // What has more edges than are wanted needs nothing around it, and looking there would go along all of them.
  const isNarrow = `COUNT { (s)${left}[:FLOWS]${right}() } <= $most`;

  const keep = (rows: readonly Row[], most: number) => {
    for (const row of rows) {
      const uids = row['far'] as readonly Uid[];
      found.set(String(row['uid']), { uids, isAll: row['last'] === afterAll && uids.length < most });
    }
  };
  return {
    known: (uid) => found.get(uid),
    async readAhead({ ask, n }, from, wanted) {
      if (from.length > startsAtMost) return;
      const each = Math.ceil((Math.min(wanted, aheadAtMost) + from.length) / from.length);
      const parameters = { from, kinds, n, each: whole(each), most: whole(wanted + 1), lasts: lastsOf(wanted + 1) };
      const rows = await ask(
        `UNWIND $from AS start MATCH (s:Entity {uid: start})
         CALL (s) { ${around} AND ${isNarrow} RETURN DISTINCT x LIMIT $each UNION MATCH (x:Entity {uid: s.uid}) RETURN x }
         WITH DISTINCT x ${list}`,
        parameters,
      );
      keep(rows, wanted + 1);
    },
    async read({ ask, n }, uids, most) {
      const missing: Uid[] = [];
      for (const uid of uids) {
        if (found.get(uid)?.isAll === true) continue;
        missing.push(uid);
        if (missing.length === batchSize) break;
      }
      const rows = await ask(`UNWIND $uids AS asked MATCH (x:Entity {uid: asked}) ${list}`, {
        uids: missing,
        kinds,
        n,
        most: whole(most),
        lasts: lastsOf(most),
      });
      // A thing that nobody named has none.
      for (const uid of missing) found.set(uid, { uids: [], isAll: true });
      keep(rows, most);
    },
    forget: (uid) => void found.delete(uid),
  };
}
