import { describe, expect, it } from 'vitest';
import { structMembers } from '../../../../connectors/kit/warehouse/struct-members.ts';

const members = (type: string) =>
  structMembers(['c'], type).map(({ path, type: own }) => `${path.slice(1).join('/')}: ${own}`);

describe('the members of a structured type', () => {
  it.each([
    ['struct<a:int,b:string>', ['a: int', 'b: string']],
    ['array<struct<a:int>>', ['a: int']],
    [
      'struct<a:struct<b:array<struct<c:decimal(10,2)>>>>',
      ['a: struct<b:array<struct<c:decimal(10,2)>>>', 'a/b: array<struct<c:decimal(10,2)>>', 'a/b/c: decimal(10,2)'],
    ],
    ["struct<`a b`:int comment 'canary',c:int>", ['a b: int', 'c: int']],
    [
      'row(a bigint, post code varchar, at timestamp(3) with time zone)',
      ['a: bigint', 'post code: varchar', 'at: timestamp(3) with time zone'],
    ],
    [
      'array(row("x y" row(z interval day to second)))',
      ['x y: row(z interval day to second)', 'x y/z: interval day to second'],
    ],
    ['STRUCT(a INTEGER, "b ""c""" VARCHAR)[]', ['a: INTEGER', 'b "c": VARCHAR']],
    ['STRUCT(a STRUCT(b DECIMAL(12,2))[3])', ['a: STRUCT(b DECIMAL(12,2))[3]', 'a/b: DECIMAL(12,2)']],
  ])('of %s are told', (type, expected) => {
    expect(members(type)).toEqual(expected);
  });

  it.each([
    'bigint',
    'decimal(12,2)',
    'map<string,struct<a:int>>',
    'map(varchar, row(a int))',
    'struct<>',
    'struct<a',
    '',
    'row(bigint, varchar)',
  ])('are not made up from %s', (type) => {
    expect(members(type)).toEqual([]);
  });

  it('end at eight levels, and at five thousand members', () => {
    const deep = `${'struct<a:'.repeat(30)}int${'>'.repeat(30)}`;
    expect(structMembers(['c'], deep)).toHaveLength(8);
    const wide = `struct<${Array.from({ length: 6000 }, (_, i) => `c${i}:int`).join(',')}>`;
    expect(structMembers(['c'], wide)).toHaveLength(5000);
  });

  it('are told once where a name comes twice', () => {
    expect(members('struct<a:int,a:string>')).toEqual(['a: int']);
  });
});
