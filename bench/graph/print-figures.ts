import { judged, type Figures } from './figures.ts';
import { columns, levels, type LevelsSize } from './levels.ts';

/** One table: a line a figure, a column an engine or floor; each figure with its aim, which is set for 1 M fields. */
export function printFigures(found: ReadonlyMap<string, Figures>, { tables }: LevelsSize, revisions: number): void {
  console.log(
    `${tables} tables, ${tables * columns} fields, ${levels} levels, ${revisions} revisions of 1 %; node ${process.version}`,
  );
  if (tables * columns < 1_000_000) console.log('The aims are those of 1 M fields (--tables 50000).');
  const names = [...found.keys()];
  console.log(`| | ${names.join(' | ')} |\n|---|${names.map(() => '---|').join('')}`);
  const all = [...new Set([...found.values()].flatMap((figures) => [...figures.keys()]))];
  for (const line of all) {
    const cells = names.map((name) => {
      const figure = found.get(name)?.get(line);
      return figure === undefined ? '–' : `${figure.text}${judged(name, line, figure)}`;
    });
    console.log(`| ${line} | ${cells.join(' | ')} |`);
  }
}
