import { z } from 'zod';
import type { ConnectorSchemas } from './config.ts';
import { commonSourceSchema, configSchema } from './config-schema.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** The JSON Schema of lexline.yaml: the common part, and one alternative per connector for a source's own members. */
export async function configJsonSchema(connectors: ConnectorSchemas): Promise<JsonObject> {
  const whole = schemaOf(configSchema);
  const common = schemaOf(commonSourceSchema);
  const alternatives: JsonObject[] = [];
  for (const [name, load] of Object.entries(connectors).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const own = schemaOf((await load()).configSchema);
    alternatives.push({
      title: name,
      type: 'object',
      properties: { ...membersOf(common), connector: { const: name }, ...membersOf(own) },
      required: [...new Set([...namesOf(common), ...namesOf(own)])],
      additionalProperties: false,
    });
  }
  const sources = { type: ['array', 'null'], items: { oneOf: alternatives }, description: 'The systems to read.' };
  return { ...whole, title: 'lexline.yaml', properties: { ...membersOf(whole), sources } };
}

function schemaOf(schema: z.ZodType): JsonObject {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
}

function membersOf(schema: JsonObject): JsonObject {
  const { properties } = schema;
  return properties !== null && typeof properties === 'object' ? { ...properties } : {};
}

function namesOf(schema: JsonObject): string[] {
  const { required } = schema;
  return Array.isArray(required) ? required.filter((name) => typeof name === 'string') : [];
}
