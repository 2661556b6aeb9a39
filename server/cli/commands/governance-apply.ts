import { LexlineError } from '../../base/errors.ts';
import type { CommandContext, ExitStatus } from '../command.ts';
import { printJson } from '../print.ts';
import { countOf } from '../../query/labels.ts';

/** Writes what stands in the governance folder into the graph, as one revision. */
export async function run(_: unknown, context: CommandContext): Promise<ExitStatus> {
  const { io, global, compose, actor, signal } = context;
  const product = await compose.open();
  try {
    const applied = await (await product.governance()).apply({ actor, signal });
    if (applied === null)
      throw new LexlineError('CONFIG_INVALID', '[governance] no folder is configured', {
        remedy: 'add to lexline.yaml:\ngovernance: ./governance',
      });
    if (global.json) await printJson(io, applied);
    else await io.out(`${governanceLine(applied)}\n`);
    return 0;
  } finally {
    await product.close();
  }
}

/** What an apply did, in one line. */
export function governanceLine(applied: {
  readonly objects: number;
  readonly changed: number;
  readonly revision: number | null;
}): string {
  const { objects, changed, revision } = applied;
  return revision === null
    ? `governance: ${countOf(objects, 'object')}, nothing changed, nothing written`
    : `governance: ${countOf(objects, 'object')}, ${changed} changed, revision ${revision}`;
}
