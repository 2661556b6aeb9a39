import { instant } from '../../base/clock.ts';
import { LexlineError } from '../../base/errors.ts';
import { textOption } from '../options.ts';
import { writeWhole } from '../output-file.ts';
import { printJson, printLines } from '../print.ts';
import { actorText } from '../../report/actor-text.ts';
import type { SigningKey } from '../../report/packs/signing-keys.ts';
import type { CommandIo } from '../command-io.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { countOf } from '../../query/labels.ts';

/** What a pack holds when nothing else is asked for. */
const usual = ['gdpr-30-1', 'hipaa-ephi', 'inventory', 'pci-dss-12-5-2'];

/** Writes a signed pack of evidence as one file. */
export async function run({ options }: Invocation, context: CommandContext): Promise<ExitStatus> {
  const { io, global, compose, clock, actor } = context;
  const asked = textOption(options, 'reports');
  const reports = asked === undefined ? usual : asked.split(',').map((name) => name.trim());
  const [asOf, source] = [textOption(options, 'asOf'), textOption(options, 'source')];
  const product = await compose.open({ mustExist: true, storesOnly: true });
  try {
    const room = await product.packs();
    const key = await room.key();
    sayWhenMade(key, io);
    const { facts, chunks } = await room.create({
      reports,
      requestedBy: actorText(actor),
      ...(asOf === undefined ? {} : { asOf }),
      ...(source === undefined ? {} : { source }),
    });
    await (await product.reportDesk()).packed({ revision: facts.revision, reports, actor });
    const out = textOption(options, 'out') ?? `lexline-pack-r${facts.revision}.tar`;
    await writeWhole(out, chunks);
    const written = { written: out, ...facts, key: key.fingerprint, reports };
    if (global.json) await printJson(io, { ...written, at: instant(clock) });
    else
      await printLines(io, [
        `${out} is written: ${countOf(reports.length, 'report')} at revision ${facts.revision}, signed by ${key.fingerprint}.`,
        `To verify: lexline pack verify ${out}, or without Lexline: tar xf ${out} verify.mjs && node verify.mjs ${out}`,
      ]);
    return 0;
  } finally {
    await product.close();
  }
}

/** The first argument of a command that needs a file. */
export function fileArgument(args: readonly string[], command: string): string {
  const [file] = args;
  if (file === undefined)
    throw new LexlineError('INPUT_INVALID', `[${command}] name a file`, { remedy: `lexline ${command} FILE` });
  return file;
}

/** A key that was made just now: its fingerprint has to reach those who verify. */
export function sayWhenMade({ made, fingerprint }: SigningKey, io: CommandIo): void {
  if (made) io.err(`A signing key was made. Keep its fingerprint where others find it:\n  ${fingerprint}\n`);
}
