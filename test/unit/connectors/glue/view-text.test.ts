import { describe, expect, it } from 'vitest';
import { viewText } from '../../../../connectors/glue/view-text.ts';
import { glueTable } from '../../../../connectors/glue/shapes.ts';

const presto = (body: unknown, kind = 'Presto View'): string =>
  `/* ${kind}: ${Buffer.from(JSON.stringify(body)).toString('base64')} */`;
const view = (more: object) => viewText(glueTable.parse({ Name: 'v', TableType: 'VIRTUAL_VIEW', ...more }));

describe('the text of a view in Glue', () => {
  it.each([
    [
      'of Athena, Presto and Trino, with the database it was made in',
      { ViewOriginalText: presto({ originalSql: 'SELECT 1', catalog: 'awsdatacatalog', schema: 'sales' }) },
      { sql: 'SELECT 1', dialect: 'athena', database: 'sales', isMaterialized: false },
    ],
    [
      'of a materialised view',
      { ViewOriginalText: presto({ originalSql: 'SELECT 1' }, 'Presto Materialized View') },
      { sql: 'SELECT 1', dialect: 'athena', database: null, isMaterialized: true },
    ],
    [
      'of Spark, with the database it was made in',
      {
        ViewOriginalText: 'SELECT id FROM t',
        ViewExpandedText: 'SELECT id FROM t',
        Parameters: {
          'spark.sql.create.version': '3.5.1',
          'view.catalogAndNamespace.numParts': '2',
          'view.catalogAndNamespace.part.0': 'spark_catalog',
          'view.catalogAndNamespace.part.1': 'sales',
        },
      },
      { sql: 'SELECT id FROM t', dialect: 'spark', database: 'sales', isMaterialized: false },
    ],
    [
      'of Hive, with every name written out',
      { ViewOriginalText: 'SELECT id FROM t', ViewExpandedText: 'SELECT `t`.`id` FROM `sales`.`t`' },
      { sql: 'SELECT `t`.`id` FROM `sales`.`t`', dialect: 'hive', database: null, isMaterialized: false },
    ],
    [
      'of Glue itself, for the engine that is read best',
      {
        ViewDefinition: {
          Representations: [
            { Dialect: 'REDSHIFT', ViewOriginalText: 'SELECT 2' },
            { Dialect: 'SPARK', ViewOriginalText: 'SELECT 3' },
          ],
        },
      },
      { sql: 'SELECT 3', dialect: 'spark', database: null, isMaterialized: false },
    ],
  ])('is read: %s', (_, more, expected) => {
    expect(view(more)).toEqual(expected);
  });

  it.each([
    [
      'base64 of something else',
      { ViewOriginalText: `/* Presto View: ${Buffer.from('no json').toString('base64')} */` },
    ],
    ['JSON of another shape', { ViewOriginalText: presto({ sql: 'SELECT 1' }) }],
    ['nothing', {}],
    ['only the remark that Athena leaves', { ViewExpandedText: '/* Presto View */' }],
    ['spaces', { ViewOriginalText: '  ', Parameters: { 'spark.sql.create.version': '3.5' } }],
  ])('is not made up from %s', (_, more) => {
    expect(view(more)).toBeNull();
  });
});
