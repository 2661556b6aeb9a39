import { describe, expect, it } from 'vitest';
import { dataset, datasets, edgesOf, jobs, lineage, readAll, runEvent, warehouse } from './events.ts';

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
