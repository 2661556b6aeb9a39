import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { LexlineError, messageOf } from '../../base/errors.ts';
import { csvRows } from '../../governance/csv-rows.ts';
import { importRecord } from '../../governance/import-record.ts';
import { parseGovernanceText, yamlFiles } from '../../governance/load.ts';
import type { Governance } from '../../governance/objects.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { textOption } from '../options.ts';
import { writeWhole } from '../output-file.ts';
import { printJson, printLines } from '../print.ts';
import { fileArgument } from './pack-create.ts';

/** Takes an existing record of processing over from CSV or XLSX. Ends with 1 when something of it could not be taken. */
export async function run({ args, options }: Invocation, { io, global }: CommandContext): Promise<ExitStatus> {
  const file = fileArgument(args, 'governance import');
  const out = textOption(options, 'out') ?? 'governance/imported.yml';
  const { yaml, activities, notes } = importRecord(await rowsOf(file), await filesBeside(out));
  if (options['replace'] !== true) await refuseOther(out, yaml);
  await mkdir(dirname(out), { recursive: true }).catch((error: unknown) => {
    throw new LexlineError('OUTPUT_FAILED', `[governance] the folder of ${out} cannot be made: ${messageOf(error)}`, {
      cause: error,
    });
  });
  await writeWhole(out, [yaml]);
  if (global.json) await printJson(io, { written: out, activities, notes });
  else
    await printLines(io, [
      `${out} is written: ${activities === 1 ? 'one activity, a draft' : `${activities} activities, all of them drafts`}.`,
      ...notes.map((note) => `  not taken over: ${note}`),
      'Next: look through it. lexline.yaml has to name its folder:',
      `  governance: ${dirname(out)}`,
    ]);
  return notes.length === 0 ? 0 : 1;
}

/** The other governance files of the folder, for the ids that they have given. */
async function filesBeside(out: string): Promise<readonly Governance[]> {
  const folder = dirname(out);
  if (!existsSync(folder)) return [];
  const files = (await yamlFiles(folder))
    .map((name) => join(folder, name))
    .filter((name) => resolve(name) !== resolve(out));
  return Promise.all(files.map(async (name) => parseGovernanceText(await readFile(name, 'utf8'), name).content));
}

/** What stands there may have been looked through and completed, or be of another record: it is not written over unasked. */
async function refuseOther(out: string, yaml: string): Promise<void> {
  const before = await readFile(out, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new LexlineError('OUTPUT_FAILED', `[governance] ${out} cannot be looked at: ${messageOf(error)}`, {
      cause: error,
    });
  });
  if (before === null || before === yaml) return;
  throw new LexlineError('INPUT_INVALID', `[governance] ${out} is there already and says something else`, {
    remedy: `write beside it with --out governance/another-name.yml, or over it with --replace: then what was changed in ${out} is lost`,
  });
}

async function rowsOf(file: string): Promise<readonly (readonly string[])[]> {
  try {
    if (/\.xlsx$/iu.test(file)) {
      const { readSheet } = await import('read-excel-file/node');
      const rows = await readSheet(file);
      return rows.map((row) =>
        row.map((cell) => (cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell ?? ''))),
      );
    }
    return csvRows(await readFile(file, 'utf8'));
  } catch (error) {
    throw new LexlineError('INPUT_INVALID', `[governance] ${file} cannot be read as CSV or XLSX: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
