import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readStrictJson } from '../../../../server/classify/strict-json.ts';

describe('an answer as JSON', () => {
  it.each([
    ['plain', '{"a":[1,{"b":"c"}]}', { a: [1, { b: 'c' }] }],
    ['in a fence', '```json\n{"a":1}\n```', { a: 1 }],
    ['with the same member in two objects', '[{"a":1},{"a":2}]', [{ a: 1 }, { a: 2 }]],
    ['with a string that looks like a member', '{"a":"\\"a\\":1","b":"a"}', { a: '"a":1', b: 'a' }],
  ])('is read: %s', (_, text, value) => {
    expect(readStrictJson(text)).toEqual({ value, problem: null });
  });

  it.each([
    ['prose', 'Sure! {"a":1}', 'not JSON'],
    ['half of it', '{"a":', 'not JSON'],
    ['a member twice', '{"decision":"none","decision":"category"}', 'a member twice'],
    ['a member twice, spelled otherwise', String.raw`{"a":1,"\u0061":2}`, 'a member twice'],
    ['a member twice, far from its colon', `{"a":1,"a"${' '.repeat(60)}:2}`, 'a member twice'],
    ['a member twice, deep inside', '{"x":[{"a":1,"b":{"c":1,"c":2}}]}', 'a member twice'],
    ['a number beyond counting', '{"a":1e999}', 'a number out of range'],
    ['nesting without end', `${'['.repeat(40)}${']'.repeat(40)}`, 'too deep'],
    ['a flood', `"${'x'.repeat(300_000)}"`, 'too long'],
  ])('is refused: %s', (_, text, problem) => {
    expect(readStrictJson(text)).toEqual({ value: null, problem });
  });

  it.each([
    ['plainly', '{"__proto__":{"polluted":1},"a":1}'],
    ['in escapes', '{"\\u005f_proto__":{"polluted":1},"a":1}'],
    ['deep inside', '{"a":[{"b":{"__proto__":null}}]}'],
  ])('refuses to give an object another prototype: written %s', (_, text) => {
    expect(readStrictJson(text)).toEqual({ value: null, problem: 'a member that no answer has' });
  });

  it('takes the word for a prototype where it is a value', () => {
    expect(readStrictJson('{"a":"__proto__"}')).toEqual({ value: { a: '__proto__' }, problem: null });
  });

  it('reads whatever JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const text = JSON.stringify(value);
        if (text.includes('__proto__')) return;
        expect(readStrictJson(text)).toEqual({ value: JSON.parse(text) as unknown, problem: null });
      }),
      { seed: 20_261_121 },
    );
  });
});
