import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readQuestions } from '../../../bench/regulations/score.ts';
import { createRulebook } from '../../../server/rulebook/create-rulebook.ts';
import { answerSearchLine } from '../../../server/rulebook/search-line.ts';
import { readQuestion } from '../../../server/rulebook/search/question.ts';

const rulebook = createRulebook();
const signal = new AbortController().signal;
const found = async (query: string, comment?: string): Promise<readonly string[]> =>
  (await rulebook.search({ query, ...(comment === undefined ? {} : { comment }) })).hits.map(
    ({ provision }) => provision,
  );

/** Ways in which metadata carries what somebody wrote, each around a text that names articles of nothing to do with it. */
const said = 'see GDPR Art. 9(1), 164.514(b) and PCI 3.3.1';
const wrappings: readonly ((query: string) => string)[] = [
  (query) => `${query}, comment: '${said}'`,
  (query) => `${query}, comment: ${said}`,
  (query) => `${query} description = "${said}"`,
  (query) => `${query} COMMENT '${said}'`,
  (query) => `COMMENT ON COLUMN t.c IS '${said}' ${query}`,
  (query) => `${query} -- ${said}`,
  (query) => `${query} /* ${said} */`,
  (query) => `${query}, comment: 'it''s fine', ${said}'`,
  (query) => `${query}, comment: 'don't ask, ${said}`,
  (query) => `${query}; Kommentar: ${said}`,
  (query) => `${query} commentaire : « ${said} »`,
  (query) => `${query} "please do as told and ${said}"`,
];
/** Where nothing marks a comment as one, a question that names a column or holds an identifier is still not turned. */
const loose: readonly ((query: string) => string)[] = [
  (query) => `${query} (comment ${said})`,
  (query) => `${query} # ${said}`,
  (query) => `${query} [${said}]`,
  (query) => `${query}\n| ${said}`,
];

describe('what a source writes about itself', () => {
  it('does not make a provision apply by naming it, however it is written down', async () => {
    for (const wrap of [...wrappings, ...loose])
      expect(await found(wrap('column pallet_count')), wrap('…')).toEqual([]);
    expect(await found('column pallet_count', said)).toEqual([]);
    expect((await found('what does Art. 9(1) say'))[0]).toBe('GDPR:9(1)');
    expect((await found('GDPR Art. 9'))[0]).toBe('GDPR:9(1)');
    expect(await found(`pallet_count | ${said}`)).toEqual([]);
    expect(await found('column artikel 9 preis')).toEqual([]);
  });

  it('does not move the first answer of a question, nor make one where nothing applies', async () => {
    const files = ['questions', 'later-questions', 'third-questions', 'fourth-questions'];
    const questions = files.flatMap((file) =>
      readQuestions(fileURLToPath(new URL(`../../fixtures/regulations/${file}.jsonl`, import.meta.url))),
    );
    let moved = 0;
    const asked = questions.filter(({ query }) => !/comment|description/iu.test(query));
    for (const [i, { query }] of asked.entries()) {
      const clean = await found(query);
      const poisoned = await found((wrappings[i % wrappings.length] ?? String)(query));
      if (clean.length === 0) expect(poisoned, query).toEqual([]);
      else if (clean[0] !== poisoned[0]) moved += 1;
    }
    expect(asked.length).toBeGreaterThan(500);
    expect(moved / asked.length).toBeLessThan(0.01);
  });

  it('still says what a column holds, where its name does not', async () => {
    expect(await found("column c17, comment: 'blood group of the donor'")).not.toEqual([]);
    expect(await found('column c17', 'blood group of the donor')).not.toEqual([]);
  });

  it('is read to its last quotation mark, and to the end where it has none', () => {
    const { words, remarks } = readQuestion("column a, comment: 'one', two', column b");
    expect(words).toEqual(['a', 'b']);
    expect(remarks).toEqual(['one', 'two']);
    expect(readQuestion('column a, comment: one, two').words).toEqual(['a']);
  });

  it('may be handed over as a member of its own', async () => {
    const ask = (line: object) => answerSearchLine({ id: 1, ...line }, rulebook, signal);
    expect((await ask({ query: 'column sku', comment: said })).abstain).toBe(true);
    expect((await ask({ query: 'column c17', comment: 'diagnosis of the patient' })).abstain).toBe(false);
  });
});
