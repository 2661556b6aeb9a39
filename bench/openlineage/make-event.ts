/** Columns of an output that make an event some 16 KB. */
const columns = 46;
const namespace = 'postgres://bench.example.com:5432';
/** Jobs that take turns; every run of a job is an event. */
export const jobCount = 1000;

/** The dataset that a job writes, and the one that it reads. */
export function namesOf(job: number): { readonly input: string; readonly output: string } {
  return { input: `bench.raw.table_${job % 250}`, output: `bench.mart.table_${job}` };
}

export const benchNamespace = namespace;

/** The end of run `serial` of job `serial % jobCount`, with schemas, column lineage and statistics. */
export function makeEvent(serial: number): string {
  const job = serial % jobCount;
  const names = namesOf(job);
  const fields = Array.from({ length: columns }, (_, i) => ({ name: `column_${i}`, type: 'varchar', description: '' }));
  const lineage = Object.fromEntries(
    fields.map(({ name }, i) => [
      name,
      {
        inputFields: [
          {
            namespace,
            name: names.input,
            field: name,
            transformations: [
              {
                type: 'DIRECT',
                subtype: i % 3 === 0 ? 'IDENTITY' : 'TRANSFORMATION',
                description: '',
                masking: i % 7 === 0,
              },
            ],
          },
        ],
      },
    ]),
  );
  const facet = (name: string): object => ({
    _producer: 'https://github.com/OpenLineage/OpenLineage/tree/1.53.0/integration/spark',
    _schemaURL: `https://openlineage.io/spec/facets/1-2-0/${name}.json#/$defs/${name}`,
  });
  return JSON.stringify({
    eventTime: new Date().toISOString(),
    eventType: 'COMPLETE',
    producer: 'https://example.com/bench',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
    run: { runId: `00000000-0000-7000-8000-${String(serial).padStart(12, '0')}` },
    job: {
      namespace: 'bench',
      name: `job_${job}`,
      facets: {
        jobType: { ...facet('JobTypeJobFacet'), processingType: 'BATCH', integration: 'SPARK', jobType: 'SQL_JOB' },
      },
    },
    inputs: [{ namespace, name: names.input, facets: { schema: { ...facet('SchemaDatasetFacet'), fields } } }],
    outputs: [
      {
        namespace,
        name: names.output,
        facets: {
          schema: { ...facet('SchemaDatasetFacet'), fields },
          columnLineage: { ...facet('ColumnLineageDatasetFacet'), fields: lineage },
        },
        outputFacets: { outputStatistics: { ...facet('OutputStatisticsOutputDatasetFacet'), rowCount: 1, size: 100 } },
      },
    ],
  });
}
