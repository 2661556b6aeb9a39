/** One figure: as it is printed, and in ms where an aim is held against it. */
export interface Figure {
  readonly text: string;
  readonly ms?: number;
}

/** Figures by the words of their line. */
export type Figures = Map<string, Figure>;

/** The lines that an aim is held against, so that nobody writes one of them differently. */
export const lines = {
  load: 'first load',
  unchanged: 'unchanged re-sync: digests compared',
  head: 'depth 10, first 100 with names, p50 / p95, head',
  middle: 'depth 10, first 100 with names, p50 / p95, the middle',
  first: 'depth 10, first 100 with names, p50 / p95, the first',
  hub: 'the same on a hub of 10,000',
  writing: 'the same while a sync writes',
  count: 'exact count of closures of 100,000 to 200,000 fields, p50 / p95',
  whole: 'exact count of whole closures, p50 / p95',
  propagation: 'full propagation',
  verdict: 'a verdict more, propagated and published',
  back: 'the same verdict taken back',
  atlas: 'Atlas-shaped load: 6,500 tables, 130,000 columns, 1,700 jobs',
} as const;

/** What is aimed at with 1 M fields, in ms: embedded, Neo4j. Of a line with p95 it is that. */
export const aims: Readonly<Record<string, readonly [embedded: number, neo4j: number]>> = {
  [lines.load]: [60_000, 600_000],
  [lines.unchanged]: [30_000, 60_000],
  [lines.head]: [20, 100],
  [lines.middle]: [20, 100],
  [lines.first]: [20, 100],
  [lines.hub]: [20, 100],
  [lines.writing]: [20, 100],
  [lines.count]: [500, 2000],
  [lines.propagation]: [60_000, 600_000],
  [lines.verdict]: [2000, 5000],
  [lines.back]: [2000, 5000],
  [lines.atlas]: [60_000, 60_000],
};

/** The aim of a line for an engine, in ms; undefined: none was set. */
export function aimOf(engine: string, line: string): number | undefined {
  if (engine !== 'embedded' && engine !== 'neo4j') return undefined;
  return aims[line]?.[engine === 'embedded' ? 0 : 1];
}

/** ` (aim 100 ms: met)`, or nothing where no aim was set. */
export function judged(engine: string, line: string, { ms }: Figure): string {
  const aim = aimOf(engine, line);
  if (aim === undefined || ms === undefined) return '';
  const words = aim >= 1000 ? `${aim / 1000} s` : `${aim} ms`;
  return ` (aim ${words}: ${ms <= aim ? 'met' : 'MISSED'})`;
}
