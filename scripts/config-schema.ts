/** Writes schema/config.schema.json, by which editors complete and check lexline.yaml. `--check` fails when it is not fresh. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectors } from '../connectors/connectors.ts';
import { configJsonSchema } from '../server/base/config-json-schema.ts';

const file = join(import.meta.dirname, '..', 'schema', 'config.schema.json');
const text = `${JSON.stringify(await configJsonSchema(connectors), null, 2)}\n`;
if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (read() !== text) {
  console.error('schema/config.schema.json is not what the code says: npm run codegen');
  process.exitCode = 1;
}

function read(): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
