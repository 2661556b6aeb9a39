/**
 * Makes the resolver types of the GraphQL door from `schema/*.graphql`. With `--check`: writes nothing and fails when the
 * committed file is not what the SDL would make. No code generator's command line: its core and two plugins.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { codegen } from '@graphql-codegen/core';
import * as typescriptPlugin from '@graphql-codegen/typescript';
import * as resolversPlugin from '@graphql-codegen/typescript-resolvers';
import { parse } from 'graphql';

const schemaDirectory = fileURLToPath(new URL('../schema/', import.meta.url));
const target = fileURLToPath(new URL('../server/graphql/generated.ts', import.meta.url));

/** API type → the parent that resolvers of that type are given (`server/graphql/parents.ts`). */
const parents = [
  'Change',
  'Classification',
  'Coverage',
  'Dataset',
  'Decision',
  'DiffMoment',
  'DiffSection',
  'ExplanationStep',
  'Field',
  'Impact',
  'Job',
  'Lineage',
  'LineageEdge',
  'LineageNode',
  'LineagePathStep',
  'LedgerEntry',
  'Origin',
  'PolicyFinding',
  'Provision',
  'ProvisionVersion',
  'Regulation',
  'RegulationEdition',
  'Report',
  'ReportCompleteness',
  'ReviewSample',
  'Revision',
  'SearchConnection',
  'SearchFacet',
  'Source',
  'Statement',
  'Subject',
  'SyncRequest',
  'SyncRun',
];

const sdl = readdirSync(schemaDirectory)
  .filter((file) => file.endsWith('.graphql'))
  .sort()
  .map((file) => readFileSync(`${schemaDirectory}${file}`, 'utf8'))
  .join('\n');

const config = {
  useTypeImports: true,
  enumsAsTypes: true,
  strictScalars: true,
  scalars: { DateTime: { input: 'string', output: 'string' }, ID: { input: 'string', output: 'string' } },
  avoidOptionals: { field: true },
  immutableTypes: true,
  skipTypename: true,
  noSchemaStitching: true,
  contextType: './context.ts#GraphqlContext',
  mappers: Object.fromEntries(parents.map((name) => [name, `./parents.ts#${name}Parent`])),
};

const made = await codegen({
  filename: target,
  schema: parse(sdl),
  documents: [],
  config,
  plugins: [{ typescript: {} }, { resolvers: {} }],
  pluginMap: { typescript: typescriptPlugin, resolvers: resolversPlugin },
});
const text = `// Made by scripts/codegen.ts from schema/*.graphql. Do not edit; run: npm run codegen\n/* oxlint-disable */\n${made.trim()}\n`;

if (process.argv.includes('--check')) {
  let committed = '';
  try {
    committed = readFileSync(target, 'utf8');
  } catch {
    // A missing file is a stale one.
  }
  if (committed !== text) {
    console.error('server/graphql/generated.ts is not what schema/*.graphql makes. Run: npm run codegen');
    process.exit(1);
  }
} else {
  writeFileSync(target, text);
}
