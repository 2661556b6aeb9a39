import { describe, expect, it } from 'vitest';
import { array, assert, constantFrom, integer, property, tuple } from 'fast-check';
import { chain, graph, hidden, link, node, shop, wide } from './graphs.ts';
import { crossings, orderColumns } from '../../../server/draw/order.ts';
import { keepApart } from '../../../server/draw/positions.ts';
import { layOut } from '../../../server/draw/layout.ts';
import { rankBoxes } from '../../../server/draw/ranks.ts';
import type { Box, Picture } from '../../../server/draw/picture.ts';

function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function expectSound(picture: Picture): void {
  for (const [index, box] of picture.boxes.entries()) {
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.y).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(picture.width);
    expect(box.y + box.height).toBeLessThanOrEqual(picture.height);
    for (const other of picture.boxes.slice(index + 1)) expect(overlaps(box, other)).toBe(false);
  }
  for (const point of picture.curves.flatMap((curve) => curve.points)) {
    expect(Number.isFinite(point.x) && Number.isFinite(point.y)).toBe(true);
    expect(point.x).toBeLessThanOrEqual(picture.width);
  }
}

describe('layout', () => {
  it('gives the same picture whatever the order of nodes and edges', () => {
    const answer = shop();
    const turned = { ...answer, nodes: [...answer.nodes].reverse(), edges: [...answer.edges].reverse() };
    expect(layOut(turned)).toEqual(layOut(answer));
  });

  it('gathers the fields of a dataset in one box and keeps boxes apart', () => {
    const picture = layOut(shop());
    expect(picture.boxes.filter((box) => box.fullName === 'shop.marts.customer_360')).toHaveLength(1);
    expect(picture.boxes.find((box) => box.fullName === 'shop.marts.customer_360')?.rows).toHaveLength(3);
    expectSound(picture);
    expectSound(layOut(wide(200)));
  });

  it('runs edges rightwards', () => {
    const picture = layOut(shop());
    for (const curve of picture.curves) {
      expect(curve.isBack).toBe(false);
      expect(curve.points[0]?.x ?? 0).toBeLessThan(curve.points.at(-1)?.x ?? 0);
    }
  });

  it('draws a cycle as one edge that runs back, and an edge within a dataset as a loop', () => {
    const picture = layOut(
      graph(
        'a:x',
        [node('a:x', 0), node('b:x', 1), node('c:x', 2), node('c:y', 3)],
        [link('a:x', 'b:x'), link('b:x', 'c:x'), link('c:x', 'a:x'), link('c:x', 'c:y', 'hash')],
      ),
    );
    expect(picture.curves.filter((curve) => curve.isBack).map((curve) => `${curve.from}>${curve.to}`)).toEqual([
      'c:x>a:x',
      'c:x>c:y',
    ]);
    expectSound(picture);
  });

  it('writes beside a port what was done to the values that arrive there', () => {
    const picture = layOut(
      graph(
        'a:x',
        [node('a:x', 0), node('a:y', 0), node('b:x', 1), node('b:y', 1)],
        [link('a:x', 'b:x', 'hash'), link('a:y', 'b:x'), link('a:y', 'b:y')],
      ),
    );
    const rows = picture.boxes.flatMap((box) => box.rows);
    expect(rows.find((row) => row.key === 'b:x')?.arriving.map((one) => one.words)).toEqual(['unchanged, hashed']);
    expect(rows.find((row) => row.key === 'b:y')?.arriving).toEqual([]);
  });

  it('keeps a hidden place on the path and counts it', () => {
    const picture = layOut(
      graph('a:x', [node('a:x', 0), hidden('h', 1), node('c:x', 2)], [link('a:x', 'h'), link('h', 'c:x')]),
    );
    expect(picture.boxes.filter((box) => box.hidden)).toHaveLength(1);
    expect(picture.curves).toHaveLength(2);
    expect(picture.notes).toContain('1 place on the way you may not see.');
  });

  it('says what it does not show', () => {
    expect(layOut(shop()).notes).toEqual([
      'Cut short: only the nearest are shown; 212 more.',
      '1 place on the way you may not see.',
      'Gap: 2 statements on the way not understood in full; flows may be missing.',
    ]);
    const outside = graph('a:x', [node('a:x', 0)], [link('a:x', 'elsewhere:y')]);
    expect(layOut(outside).notes).toEqual(['Leading out of this picture: 1 connection.', 'No flow is known here.']);
  });

  it('explains in its legend what it uses and nothing else', () => {
    expect(layOut(chain(2)).legend.map((entry) => entry.sample)).toEqual(['SENSITIVE', 'direct']);
    expect(layOut(shop()).legend.map((entry) => entry.sample)).toEqual([
      'SENSITIVE',
      'NOT_SENSITIVE',
      'UNDECIDED',
      'GAP',
      'direct',
      'step-down',
      'indirect',
      'dataset',
      'hidden',
    ]);
  });

  it('goes on below where a chain grows too wide, and stays broad where too many edges would turn', () => {
    const picture = layOut(chain(30), 1250);
    expect(picture.width).toBeLessThanOrEqual(1250);
    expect(new Set(picture.boxes.map((box) => box.y)).size).toBeGreaterThan(3);
    expectSound(picture);
    expect(layOut(wide(200), 900).width).toBeGreaterThan(900);
    expectSound(layOut(shop(), 700));
  });

  it('lays out any small graph without overlaps', () => {
    const place = integer({ min: 0, max: 17 }).map((n) => `d${String(n % 6)}:f${String(Math.floor(n / 6))}`);
    assert(
      property(array(tuple(place, place), { maxLength: 24 }), constantFrom(600, 1e9), (pairs, wrapAt) => {
        const places = [...new Set(pairs.flat())];
        const origin = places[0] ?? 'd0:f0';
        const nodes = places.map((one, index) => node(one, index === 0 ? 0 : 1));
        expectSound(
          layOut(
            graph(
              origin,
              nodes.length > 0 ? nodes : [node(origin, 0)],
              pairs.map(([a, b]) => link(a, b)),
            ),
            wrapAt,
          ),
        );
      }),
      { numRuns: 150, seed: 20_261_121 },
    );
  });
});

describe('the steps of the layout', () => {
  it('puts a box right of its furthest predecessor and a source beside its target', () => {
    const { ranks } = rankBoxes(
      5,
      [
        { from: 0, to: 1 },
        { from: 1, to: 2 },
        { from: 0, to: 2 },
        { from: 3, to: 2 },
      ],
      [0],
    );
    expect(ranks.slice(0, 4)).toEqual([0, 1, 2, 1]);
  });

  it('uncrosses what can be uncrossed', () => {
    const columns = [
      [0, 1, 2],
      [3, 4, 5],
    ];
    const segments = [
      { from: 0, to: 5, weight: 1 },
      { from: 1, to: 4, weight: 1 },
      { from: 2, to: 3, weight: 1 },
    ];
    expect(crossings(columns, segments)).toBe(3);
    expect(crossings(orderColumns({ columns, segments }), segments)).toBe(0);
  });

  it('keeps slots apart in their order, as near to their wishes as that allows', () => {
    const wish = (top: number): { top: number; weight: number } => ({ top, weight: 1 });
    expect(keepApart([wish(0), wish(100)], [10, 10])).toEqual([0, 100]);
    expect(keepApart([wish(50), wish(50)], [10, 10])).toEqual([45, 55]);
    expect(keepApart([wish(50), wish(0)], [10, 10])).toEqual([20, 30]);
  });
});
