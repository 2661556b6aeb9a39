import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, parse, validate, type GraphQLSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { documentOf, queries } from '../../../web/src/queries.ts';

const folder = join(import.meta.dirname, '../../../schema');

/** The schema as it is written. */
function writtenSchema(): GraphQLSchema {
  const files = readdirSync(folder).filter((name) => name.endsWith('.graphql'));
  return buildSchema(files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n'));
}

describe('the queries of the pages', () => {
  const schema = writtenSchema();

  it.each(Object.keys(queries))('asks %s of what the schema has', (name) => {
    const document = parse(documentOf(name as keyof typeof queries));
    expect(validate(schema, document).map((error) => error.message)).toEqual([]);
  });

  it('finds a member that the schema does not have', () => {
    expect(validate(schema, parse('{ datasets(first: 1) { nodes { colour } } }'))).toHaveLength(1);
  });
});
