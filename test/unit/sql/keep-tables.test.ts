import { afterAll, describe, expect, it } from 'vitest';
import { createSqlEngine } from '../../../server/sql/create-sql-engine.ts';

const script =
  'create view staging.c as select lower(email) as email from shop.customers;' +
  'create temporary table t as select email from staging.c;' +
  'create view marts.c as select email from t;';

describe('tables that a script fills and reads again', () => {
  const engine = createSqlEngine({});
  afterAll(() => engine.close());
  const edges = async (keepTables: boolean): Promise<readonly string[]> =>
    (await engine.lineage({ dialect: 'postgres', sql: script, keepTables })).columns.map(
      ({ up, down }) => `${String(up.table)} > ${String(down.table)}`,
    );

  it('are intermediates for who asks what the script does as a whole', async () => {
    expect(await edges(false)).toEqual(['shop.customers > marts.c']);
  });

  it('stay where they are for a graph of what exists, temporary ones apart, whoever asked before', async () => {
    expect(await edges(true)).toEqual(['shop.customers > staging.c', 'staging.c > marts.c']);
  });
});
