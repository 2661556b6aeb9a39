import { columns, levels, type LevelsSize } from './levels.ts';
import type { Figures } from './measure-engine.ts';

/** One table: a line a figure, a column an engine or floor. */
export function printFigures(found: ReadonlyMap<string, Figures>, { tables }: LevelsSize, revisions: number): void {
  console.log(
    `${tables} tables, ${tables * columns} fields, ${levels} levels, ${revisions} revisions of 1 %; node ${process.version}`,
  );
  const names = [...found.keys()];
  console.log(`| | ${names.join(' | ')} |\n|---|${names.map(() => '---|').join('')}`);
  const lines = [...new Set([...found.values()].flatMap((figures) => [...figures.keys()]))];
  for (const line of lines)
    console.log(`| ${line} | ${names.map((name) => found.get(name)?.get(line) ?? '–').join(' | ')} |`);
}
