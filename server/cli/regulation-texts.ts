import { invariant } from '../base/errors.ts';
import type { Library } from '../rulebook/create-library.ts';
import type { IndexedText } from '../rulebook/rulebook.ts';
import type { CommandContext } from './command.ts';
import { printJson, printLines } from './print.ts';

/** The library, opened for writing: the index is made where there is none. */
export async function openLibrary({
  compose,
}: CommandContext): Promise<{ readonly library: Library; readonly close: () => Promise<void> }> {
  const open = await compose.openRulebook({ writes: true });
  const { library } = open;
  invariant(library, 'a rulebook opened for writing has a library');
  return { library, close: () => open.close() };
}

/** Shows an indexed text: what it is, what was found of it, and every doubt. */
export async function showText(
  text: IndexedText,
  { io, global }: CommandContext,
  url: string | null = null,
): Promise<void> {
  if (global.json) {
    await printJson(io, url === null ? text : { ...text, url });
    return;
  }
  const counts = Object.entries(text.provisions).map(([kind, { found, expected }]) =>
    expected === null ? `${found} ${kind}` : `${kind === 'catalogue' ? 'catalogue ids' : kind} ${found}/${expected}`,
  );
  await printLines(io, [
    `${text.regulation} ${text.edition} (${text.language}, ${text.format}): ${editionWords(text)}`,
    `  ${text.passages} passages; ${counts.join(', ')}`,
    `  sha256 ${text.sha256}`,
    ...(url === null ? [] : [`  from ${url}`]),
    ...text.warnings.map((warning) => `  warning: ${warning}`),
  ]);
}

function editionWords({ editionCheck, wordingCompared }: IndexedText): string {
  if (editionCheck !== 'verified') return 'user-supplied, edition unverified';
  return wordingCompared === true
    ? 'edition verified, every word'
    : 'edition verified by marks and numbers, its wording compared with nothing';
}
