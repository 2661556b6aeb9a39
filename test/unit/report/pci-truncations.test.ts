import { expect, it } from 'vitest';
import { clinicGovernance, clinicWorld } from './clinic-world.ts';
import { classification, dataset, flow, sensitive } from './query-double.ts';
import { readReport, rowsOf } from './read-report.ts';

const number = (treatment: 'clear' | 'partial') =>
  classification('user.payment.card.number', 'Card number', { classes: ['PCI', 'PII'], treatment });
const vault = dataset('shop.payments.vault');
const copies = dataset('shop.marketing.copies');
const pan = sensitive(vault, 'pan', number('clear'));
const first = sensitive(copies, 'first', number('partial'));
const second = sensitive(copies, 'second', number('partial'));

/** What the report says of a copy whose columns were made by these functions. */
async function found(...functions: readonly [string, string]) {
  const [left, right] = functions;
  const world = {
    ...clinicWorld,
    datasets: [vault, copies],
    fields: [pan, first, second],
    flows: [flow(pan, first, { effect: 'partial', fn: left }), flow(pan, second, { effect: 'partial', fn: right })],
  };
  const rows = rowsOf(await readReport('pci-dss-12-5-2', clinicGovernance, world), 'findings');
  return rows.filter(({ finding }) => finding === 'different truncations of one PAN side by side');
}

it('has a finding where parts of one card number stand side by side', async () => {
  const expected = {
    severity: 'high',
    requirement: '3.5.1',
    where: 'shop.marketing.copies',
    detail: expect.stringContaining(
      'first and second, all of them parts of shop.payments.vault.pan: together they may',
    ),
  };
  expect(await found('SUBSTR', 'SUBSTR')).toEqual([expect.objectContaining(expected)]);
  expect(await found('LEFT', 'RIGHT')).toEqual([expect.objectContaining(expected)]);
});

it('has none where both are of the same end', async () => {
  expect(await found('RIGHT', 'TRIM>RIGHT')).toEqual([]);
});
