import { describe, expect, it } from 'vitest';
import { forgetfulEventRoom } from '../../../../connectors/kit/event-room.ts';
import { dataset, datasets, edgesOf, jobs, lineage, readAll, runEvent, schema, warehouse } from './events.ts';

const canary = 'canary-7Q';

describe('column lineage', () => {
  it.each([
    ['DIRECT IDENTITY', 'a.x -> t.y IDENTITY keep'],
    ['DIRECT TRANSFORMATION', 'a.x -> t.y TRANSFORMATION unknown'],
    ['DIRECT TRANSFORMATION masked', 'a.x -> t.y TRANSFORMATION hash masked'],
    ['DIRECT AGGREGATION', 'a.x -> t.y AGGREGATION unknown'],
    ['DIRECT SOMETHING_NEW', 'a.x -> t.y TRANSFORMATION unknown'],
    ['INDIRECT JOIN', 'a.x -> t JOIN'],
    ['INDIRECT WINDOW', 'a.x -> t WINDOW'],
    ['INDIRECT SOMETHING_NEW', 'a.x -> t CONDITIONAL'],
    ['', 'a.x -> t.y TRANSFORMATION unknown'],
  ])('by %s becomes %s', async (transformation, edge) => {
    const event = runEvent({ outputs: [dataset('t', lineage({ y: [`a.x ${transformation}`.trim()] }))] });
    expect(edgesOf(jobs(await readAll([event]))[0])).toEqual(['a -> t DATASET', edge].sort());
  });

  it('in the words of version 1.0 keeps its masking', async () => {
    const inputFields = [{ namespace: warehouse, name: 'a', field: 'x' }];
    const columnLineage = {
      fields: { y: { inputFields, transformationType: 'MASKED', transformationDescription: canary } },
    };
    const messages = await readAll([runEvent({ outputs: [dataset('t', { columnLineage })] })]);
    expect(edgesOf(jobs(messages)[0])).toContain('a.x -> t.y TRANSFORMATION hash masked');
    expect(JSON.stringify(messages)).not.toContain(canary);
  });

  it('names fields of a dataset without a schema, and nested ones by the schema', async () => {
    const event = runEvent({
      inputs: [dataset('a', { schema: { fields: [{ name: 'p', fields: [{ name: 'q' }] }, { name: 'r.s' }] } })],
      outputs: [dataset('t', lineage({ y: ['a.p.q DIRECT IDENTITY'], z: ['a.r.s DIRECT IDENTITY'] }))],
    });
    const swapped = JSON.parse(
      JSON.stringify(event)
        .replaceAll('"name":"a.p","field":"q"', '"name":"a","field":"p.q"')
        .replaceAll('"name":"a.r","field":"s"', '"name":"a","field":"r.s"'),
    ) as object;
    const messages = await readAll([swapped]);
    expect(edgesOf(jobs(messages)[0])).toEqual([
      'a -> t DATASET',
      'a.p/q -> t.y IDENTITY keep',
      'a.r.s -> t.z IDENTITY keep',
    ]);
    expect(datasets(messages).find(({ name }) => name === 't')).toMatchObject({
      partial: true,
      fields: [{ path: ['y'] }, { path: ['z'] }],
    });
  });

  it('of the lineage facet of a job reaches the outputs that it names', async () => {
    const entries = [
      {
        namespace: warehouse,
        name: 't',
        type: 'DATASET',
        fields: {
          y: {
            inputs: [
              {
                namespace: warehouse,
                name: 'a',
                type: 'DATASET',
                field: 'x',
                transformations: [{ type: 'DIRECT', subtype: 'IDENTITY' }],
              },
            ],
          },
        },
      },
    ];
    const messages = await readAll([runEvent({ jobFacets: { lineage: { entries } } })]);
    expect(edgesOf(jobs(messages)[0])).toEqual(['a -> t DATASET', 'a.x -> t.y IDENTITY keep']);
  });
});

