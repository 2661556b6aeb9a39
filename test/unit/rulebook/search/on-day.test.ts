import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../../../server/rulebook/catalogue.ts';
import { createRulebook } from '../../../../server/rulebook/create-rulebook.ts';
import { answerSearchLine } from '../../../../server/rulebook/search-line.ts';

const rulebook = createRulebook();
const ask = (row: Readonly<Record<string, unknown>>) =>
  answerSearchLine({ id: 1, query: 'special categories', ...row }, rulebook, new AbortController().signal);

describe('a question for a day', () => {
  it.each(['2015-01-01', '2018-05-24'])('is not answered from a law that was not in force then: %s', async (day) => {
    expect(await ask({ regulation: 'gdpr', as_of: day })).toEqual({
      id: 1,
      hits: [],
      abstain: true,
      note: `what the catalogue has of gdpr is in force from 2018-05-25: nothing of it answers for ${day}`,
    });
  });

  it.each(['2018-05-25', '2026-11-21'])('is answered as ever once the law is in force: %s', async (day) => {
    const answer = await ask({ regulation: 'gdpr', as_of: day });
    expect(answer).toEqual(await ask({ regulation: 'gdpr' }));
    expect(answer.hits).toHaveLength(5);
    expect(answer.note).toBeNull();
  });

  it('is answered from the other laws, and says which are left out', async () => {
    const { hits, note } = await ask({ query: 'column blood_group', as_of: '2019-01-01', k: 20 });
    const regulations = new Set(hits.map(({ regulation }) => regulation));
    expect(regulations).toEqual(new Set(['gdpr', 'hipaa']));
    expect(note).toContain('of ccpa is in force from 2023-01-01: nothing of it answers for 2019-01-01');
    expect(note).not.toContain('of gdpr');
  });

  it('that names a law says both: what it was answered from, and that it was not in force', async () => {
    const { hits, note } = await ask({ query: 'special categories under the GDPR', as_of: '2015-01-01' });
    expect(hits).toEqual([]);
    expect(note).toMatch(/^the question names gdpr: .*; what the catalogue has of gdpr is in force from 2018-05-25/u);
  });

  it('leaves out a law that ended on that day', async () => {
    const gdpr = loadCatalogue('gdpr');
    const inForce = { from: '2018-05-25', to: '2030-01-01' };
    const ended = createRulebook({ catalogues: [{ ...gdpr, regulation: { ...gdpr.regulation, inForce } }] });
    const on = (asOf: string) => ended.search({ query: 'special categories', asOf });
    expect((await on('2029-12-31')).hits.length).toBeGreaterThan(0);
    expect(await on('2030-01-01')).toEqual({
      hits: [],
      abstain: true,
      notInForce: [{ regulation: 'gdpr', ...inForce }],
    });
  });
});
