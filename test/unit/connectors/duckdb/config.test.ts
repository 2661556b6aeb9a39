import { describe, expect, it } from 'vitest';
import { duckdbConfig } from '../../../../connectors/duckdb/config.ts';

describe('the path of a DuckDB source', () => {
  it.each([
    'md:shop?motherduck_token=canary-7Q',
    'MD:shop',
    'motherduck:shop',
    's3://key:canary-7Q@bucket/x.duckdb',
    'https://example.com/x.duckdb?token=canary-7Q',
  ])('is no address, and what refuses it does not repeat it: %s', (path) => {
    for (const config of [{ path }, { path: './x.duckdb', attach: [{ name: 'x', path }] }]) {
      const { error } = duckdbConfig.safeParse(config);
      expect(error?.issues.map(({ message }) => message)).toEqual([expect.stringContaining('only files are read')]);
      expect(error?.message).not.toContain('canary');
    }
  });

  it.each(['./x.duckdb', 'md/x.duckdb', 'C:/data/x.duckdb', 'C:\\data\\x.duckdb', '/srv/a:b.duckdb', 'mdx.duckdb'])(
    'is a file: %s',
    (path) => {
      expect(duckdbConfig.safeParse({ path }).success).toBe(true);
    },
  );
});
