import { describe, expect, it } from 'vitest';
import type { KnownNames } from '../../../../connectors/connector.ts';
import { dataset, datasets, edgesOf, jobs, readAll, runEvent } from './events.ts';
import { at, otherNames, readByOtherName, standingAfter, written } from './standing.ts';

describe('another name under which another source knows a dataset', () => {
  const others =
    (...elsewhere: readonly string[]): KnownNames =>
    async (names) =>
      names.map((name) => ({ name, elsewhere: elsewhere.includes(name.name) }));

  it('is left apart, with the jobs that use it and what was said of it', async () => {
    const found = await readAll([written, readByOtherName], undefined, false, others('crm.customers'));
    expect(
      datasets(found)
        .toSorted((a, b) => (a.name < b.name ? -1 : 1))
        .map(({ name, fields, aliases }) => [name, fields.length, aliases?.map((alias) => alias.name)]),
    ).toEqual([
      ['crm.customers', 1, undefined],
      ['lake/customers', 2, ['crm.customers']],
      ['mart.mails', 1, undefined],
    ]);
    expect(jobs(found).flatMap((job) => edgesOf(job))).toEqual([
      'crm.customers -> mart.mails DATASET',
      'crm.customers.email -> mart.mails.mail IDENTITY keep',
    ]);
  });

  it('is told under its own name, where others give themselves that name as well', async () => {
    const found = await standingAfter([written, readByOtherName], others('lake/customers'));
    expect(datasets(found).map(({ name }) => name)).toEqual(['lake/customers', 'mart.mails']);
    const both = [
      written,
      readByOtherName,
      runEvent({ job: 'b', run: 'b1', time: at(4), outputs: [dataset('other', otherNames('crm.customers'))] }),
    ];
    const one = await standingAfter(both, others('other'));
    expect(datasets(one).map(({ name }) => name)).toEqual(['mart.mails', 'other']);
    const apart = await readAll(both, undefined, false, others('other', 'lake/customers'));
    expect(
      datasets(apart)
        .toSorted((a, b) => (a.name < b.name ? -1 : 1))
        .map(({ name, aliases }) => [name, aliases]),
    ).toEqual([
      ['crm.customers', undefined],
      ['lake/customers', undefined],
      ['mart.mails', undefined],
      ['other', undefined],
    ]);
    expect(apart.flatMap((one) => (one.type === 'gap' ? [one.gap.what] : [])).sort()).toEqual([
      'dataset lake/customers',
      'dataset other',
    ]);
  });

  it('joins a dataset that the other source calls by it too', async () => {
    const agreed: KnownNames = async (names) =>
      names.map((name) => ({
        name: name.name === 'crm.customers' ? { ...name, name: 'lake/customers' } : name,
        elsewhere: true,
      }));
    const found = await standingAfter([written, readByOtherName], agreed);
    expect(datasets(found).map(({ name }) => name)).toEqual(['lake/customers', 'mart.mails']);
  });

  it('is not dropped with the dataset, nor the dataset with it', async () => {
    const gone = runEvent({
      job: 'ddl',
      run: 'd9',
      time: at(9),
      outputs: [dataset('crm.customers', { lifecycleStateChange: { lifecycleStateChange: 'DROP' } })],
    });
    const found = await readAll([written, readByOtherName, gone], undefined, false, others('crm.customers'));
    expect(
      datasets(found)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['lake/customers', 'mart.mails']);
  });
});
