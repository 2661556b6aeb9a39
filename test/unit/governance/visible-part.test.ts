import { expect, it } from 'vitest';
import { governanceFileSchema } from '../../../server/governance/objects.ts';
import { visiblePart } from '../../../server/governance/visible-part.ts';

const all = governanceFileSchema.parse({
  entities: [
    { id: 'shop', name: 'Shop Ltd', role: 'controller' },
    { id: 'lab', name: 'Lab Ltd', role: 'controller' },
  ],
  parties: [
    { id: 'mailer', name: 'Mailer', kind: 'processor' },
    { id: 'host', name: 'Host', kind: 'processor' },
    { id: 'buyer', name: 'Buyer', kind: 'recipient', datasets: [{ source: 'beta' }] },
    { id: 'reader', name: 'Reader', kind: 'recipient', datasets: [{ source: 'alpha' }, { source: 'beta' }] },
    { id: 'sister', name: 'Sister', kind: 'processor' },
    { id: 'client', name: 'Client', kind: 'processor' },
    { id: 'billing', name: 'Billing', kind: 'processor' },
  ],
  systems: [
    {
      id: 'web',
      name: 'Web shop',
      provider: 'host',
      hipaa: { businessAssociate: 'billing' },
      datasets: [{ name: 'wh.alpha.*' }, { name: 'wh.beta.*' }],
    },
    { id: 'lims', name: 'Laboratory', datasets: [{ source: 'beta' }] },
    { id: 'paper', name: 'Paper files' },
  ],
  activities: [
    {
      id: 'sales',
      name: 'Sales',
      entity: 'shop',
      jointControllers: ['sister'],
      controllers: ['client'],
      recipients: ['mailer'],
      retention: ['ten'],
      datasets: [{ source: 'alpha' }],
    },
    { id: 'tests', name: 'Tests', entity: 'lab', purposes: ['care'], datasets: [{ name: 'wh.beta.results' }] },
  ],
  retention: [
    { id: 'ten', name: 'Ten years', duty: 'keep-at-least', duration: 'P10Y', from: 'the sale' },
    {
      id: 'two',
      name: 'Two years',
      duty: 'erase-after',
      duration: 'P2Y',
      from: 'the test',
      datasets: [{ source: 'beta' }],
    },
    {
      id: 'three',
      name: 'Three years',
      duty: 'erase-after',
      duration: 'P3Y',
      from: 'the order',
      datasets: [{ source: 'alpha' }, { source: 'beta' }],
    },
  ],
  grounds: [
    { id: 'a', finding: 'sad-at-rest', field: 'wh.alpha.orders.cvv', ground: '3.3.2', statement: 's', by: 'x' },
    { id: 'c', finding: 'sad-at-rest', field: 'wh.alpha.orders_of_beta.cvv', ground: '3.3.2', statement: 's', by: 'x' },
    { id: 'b', finding: 'sad-at-rest', field: 'wh.beta.orders.cvv', ground: '3.3.2', statement: 's', by: 'x' },
  ],
});
const orders = {
  name: 'wh.alpha.orders',
  namespace: 'postgres://db.example:5432',
  platform: 'postgres',
  sources: ['alpha'],
  owners: [],
  tags: [],
};

it('is what was said about datasets that are seen, with what it needs and the selectors that mean them', () => {
  const part = visiblePart(all, [orders]);
  const ids = Object.fromEntries(Object.entries(part).map(([kind, objects]) => [kind, objects.map(({ id }) => id)]));
  expect(ids).toEqual({
    entities: ['shop'],
    parties: ['mailer', 'host', 'reader', 'sister', 'client', 'billing'],
    systems: ['web'],
    activities: ['sales'],
    retention: ['ten', 'three'],
    grounds: ['a'],
  });
  expect(part.systems[0]?.datasets).toEqual([{ name: 'wh.alpha.*' }]);
  expect(JSON.stringify(part)).not.toContain('beta');
});

it('is nothing for who sees nothing', () => {
  expect(Object.values(visiblePart(all, [])).flat()).toEqual([]);
});
