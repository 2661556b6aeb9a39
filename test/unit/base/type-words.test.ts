import { describe, expect, it } from 'vitest';
import { typeWithoutValues } from '../../../server/base/type-words.ts';

describe('a type', () => {
  it.each([
    ["enum('new','paid')", 'enum(2 values)'],
    ["ENUM('it''s', 'Anna Qwertz')", 'ENUM(2 values)'],
    ["set('a')", 'set(1 values)'],
    ["Enum8('new' = 1, 'paid' = -2)", 'Enum8(2 values)'],
    ["enum('never closed", 'enum(1 values'],
    [String.raw`enum('a\'b','c')`, 'enum(2 values)'],
    ['enum(new, paid)', 'enum(2 values)'],
    ['ENUM($$new, once$$, paid', 'ENUM(2 values'],
    ["ENUM(N'new', _utf8'paid')", 'ENUM(2 values)'],
    ['category<new, paid>', 'category<2 values>'],
    ['SET(`new`)', 'SET(1 values)'],
    ['enum(2 values)', 'enum(2 values)'],
    ['set<frozen<address>>', 'set<frozen<address>>'],
    ['numeric(12,2)', 'numeric(12,2)'],
    ['STRUCT<a INT, b STRING>', 'STRUCT<a INT, b STRING>'],
    ['timestamp with time zone', 'timestamp with time zone'],
  ])('%s is kept as %s', (type, kept) => {
    expect(typeWithoutValues(type)).toBe(kept);
  });
});
