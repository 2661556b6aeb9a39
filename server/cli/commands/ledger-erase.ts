import { LexlineError } from '../../base/errors.ts';
import type { KeptWords, MeantWords } from '../../report/erase-words.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { textOption } from '../options.ts';
import { printJson, printLines } from '../print.ts';

/** Erases names and reasons that stand beside the ledger. Without `--yes` it only says which those are. */
export async function run(
  { options }: Invocation,
  { io, global, compose, actor }: CommandContext,
): Promise<ExitStatus> {
  const meant = meantBy(textOption(options, 'entries'), textOption(options, 'words'));
  const product = await compose.open({ mustExist: true, storesOnly: true });
  try {
    const eraser = await product.wordEraser();
    const found = await eraser.find(meant);
    const isDone = options['yes'] === true;
    if (isDone) await eraser.erase(found, actor);
    if (global.json) await printJson(io, { found, erased: isDone });
    else
      await printLines(io, [
        ...found.map(line),
        isDone
          ? `Erased: what is left in ${found.length === 1 ? 'the entry' : 'the entries'} is a hash of nothing. The ledger says so in an entry of its own.`
          : 'Nothing was changed: add --yes to erase them. It cannot be taken back.',
        ...(isDone ? ['Back-ups, files of reports and packs that were made before still have them.'] : []),
      ]);
    return 0;
  } finally {
    await product.close();
  }
}

function meantBy(entries: string | undefined, words: string | undefined): MeantWords {
  if ((entries === undefined) === (words === undefined))
    throw new LexlineError('INPUT_INVALID', '[ledger erase] give either --entries or --words', {
      remedy: 'lexline ledger erase --entries 12,40',
    });
  if (entries === undefined) return { words: words ?? '' };
  const numbers = entries.split(',').map((text) => Number(text.trim()));
  if (!numbers.every((one) => Number.isSafeInteger(one) && one > 0))
    throw new LexlineError('INPUT_INVALID', `[ledger erase] --entries cannot be "${entries}"`, {
      remedy: 'numbers of entries with commas between: --entries 12,40',
    });
  return { entries: numbers };
}

function line({ seq, at, report, member }: KeptWords): string {
  const what = member === 'by' ? `the name of who confirmed ${report}` : `the reason of an export of ${report}`;
  return `entry ${String(seq)}, ${at}: ${what}`;
}
