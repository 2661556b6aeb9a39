import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { LexlineError } from '../../base/errors.ts';
import { draftActivities, type DraftDataset } from '../../governance/draft-activities.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import type { Compose } from '../composition.ts';
import { textOption } from '../options.ts';
import { writeWhole } from '../output-file.ts';
import { printJson, printLines } from '../print.ts';

/** Drafts processing activities from what was synced. Never writes over a file that is there. */
export async function run({ options }: Invocation, { io, global, compose }: CommandContext): Promise<ExitStatus> {
  const out = textOption(options, 'out') ?? 'governance/activities.yml';
  const activities = await writeDraft(out, compose);
  if (global.json) await printJson(io, { written: out, activities });
  else
    await printLines(io, [
      `${out} is written: ${activities} drafts of processing activities. Next: name purposes and legal bases in it.`,
    ]);
  return 0;
}

/** Writes the draft and returns how many activities it has. Fails with STORE_UNAVAILABLE before the first sync. */
export async function writeDraft(out: string, compose: Pick<Compose, 'open'>): Promise<number> {
  if (existsSync(out))
    throw new LexlineError('OUTPUT_FAILED', `[governance] ${out} is there already`, {
      remedy: 'name another file with --out',
    });
  const product = await compose.open({ mustExist: true });
  try {
    const query = await product.query();
    const { n } = await query.at();
    const found = new Map<string, DraftDataset & { readonly uid: string }>();
    for await (const { dataset, field } of query.inventory(n))
      if (field.effective.state === 'SENSITIVE')
        found.set(dataset.uid, { uid: dataset.uid, name: dataset.name, owners: dataset.owners, subject: null });
    const subjects = await query.subjects([...found.keys()], n);
    const datasets = [...found.values()].map((dataset, i): DraftDataset => ({
      ...dataset,
      subject: subjects[i]?.kind ?? null,
    }));
    const { yaml, activities } = draftActivities(datasets);
    await mkdir(dirname(out), { recursive: true });
    await writeWhole(out, [yaml]);
    return activities;
  } finally {
    await product.close();
  }
}
