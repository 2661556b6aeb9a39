import { expect, it } from 'vitest';
import { diffLineage } from '../../../../server/query/diff/lineage.ts';
import type { DiffWindow } from '../../../../server/query/diff/window.ts';

/** A window with edges from `cards.pan` to `stats.ref`, as they were and as they are: function and effect. */
function windowWith(edges: Readonly<Record<'closed' | 'opened', readonly (readonly [string, string])[]>>): DiffWindow {
  const row = (change: 'closed' | 'opened', [fn, effect]: readonly [string, string]) => ({
    table: 'edge',
    uid: 'stats.ref',
    change,
    body: { from: 'cards.pan', kind: 'IDENTITY', job: 'load', fn, effect },
  });
  return {
    rows: [...edges.closed.map((one) => row('closed', one)), ...edges.opened.map((one) => row('opened', one))],
    holderOf: (uid: string) => uid.split('.')[0] ?? '',
    nameOf: (uid: string) => uid,
    known: (uid: string) => ({ path: [uid.split('.')[1] ?? ''] }),
  } as unknown as DiffWindow;
}

it.each([
  [['', 'keep'], ['CONCAT', 'keep'], 'was copied as it is, now through CONCAT'],
  [['SEAL', 'unknown'], ['', 'keep'], 'was through SEAL, now copied as it is'],
  [['MD5', 'hash'], ['RIGHT', 'partial'], 'was hash (MD5), now partial (RIGHT)'],
] as const)('says what was done on a way and what is: %j, %j', (before, after, says) => {
  const [item] = diffLineage(windowWith({ closed: [before], opened: [after] }));
  expect(item).toMatchObject({ change: 'changed', what: 'cards → stats', says: `pan → ref: ${says}` });
});
