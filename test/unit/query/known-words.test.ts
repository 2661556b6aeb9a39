import { describe, expect, it } from 'vitest';
import type { FilterKey } from '../../../server/query/answers.ts';
import { requireKnownSource, requireKnownWords } from '../../../server/query/known-words.ts';
import type { Query } from '../../../server/query/query.ts';
import { requireKnownCategory } from '../../../server/rulebook/known-category.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';

const taxonomy = loadTaxonomy();
const query = {
  sources: () => Promise.resolve([{ name: 'warehouse' }, { name: 'dbt' }]),
  domains: () => ['hr'],
  datasets: () => Promise.resolve({ items: [{ platform: 'postgres' }, { platform: null }], cursor: null }),
} as unknown as Pick<Query, 'sources' | 'datasets' | 'domains'>;

function ask(on: FilterKey, ...values: readonly string[]): Promise<void> {
  return requireKnownWords({ any: [{ all: [{ on, not: false, values }] }] }, 1, { query, taxonomy });
}

describe('a filter', () => {
  it.each([
    [
      'CATEGORY',
      'user.contact.emial',
      'there is no category "user.contact.emial"',
      'did you mean "user.contact.email"?',
    ],
    ['CATEGORY', 'email', 'there is no category "email"', 'did you mean "user.contact.email"?'],
    ['CATEGORY', 'zzzzzzzzzzzz', 'there is no category "zzzzzzzzzzzz"', 'use a category or a branch: user, '],
    ['CLASS', 'PIII', 'there is no class "PIII"', 'did you mean "PII"?'],
    ['STATE', 'SENSITVE', 'there is no state "SENSITVE"', 'did you mean "SENSITIVE"?'],
    ['SOURCE', 'warehose', 'nothing was read of a source "warehose"', 'did you mean "warehouse"?'],
    ['PLATFORM', 'postgress', 'there is no platform "postgress"', 'did you mean "postgres"?'],
    ['KIND', 'TABEL', 'there is no kind "TABEL"', 'did you mean "TABLE"?'],
    ['TREATMENT', 'HASH', 'there is no treatment "HASH"', 'did you mean "HASHED"?'],
    ['DOMAIN', 'hrr', 'there is no domain "hrr"', 'did you mean "hr"?'],
  ] as const)('by the %s "%s" is refused with the word that was meant', async (on, word, message, remedy) => {
    await expect(ask(on, word)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining(message) as string,
      remedy: expect.stringContaining(remedy) as string,
    });
  });

  it.each([
    ['CATEGORY', 'user.contact.email'],
    ['CATEGORY', 'user.contact'],
    ['CATEGORY', 'user'],
    ['CLASS', 'PHI'],
    ['STATE', 'GAP'],
    ['SOURCE', 'dbt'],
    ['PLATFORM', 'postgres'],
    ['KIND', 'MATERIALIZED_VIEW'],
    ['TREATMENT', 'TOKENISED'],
    ['DOMAIN', 'hr'],
    ['REGION', 'nowhere'],
    ['OWNER', 'nobody'],
    ['TAG', 'anything'],
    ['NAMESPACE', 'any'],
  ] as const)('by the %s "%s" is let through', async (on, word) => {
    await expect(ask(on, word)).resolves.toBeUndefined();
  });

  it('is refused where one of its words is wrong, and one that asks for nothing is none', async () => {
    await expect(ask('CLASS', 'PII', 'PHY')).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await expect(requireKnownWords(undefined, 1, { query, taxonomy })).resolves.toBeUndefined();
  });

  it('tells a source that may not be seen and one that is not there alike', async () => {
    await expect(requireKnownSource(query, 'hidden')).rejects.toMatchObject({ remedy: 'known here: dbt, warehouse' });
    await expect(requireKnownSource(query, null)).resolves.toBeUndefined();
  });
});

it('"none" is no category that something could hold, and says how to find what holds nothing', () => {
  expect(() => requireKnownCategory('none', taxonomy, 'cli')).toThrow('there is no category "none"');
});
