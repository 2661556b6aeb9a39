import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createExamples, type DecidedColumn } from '../../../../server/classify/examples.ts';

const decided = (name: string, category = 'user.id', type: string | null = 'text'): DecidedColumn => ({
  id: `id of ${name} ${category}`,
  name,
  type,
  category,
});
const pool = [
  decided('mbr_ref_no', 'user.id'),
  decided('member_ref', 'user.id', 'bigint'),
  decided('ward_code', 'none'),
  decided('blood_grp', 'user.health.condition'),
  decided('created_at', 'none', 'timestamp'),
];
const near = (name: string, most = 3, type: string | null = 'text', from = pool): readonly string[] =>
  createExamples(from)
    .nearest([{ id: 'asked', column: name, type }], most)
    .map((each) => each.name);

describe('decided columns as examples', () => {
  it('are those whose names share telling words, the most alike first', () => {
    expect(near('memberRef2')).toEqual(['member_ref']);
    expect(near('ref_no')).toEqual(['mbr_ref_no']);
    expect(near('blood_grp_2')).toEqual(['blood_grp']);
    expect(near('wards_code')).toEqual(['ward_code']);
  });

  it('are none where only chance words are shared, and never the column itself', () => {
    expect(near('invoice_total')).toEqual([]);
    const own = { id: pool[3]?.id ?? '', column: 'blood_grp', type: 'text' };
    expect(createExamples(pool).nearest([own], 4)).toEqual([]);
  });

  it('hold the type where two names are alike, and each kind of name once', () => {
    const same = [decided('ref_a', 'user.id', 'bigint'), decided('ref_b', 'none', 'text')];
    expect(near('ref', 1, 'bigint', same)).toEqual(['ref_a']);
    expect(near('ref', 1, 'text', same)).toEqual(['ref_b']);
    const many = ['x_ref', 'ref_x', 'REF-X'].map((name) => decided(name));
    expect(near('ref_x', 5, 'text', many)).toHaveLength(1);
  });

  it('show that people decided one name in two ways', () => {
    const both = [decided('status_ref', 'none'), decided('status_ref', 'user.id')];
    expect(createExamples(both).nearest([{ id: 'a', column: 'status_ref', type: null }], 4)).toHaveLength(2);
  });

  it('are the same whatever the order in which decisions were read, and at most as many as asked for', () => {
    const word = fc.constantFrom('ref', 'code', 'no', 'mbr', 'ward', 'blood', 'date');
    const column = fc.record({
      name: fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join('_')),
      category: fc.constantFrom('none', 'user.id', 'user.health.condition'),
      type: fc.constantFrom('text', 'bigint', null),
    });
    fc.assert(
      fc.property(
        fc.array(column, { maxLength: 30 }),
        fc.array(word, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 0, max: 5 }),
        (columns, asked, most) => {
          const one = columns.map((each, i): DecidedColumn => ({ ...each, id: `f${i}` }));
          const of = (from: readonly DecidedColumn[]) =>
            createExamples(from).nearest([{ id: 'asked', column: asked.join('_'), type: 'text' }], most);
          const chosen = of(one);
          expect(of(one.toReversed())).toEqual(chosen);
          expect(chosen.length).toBeLessThanOrEqual(most);
        },
      ),
      { numRuns: 200, seed: 20_261_121 },
    );
  });
});
