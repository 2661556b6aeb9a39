import { describe, expect, it } from 'vitest';
import { queryShape } from '../../../../connectors/kit/query-shape.ts';

describe('the shape of a statement', () => {
  it.each([
    ["SELECT 'ada''s', 1, 2.5e3 FROM t -- note", 'SELECT ? FROM t'],
    [
      "SELECT a FROM t WHERE d = DATE '2026-01-01' AND x IN (1, 2,  3)",
      'SELECT a FROM t WHERE d = DATE ? AND x IN (?)',
    ],
    ['SELECT "x 1", col2, t3.c FROM t3 /* 7 */', 'SELECT "x 1", col2, t3.c FROM t3'],
    ["SELECT 'never closed", 'SELECT ?'],
  ])('leaves out what changes between runs: %s', (sql, expected) => {
    expect(queryShape(sql)).toBe(expected);
  });
});
