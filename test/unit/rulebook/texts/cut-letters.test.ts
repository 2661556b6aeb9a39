import { describe, expect, it } from 'vitest';
import { cleanPages } from '../../../../server/rulebook/texts/clean-pages.ts';
import { rejoinCutLetters } from '../../../../server/rulebook/texts/cut-letters.ts';

/** Words of the column below, inside lines: what is right is told by the rest of the document. */
const rest = [
  'here an office keeps each record safe and gives notice of any change in due time',
  'there an office keeps each record safe and gives notice of any change in due time',
];
const column = [
  '(b) Records. An',
  'office keeps each',
  'record safe, and',
  'gives notice of',
  'any change in',
  'due time to',
  '(1) each office;',
  'notice of the',
  'change is safe',
];
const cut = column.map((line) => line.slice(1));
const letters = column.map((line) => line.slice(0, 1));

describe('letters that a file draws apart', () => {
  it('are put back in front of their lines', () => {
    const { pages, rejoined, stray } = rejoinCutLetters([rest, ['before it', ...cut, ...letters, 'after it']]);
    expect(pages[1]).toEqual(['before it', ...column, 'after it']);
    expect([rejoined, stray]).toEqual([column.length, []]);
  });

  it('bring the last letter of a line with them, and a section sign its blank', () => {
    const own = [...column.slice(0, 8), '§ 12.3 safe'];
    const marks = own.map((line, i) => (i === 3 ? `${line.slice(0, 1)} f` : line.slice(0, 1)));
    const bare = own.map((line, i) => (i === 3 ? line.slice(1, -1) : line.slice(1).trim()));
    expect(rejoinCutLetters([rest, [...bare, ...marks]]).pages[1]).toEqual(own);
  });

  it('are left where they stand when the words that would come of it are none, or too few lines precede', () => {
    const table = ['total of rooms', 'beds in use', ...rest, 'x', 'y', 'z', 'a', 'b', 'c', 'd', 'e', 'f'];
    expect(rejoinCutLetters([rest, table]).pages[1]).toEqual(table);
    expect(rejoinCutLetters([rest, letters]).rejoined).toBe(0);
    const list = [...rest, ...column, ...letters];
    expect(rejoinCutLetters([list]).pages[0]).toEqual(list);
  });

  it('are told of by their page where nobody can say whose they are', () => {
    const { stray } = cleanPages(['a whole line of text', 'a line of tex\nwords ar\nt\ne\nof\nmore text'].map(String));
    expect(stray).toEqual([2]);
  });
});
