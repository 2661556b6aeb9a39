import { describe, expect, it } from 'vitest';
import { ansiDialect, findDialect } from '../../../server/sql/dialect/dialects.ts';
import { Lexer } from '../../../server/sql/text/lexer.ts';

function pieces(sql: string, dialect: string): readonly string[] {
  const lexer = new Lexer(sql, findDialect(dialect) ?? ansiDialect);
  const found: string[] = [];
  for (let token = lexer.next(); token.kind !== 'end'; token = lexer.next()) found.push(`${token.kind}:${token.text}`);
  return found;
}

describe('the lexer', () => {
  it.each([
    ['postgres', `"a""b" 'c''d' $x$e;f$x$`, ['name:a"b', `string:c'd`, 'string:e;f']],
    ['mysql', '"a\\"b" `c``d`', ['string:a"b', 'name:c`d']],
    ['tsql', '[a]]b] x[1]', ['name:a]b', 'word:X', 'symbol:[', 'number:1', 'symbol:]']],
    ['bigquery', `'''a'b''' r"c\\"`, [`string:a'b`, 'string:c\\']],
    ['oracle', `q'<a'b>' 'c\\'`, [`string:a'b`, 'string:c\\']],
    ['snowflake', `'a\\'b' // c`, [`string:a'b`]],
    [
      'ansi',
      '1.5e3 .5 a.b 0xFF 1..2',
      ['number:1.5e3', 'number:.5', 'word:A', 'symbol:.', 'word:B', 'number:0xFF', 'number:1.', 'number:.2'],
    ],
    ['postgres', 'a -- b\n/* c */ d', ['word:A', 'word:D']],
    ['mysql', 'a # b\nc', ['word:A', 'word:C']],
    ['postgres', 'a # b', ['word:A', 'symbol:#', 'word:B']],
    ['ansi', `a 'never closed`, ['word:A', 'open:']],
    ['bigquery', "`p.d.old WHERE ssn = '1'", ['open:']],
    ['tsql', `a [b WHERE c = 'x'`, ['word:A', 'open:']],
    ['postgres', 'a $x$ never $closed', ['word:A', 'open:']],
    ['postgres', 'a /* b /* c */', ['word:A', 'open:']],
    ['mysql', 'a /* b /* c */ d', ['word:A', 'word:D']],
    ['ansi', 'größe 名前 naïve_1', ['word:GRÖSSE', 'word:名前', 'word:NAÏVE_1']],
    ['spark', '{{ x }} {% y %}', ['template:{{ x }}', 'template:{% y %}']],
  ])('reads %s: %s', (dialect, sql, expected) => {
    expect(pieces(sql, dialect)).toEqual(expected);
  });
});
