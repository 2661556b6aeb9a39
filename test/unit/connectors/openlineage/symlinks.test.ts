import { describe, expect, it } from 'vitest';
import { dataset, datasets, edgesOf, jobs, lineage, readAll, runEvent, schema, warehouse } from './events.ts';
import { at, otherNames, readByOtherName, standingAfter, written } from './standing.ts';

const unrelated = runEvent({ job: 'other', run: 'r3', time: at(3), inputs: [dataset('a')], outputs: [dataset('b')] });

describe('another name of a dataset (symlink)', () => {
  it('is the dataset, whether it was read by that name before or after', async () => {
    const found = await standingAfter([written, readByOtherName, unrelated]);
    expect(datasets(found).map(({ name }) => name)).toEqual(['a', 'b', 'lake/customers', 'mart.mails']);
    expect(jobs(found).flatMap((job) => edgesOf(job))).toEqual([
      'a -> b DATASET',
      'lake/customers -> mart.mails DATASET',
      'lake/customers.email -> mart.mails.mail IDENTITY keep',
    ]);
  });

  it('spells fields as the schema of the dataset does', async () => {
    const shouted = runEvent({
      job: 'report',
      run: 'r2',
      time: at(2),
      outputs: [dataset('mart.mails', lineage({ mail: ['crm.customers.EMAIL DIRECT IDENTITY'] }))],
    });
    const found = await standingAfter([written, shouted]);
    expect(jobs(found).flatMap((job) => edgesOf(job))).toContain(
      'lake/customers.email -> mart.mails.mail IDENTITY keep',
    );
  });

  it('is the same one from either side, and over several names', async () => {
    const chain = [
      runEvent({
        job: 'x',
        run: 'x1',
        time: at(1),
        outputs: [dataset('p', { ...schema('email'), ...otherNames('q') })],
      }),
      runEvent({ job: 'y', run: 'y1', time: at(2), outputs: [dataset('q', otherNames('r'))] }),
      runEvent({ job: 'z', run: 'z1', time: at(3), inputs: [dataset('r')], outputs: [dataset('out')] }),
    ];
    expect(datasets(await standingAfter(chain)).map(({ name }) => name)).toEqual(['out', 'p']);
    const mutual = [
      runEvent({
        job: 'x',
        run: 'x1',
        time: at(1),
        outputs: [dataset('p', { ...schema('email'), ...otherNames('q') })],
      }),
      runEvent({
        job: 'y',
        run: 'y1',
        time: at(2),
        inputs: [dataset('q', otherNames('p'))],
        outputs: [dataset('out')],
      }),
    ];
    const found = await standingAfter(mutual);
    expect(datasets(found).map(({ name, aliases }) => [name, aliases?.map((alias) => alias.name)])).toEqual([
      ['out', undefined],
      ['p', ['q']],
    ]);
  });

  it('that several datasets share makes them one, under that name, and is told as a gap', async () => {
    const events = [
      runEvent({
        job: 'a',
        run: 'a1',
        time: at(1),
        outputs: [dataset('day=1', { ...schema('email'), ...otherNames('t') })],
      }),
      runEvent({
        job: 'b',
        run: 'b1',
        time: at(2),
        outputs: [dataset('day=2', { ...schema('email'), ...otherNames('t') })],
      }),
      runEvent({ job: 'c', run: 'c1', time: at(3), inputs: [dataset('t')], outputs: [dataset('out')] }),
    ];
    const found = await standingAfter(events);
    expect(datasets(found).map(({ name }) => name)).toEqual(['out', 't']);
    expect(
      jobs(found).map(({ name, inputs, outputs }) => [name, [...inputs, ...outputs].map((one) => one.name)]),
    ).toEqual([
      ['a', ['t']],
      ['b', ['t']],
      ['c', ['t', 'out']],
    ]);
    const gaps = (await readAll(events)).flatMap((one) => (one.type === 'gap' ? [one.gap.detail] : []));
    expect(gaps).toEqual([expect.stringContaining('day=1, day=2')]);
  });

  it('is a dataset of its own again when the facet no longer names it', async () => {
    const withdrawn = runEvent({
      job: 'load',
      run: 'r9',
      time: at(9),
      outputs: [dataset('lake/customers', { ...schema('id int'), ...otherNames('crm.people') })],
    });
    const found = await standingAfter([written, readByOtherName, withdrawn]);
    expect(datasets(found).map(({ name }) => name)).toEqual(['crm.customers', 'lake/customers', 'mart.mails']);
    expect(jobs(found).flatMap((job) => edgesOf(job))).toContain(
      'crm.customers.email -> mart.mails.mail IDENTITY keep',
    );
  });

  const drop = (name: string, minute: number, more: object = {}): object =>
    runEvent({
      job: 'ddl',
      run: `d${minute}`,
      time: at(minute),
      outputs: [dataset(name, { lifecycleStateChange: { lifecycleStateChange: 'DROP' }, ...more })],
    });

  it('goes with the dataset that is dropped', async () => {
    const found = await standingAfter([written, readByOtherName, drop('lake/customers', 9)]);
    expect(datasets(found).map(({ name }) => name)).toEqual(['mart.mails']);
  });

  it('takes the dataset with it when it is dropped', async () => {
    const found = await standingAfter([written, readByOtherName, drop('crm.customers', 9)]);
    expect(datasets(found).map(({ name }) => name)).toEqual(['mart.mails']);
    expect(jobs(found).flatMap((job) => edgesOf(job))).toEqual([]);
  });

  it('takes every dataset with it that is known by it', async () => {
    const part = (day: number): object =>
      runEvent({ job: `p${day}`, run: `p${day}`, time: at(day), outputs: [dataset(`day=${day}`, otherNames('t'))] });
    expect(datasets(await standingAfter([part(1), part(2), drop('t', 9)]))).toEqual([]);
    expect(datasets(await standingAfter([part(1), part(2), drop('day=1', 9)])).map(({ name }) => name)).toEqual([
      'day=2',
    ]);
  });

  it('leaves a dataset that is spoken of, or calls itself so, after it was dropped', async () => {
    const again = runEvent({ job: 'late', run: 'r8', time: at(10), inputs: [dataset('lake/customers')], outputs: [] });
    const found = await standingAfter([written, again, drop('crm.customers', 9)]);
    expect(datasets(found).map(({ name, fields, aliases }) => [name, fields, aliases])).toEqual([
      ['lake/customers', [], undefined],
    ]);
    const late = await standingAfter([written, drop('crm.customers', 0)]);
    expect(datasets(late).map(({ name }) => name)).toEqual(['lake/customers']);
  });

  const renamed = (from: string, to: string, more: object = {}): object =>
    runEvent({
      job: 'ddl',
      run: 'n9',
      time: at(9),
      outputs: [
        dataset(to, {
          lifecycleStateChange: {
            lifecycleStateChange: 'RENAME',
            previousIdentifier: { namespace: warehouse, name: from },
          },
          ...more,
        }),
      ],
    });

  it('takes the dataset with it when it becomes the name of another one', async () => {
    const found = await standingAfter([written, readByOtherName, renamed('crm.customers', 'crm.people', schema('id'))]);
    expect(datasets(found).map(({ name, facets }) => [name, facets?.['openlineage.renamedFrom']])).toEqual([
      ['crm.people', { namespace: warehouse, name: 'crm.customers' }],
      ['mart.mails', undefined],
    ]);
  });

  it('leaves the dataset that it is given to, and that gives itself the new name', async () => {
    const own = await standingAfter([written, renamed('crm.customers', 'lake/customers')]);
    expect(datasets(own).map(({ name }) => name)).toEqual(['lake/customers']);
    const another = await standingAfter([
      written,
      renamed('crm.customers', 'lake/customers', otherNames('crm.people')),
    ]);
    expect(datasets(another).map(({ name, aliases }) => [name, aliases?.map((alias) => alias.name)])).toEqual([
      ['lake/customers', ['crm.people']],
    ]);
  });

  it('stays when something spoke of it after the dataset was dropped', async () => {
    const late = runEvent({ job: 'late', run: 'r8', time: at(10), inputs: [dataset('crm.customers')], outputs: [] });
    const found = await standingAfter([written, late, drop('lake/customers', 9)]);
    expect(datasets(found).map(({ name }) => name)).toEqual(['crm.customers']);
  });
});

describe('the namespaces of an object store', () => {
  it('are one place whichever client said them', async () => {
    const place = (namespace: string, name: string): object => ({ namespace, name, facets: {} });
    const events = [
      runEvent({ job: 'w', run: 'w1', outputs: [place('s3a://lake', 'customers')] }),
      runEvent({
        job: 'r',
        run: 'x1',
        inputs: [place('s3://lake', 'customers')],
        outputs: [place('S3N://lake/', 'copy')],
      }),
    ];
    const found = await standingAfter(events);
    expect(datasets(found).map(({ namespace, name }) => `${namespace} ${name}`)).toEqual([
      's3://lake copy',
      's3://lake customers',
    ]);
  });
});
