import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildGraphqlSchema } from '../../../server/graphql/build-schema.ts';
import { defaultLimits } from '../../../server/graphql/limits.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/graphql.md'), 'utf8');
const queries = [...page.matchAll(/```graphql\n([\s\S]*?)```/gu)].map((match) => match[1] ?? '');

describe('docs/graphql.md', () => {
  it('asks only what can be asked', () => {
    const schema = buildGraphqlSchema();
    expect(queries.length).toBeGreaterThan(4);
    for (const query of queries) expect(validate(schema, parse(query)).map(({ message }) => message)).toEqual([]);
  });

  it('prints the limits that hold', () => {
    const { tokens, depth, aliases, cost, deadlineMs } = defaultLimits;
    for (const [what, limit] of [
      ['tokens of a query', tokens.toLocaleString('en')],
      ['depth', `${depth} fields`],
      ['aliases', String(aliases)],
      ['cost', cost.toLocaleString('en')],
      ['time', `${deadlineMs / 1000} s`],
    ] as const)
      expect(page.replaceAll(/ +/gu, ' ')).toContain(`| ${what} | ${limit} |`);
  });
});
