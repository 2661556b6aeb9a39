import { expect, it } from 'vitest';
import { governanceFileSchema } from '../../../server/governance/objects.ts';
import { sourcePart } from '../../../server/governance/source-part.ts';

const all = governanceFileSchema.parse({
  entities: [{ id: 'shop', name: 'Shop Ltd', role: 'controller' }],
  systems: [
    { id: 'web', name: 'Web shop', datasets: [{ name: 'wh.shop.*' }] },
    { id: 'lims', name: 'Laboratory', datasets: [{ name: 'wh.lab.*' }] },
    { id: 'books', name: 'Bookkeeping', datasets: [{ source: 'books' }] },
    { id: 'paper', name: 'Paper files' },
    { id: 'lake', name: 'Lake', datasets: [{ name: 'lake.*' }] },
  ],
  activities: [
    { id: 'sales', name: 'Sales', entity: 'shop', retention: ['both'], datasets: [{ source: 'alpha' }] },
    { id: 'tests', name: 'Tests', entity: 'shop', retention: ['both', 'own', 'there'], datasets: [{ source: 'beta' }] },
  ],
  retention: [
    { id: 'both', name: 'Both', duty: 'erase-after', duration: 'P1Y', from: 'x' },
    { id: 'own', name: 'Of tests alone', duty: 'erase-after', duration: 'P2Y', from: 'x' },
    {
      id: 'there',
      name: 'Of datasets',
      duty: 'erase-after',
      duration: 'P3Y',
      from: 'x',
      datasets: [{ name: 'wh.shop.*' }],
    },
    { id: 'all', name: 'Of everything', duty: 'keep-at-least', duration: 'P4Y', from: 'x' },
  ],
});

const seen = (name: string, ...sources: string[]) => ({
  name,
  namespace: 'postgres://db.example:5432',
  platform: 'postgres',
  sources,
  owners: [],
  tags: [],
});
const orders = seen('wh.shop.orders', 'alpha');
const results = seen('wh.lab.results', 'beta');
const datasets = [
  orders,
  seen('wh.shop.parcels', 'beta', 'gamma'),
  seen('wh.shop.shared', 'alpha', 'beta'),
  results,
  seen('lake.events'),
];
const ids = (objects: readonly { readonly id: string }[]) => objects.map(({ id }) => id);

it('leaves out what other sources show, and nothing that nobody connected', () => {
  const { governance } = sourcePart(all, datasets, 'alpha');
  expect(ids(governance.systems)).toEqual(['web', 'books', 'paper', 'lake']);
  // A dataset that both describe is in the part: so is what means it.
  expect(ids(governance.activities)).toEqual(['sales', 'tests']);
  expect(ids(sourcePart(all, [orders, results], 'alpha').governance.activities)).toEqual(['sales']);
});

it('says how much of each lies outside, and who shows it', () => {
  expect(sourcePart(all, datasets, 'alpha').outside).toEqual([
    { kind: 'system', id: 'web', name: 'Web shop', inside: 2, outside: 1, sources: ['beta', 'gamma'] },
    { kind: 'system', id: 'lims', name: 'Laboratory', inside: 0, outside: 1, sources: ['beta'] },
    { kind: 'processing activity', id: 'tests', name: 'Tests', inside: 1, outside: 2, sources: ['beta', 'gamma'] },
  ]);
});

it('makes no rule hold for everybody by leaving out the one who named it', () => {
  const { governance } = sourcePart(all, [orders, results], 'alpha');
  expect(ids(governance.retention)).toEqual(['both', 'there', 'all']);
});
