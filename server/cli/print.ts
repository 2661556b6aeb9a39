import { visibleText } from '../draw/text.ts';
import type { CommandIo } from './command-io.ts';

/**
 * Prints lines for people. Names come from foreign systems: characters that would move the cursor, colour the screen or turn
 * the direction of writing are made visible, and one line stays one line.
 */
export async function printLines(io: CommandIo, lines: readonly string[]): Promise<void> {
  await io.out(lines.map((line) => `${visibleText(line)}\n`).join(''));
}

/** Prints one JSON value on a line of its own. */
export async function printJson(io: CommandIo, value: unknown): Promise<void> {
  await io.out(`${JSON.stringify(value)}\n`);
}
