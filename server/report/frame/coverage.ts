import type { Cell, Column, ReportPart } from '../report.ts';
import type { Coverage } from '../../query/query.ts';

const measure: readonly Column[] = [
  { key: 'measure', title: 'Measure' },
  { key: 'count', title: 'Count', holds: 'numbers' },
  { key: 'share', title: 'Share of fields, %', holds: 'numbers' },
];

/** How deep the look went, and what came of it. */
export function* coverageSection(coverage: Coverage): Generator<ReportPart> {
  yield {
    type: 'section',
    id: 'coverage',
    title: 'Coverage',
    about:
      'How deep the look went. What was not judged or is undecided is a gap: it must not be read as free of personal data.',
    columns: measure,
    look: 'table',
  };
  const ofFields = (name: string, count: number): readonly Cell[] => [name, count, percent(count, coverage.fields)];
  const rows: readonly (readonly Cell[])[] = [
    ['datasets', coverage.datasets, null],
    ['fields', coverage.fields, null],
    ofFields('judged from names only', coverage.namesOnly),
    ofFields('judged with a profile of the values', coverage.profiled),
    ofFields('not judged (gap)', coverage.notJudged),
    ofFields('sensitive', coverage.sensitive),
    ofFields('not sensitive', coverage.notSensitive),
    ofFields('undecided (gap)', coverage.undecided),
    ['datasets of sources that are stale (gap)', coverage.staleDatasets, null],
    ['SQL statements understood in full', coverage.statements.full, null],
    ['SQL statements understood to tables only (gap)', coverage.statements.tables, null],
    ['SQL statements not understood (gap)', coverage.statements.failed, null],
    ['gaps listed below', coverage.gaps.length, null],
  ];
  for (const cells of rows) {
    const [name, count] = cells;
    const open = typeof name === 'string' && name.endsWith('(gap)') && typeof count === 'number' ? count : 0;
    yield { type: 'row', cells, ...(open > 0 ? { openCount: open } : {}) };
  }
}

function percent(count: number, of: number): number | null {
  return of === 0 ? null : Math.round((count / of) * 1000) / 10;
}
