import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { connectors } from '../../../connectors/connectors.ts';
import { configJsonSchema } from '../../../server/base/config-json-schema.ts';

const root = join(import.meta.dirname, '../../..');

describe('the JSON Schema of lexline.yaml', () => {
  it('is what the code says', async () => {
    const committed: unknown = JSON.parse(readFileSync(join(root, 'schema/config.schema.json'), 'utf8'));
    expect(committed).toEqual(JSON.parse(JSON.stringify(await configJsonSchema(connectors))));
  });

  it('has an alternative for every connector, with its own members and the common ones, and refuses others', async () => {
    const schema = (await configJsonSchema(connectors)) as {
      readonly properties: {
        readonly sources: { readonly items: { readonly oneOf: readonly Readonly<Record<string, unknown>>[] } };
      };
    };
    const { oneOf } = schema.properties.sources.items;
    expect(oneOf.map(({ title }) => title)).toEqual(Object.keys(connectors).toSorted());
    for (const alternative of oneOf) {
      expect(alternative).toMatchObject({
        additionalProperties: false,
        properties: { connector: { const: alternative['title'] }, name: {}, schedule: {}, profile: {}, applies: {} },
      });
      expect(alternative['required']).toEqual(expect.arrayContaining(['name', 'connector']));
    }
    expect(oneOf.find(({ title }) => title === 'postgres')).toMatchObject({ properties: { url: { type: 'string' } } });
  });

  it('names every member that docs/configuration.md explains, and no other', async () => {
    const page = readFileSync(join(root, 'docs/configuration.md'), 'utf8');
    const { properties } = (await configJsonSchema(connectors)) as { readonly properties: Record<string, unknown> };
    for (const member of Object.keys(properties)) expect(page, member).toMatch(new RegExp(`\\| \`${member}[\`.]`, 'u'));
  });
});
