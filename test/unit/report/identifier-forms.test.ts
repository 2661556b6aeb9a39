import { describe, expect, it } from 'vitest';
import type { LineageGraph, LineageLink } from '../../../server/model/lineage-graph.ts';
import { formsAlong, formWords, searchable } from '../../../server/report/reports/people/identifier-forms.ts';
import { subjectSql } from '../../../server/report/reports/people/subject-sql.ts';

const link = (from: string, to: string, fn: string, more: Partial<LineageLink> = {}): LineageLink => ({
  from,
  to,
  kind: 'DIRECT',
  transformation: fn === '' ? 'IDENTITY' : 'TRANSFORMATION',
  fn,
  effect: 'keep',
  masking: false,
  confidence: 1,
  job: null,
  assertedBy: 'warehouse',
  ...more,
});

function graph(direction: 'UPSTREAM' | 'DOWNSTREAM', edges: readonly LineageLink[], ...order: string[]): LineageGraph {
  const sign = direction === 'UPSTREAM' ? -1 : 1;
  const nodes = order.map((key, index) => ({
    key,
    depth: index * sign,
    hidden: false,
    dataset: null,
    path: null,
    label: null,
    state: null,
  }));
  return {
    origin: order[0] ?? '',
    direction,
    granularity: 'FIELD',
    nodes,
    edges,
    truncated: null,
    hiddenNodes: 0,
    unparsedStatements: 0,
    endCursor: null,
  };
}

const sqlOf = (made: LineageGraph, key: string, applied: 'parameter' | 'column' = 'parameter') => {
  const functions = searchable(formsAlong(made, made.origin).get(key) ?? []);
  const search = functions === null ? null : { to: applied, functions };
  return subjectSql('postgres', { dataset: 'a.b', column: 'c', search, through: null })?.erase ?? null;
};

describe('an identifier that functions changed on its way', () => {
  it('is searched for with the same functions, step by step', () => {
    const edges = [link('a', 'b', 'LOWER'), link('b', 'c', ''), link('c', 'd', 'COALESCE>UPPER')];
    const made = graph('DOWNSTREAM', edges, 'a', 'b', 'c', 'd');
    expect(sqlOf(made, 'c')).toBe('DELETE FROM "a"."b" WHERE "c" = LOWER($1)');
    expect(sqlOf(made, 'd')).toBe('DELETE FROM "a"."b" WHERE "c" = UPPER(LOWER($1))');
    expect(formWords(formsAlong(made, 'a').get('b') ?? [])).toBe('changed by LOWER; the statements apply the same');
  });

  it('is compared as it is where it came along unchanged or was chosen among others', () => {
    const made = graph('DOWNSTREAM', [link('a', 'b', ''), link('b', 'c', 'COALESCE')], 'a', 'b', 'c');
    expect(sqlOf(made, 'c')).toBe('DELETE FROM "a"."b" WHERE "c" = $1');
    expect(formWords(formsAlong(made, 'a').get('c') ?? [])).toBe('as it is');
  });

  it('has the column changed where the functions stand between the place and the field asked about', () => {
    const made = graph('UPSTREAM', [link('raw', 'a', 'LOWER')], 'a', 'raw');
    expect(sqlOf(made, 'raw', 'column')).toBe('DELETE FROM "a"."b" WHERE LOWER("c") = $1');
    expect(formWords(formsAlong(made, 'a').get('raw') ?? [])).toContain('on the way to the field asked about');
  });

  it('is searched for in each form that statements give it', () => {
    const made = graph('DOWNSTREAM', [link('a', 'b', 'LOWER'), link('a', 'b', '')], 'a', 'b');
    expect(sqlOf(made, 'b')).toBe('DELETE FROM "a"."b" WHERE ("c" = LOWER($1) OR "c" = $1)');
  });

  it.each([
    ['CONCAT', {}],
    ['TRIM', {}],
    ['LOWER>OWN_FUNCTION', { effect: 'unknown' }],
    ['SHA256', { effect: 'hash' }],
    ['', { transformation: 'TRANSFORMATION' }],
  ] as const)('has no bare comparison after "%s", and the row says why', (fn, more) => {
    const made = graph('DOWNSTREAM', [link('a', 'b', fn, more)], 'a', 'b');
    expect(sqlOf(made, 'b')).toBeNull();
    expect(formWords(formsAlong(made, 'a').get('b') ?? [])).toContain('; warning: ');
  });

  it('is not carried on by a count', () => {
    const made = graph('DOWNSTREAM', [link('a', 'b', 'COUNT', { effect: 'count' }), link('b', 'c', '')], 'a', 'b', 'c');
    expect([...formsAlong(made, 'a').keys()]).toEqual(['a']);
  });
});