describe('column lineage that spells fields otherwise than the schema', () => {
  const load = (columns: readonly string[], from: string, to: string): object =>
    runEvent({
      inputs: [dataset('src', schema(...columns))],
      outputs: [dataset('t', { ...schema('TOTAL'), ...lineage({ [to]: [`src.${from} DIRECT IDENTITY`] }) })],
    });
  const told = async (...events: readonly object[]) => {
    const messages = await readAll(events);
    return {
      edges: edgesOf(jobs(messages)[0]).filter((edge) => !edge.endsWith('DATASET')),
      gaps: messages.flatMap((one) => (one.type === 'gap' ? [one.gap] : [])),
    };
  };

  it('means the one field that is called so in another case, at both ends', async () => {
    expect(await told(load(['EMAIL', 'AMOUNT'], 'email', 'total'))).toEqual({
      edges: ['src.EMAIL -> t.TOTAL IDENTITY keep'],
      gaps: [],
    });
  });

  it('means the field that is spelled alike where others differ in case only', async () => {
    expect(await told(load(['EMAIL', 'email'], 'email', 'TOTAL'))).toEqual({
      edges: ['src.email -> t.TOTAL IDENTITY keep'],
      gaps: [],
    });
  });

  it('may mean any of several that differ in case only, and says so', async () => {
    const { edges, gaps } = await told(load(['EMAIL', 'Email', 'mail'], 'email', 'total'));
    expect(edges).toEqual(['src.EMAIL -> t.TOTAL IDENTITY keep', 'src.Email -> t.TOTAL IDENTITY keep']);
    expect(gaps).toMatchObject([{ what: 'job load', reason: 'unresolved-name' }]);
    expect(gaps[0]?.detail).toMatch(/one of several.*: src\.email$/u);
  });

  it('keeps a name that is like none, and says so', async () => {
    const { edges, gaps } = await told(load(['EMAIL'], 'e_mail', 'sum'));
    expect(edges).toEqual(['src.e_mail -> t.sum IDENTITY keep']);
    expect(gaps).toMatchObject([{ what: 'job load', reason: 'unresolved-name' }]);
    expect(gaps[0]?.detail).toMatch(/does not list.*: src\.e_mail, t\.sum$/u);
  });

  it('finds nested fields regardless of case too', async () => {
    const nested = { schema: { fields: [{ name: 'Person', fields: [{ name: 'Mail' }] }] } };
    const event = JSON.parse(
      JSON.stringify(
        runEvent({
          inputs: [dataset('src', nested)],
          outputs: [dataset('t', { ...schema('TOTAL'), ...lineage({ total: ['src.FIELD DIRECT IDENTITY'] }) })],
        }),
      ).replace('"FIELD"', '"person.MAIL"'),
    ) as object;
    expect(await told(event)).toEqual({ edges: ['src.Person/Mail -> t.TOTAL IDENTITY keep'], gaps: [] });
  });

  it('says nothing of a dataset whose schema nobody gave', async () => {
    const event = runEvent({ outputs: [dataset('t', lineage({ total: ['src.email DIRECT IDENTITY'] }))] });
    expect(await told(event)).toEqual({ edges: ['src.email -> t.total IDENTITY keep'], gaps: [] });
  });

  it('is told anew when a schema comes after it', async () => {
    const room = forgetfulEventRoom();
    await readAll([runEvent({ outputs: [dataset('t', lineage({ total: ['src.email DIRECT IDENTITY'] }))] })], room);
    const schemas = runEvent({
      job: 'other',
      run: 'r2',
      inputs: [dataset('src', schema('EMAIL')), dataset('t', schema('TOTAL'))],
    });
    const load2 = jobs(await readAll([schemas], room)).find(({ name }) => name === 'load');
    expect(edgesOf(load2)).toContain('src.EMAIL -> t.TOTAL IDENTITY keep');
  });
});
