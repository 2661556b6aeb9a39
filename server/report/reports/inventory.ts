import { fieldColumns, fieldRows } from './inventory-columns.ts';
import { InventoryTotals } from './inventory-totals.ts';
import { limitsOfEvidence } from './limits.ts';
import type { Cell, Column, ReportGround, ReportPart } from '../report.ts';
import type { Coverage, Query } from '../../query/query.ts';

const measure: readonly Column[] = [
  { key: 'measure', title: 'Measure' },
  { key: 'count', title: 'Count', holds: 'numbers' },
  { key: 'share', title: 'Share of fields, %', holds: 'numbers' },
];

/**
 * Every dataset and field that was known at a revision, what each holds, who said so on what ground, and everything that
 * could not be told. After what an auditor asks of any list (scope, time, coverage, method, open items, limits).
 */
export async function* inventory(query: Query, ground: ReportGround): AsyncGenerator<ReportPart> {
  const { revision, source } = ground;
  const coverage = await query.coverage(revision.n, source ?? undefined);
  yield* scope(query, source);
  yield* coverageParts(coverage);
  yield {
    type: 'section',
    id: 'fields',
    title: 'Fields',
    about:
      'One row for each classification of a field; a field without one has a row that says whether it was judged to hold nothing sensitive, is undecided, or was not judged. Confidence is the decider’s own estimate, from 0 to 1.',
    columns: fieldColumns,
    look: 'table',
  };
  const totals = new InventoryTotals();
  for await (const row of query.inventory(revision.n, source === null ? undefined : { source })) {
    totals.add(row);
    for (const cells of fieldRows(row)) yield { type: 'row', cells };
  }
  yield* totalsParts(totals);
  yield* gapsPart(coverage);
  yield* methodPart(totals);
  yield* limitsPart(coverage);
}

async function* scope(query: Query, only: string | null): AsyncGenerator<ReportPart> {
  yield {
    type: 'section',
    id: 'scope',
    title: 'Scope',
    about:
      'Sources that Lexline was told to read. Systems that nobody connected are outside of this report and may hold anything. The last read is that of the moment this report was made.',
    columns: [
      { key: 'source', title: 'Source' },
      { key: 'connector', title: 'Connector' },
      { key: 'included', title: 'Included' },
      { key: 'lastRead', title: 'Last read' },
      { key: 'result', title: 'Result' },
      { key: 'missed', title: 'Gaps in it', holds: 'numbers' },
    ],
    look: 'table',
  };
  const sources = [...(await query.sources())].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name, connector, managed } of sources) {
    const run = await query.lastRun(name);
    const included = only === null || only === name ? 'yes' : 'no: left out on request';
    yield {
      type: 'row',
      cells: [
        name,
        connector,
        managed ? included : `${included}; no longer in the configuration`,
        run?.finishedAt ?? null,
        run === null ? 'never read' : run.status.toLowerCase(),
        run?.gaps.length ?? null,
      ],
    };
  }
}

function* coverageParts(coverage: Coverage): Generator<ReportPart> {
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
  for (const cells of rows) yield { type: 'row', cells };
}

function* totalsParts(totals: InventoryTotals): Generator<ReportPart> {
  yield {
    type: 'section',
    id: 'totals',
    title: 'Totals by category',
    about: 'Of the rows above. A hashed, masked or otherwise treated copy is counted and not "in clear".',
    columns: [
      { key: 'label', title: 'What it is' },
      { key: 'category', title: 'Category' },
      { key: 'classes', title: 'Classes' },
      { key: 'fields', title: 'Fields', holds: 'numbers' },
      { key: 'inClear', title: 'Of them in clear', holds: 'numbers' },
      { key: 'datasets', title: 'Datasets', holds: 'numbers' },
    ],
    look: 'table',
  };
  for (const cells of totals.categories()) yield { type: 'row', cells };
}

function* gapsPart(coverage: Coverage): Generator<ReportPart> {
  yield {
    type: 'section',
    id: 'gaps',
    title: 'Gaps',
    about:
      coverage.gaps.length === 0
        ? 'None was met while reading. Fields that are undecided or not judged are in the list of fields.'
        : 'What could not be read or understood, and what to do about it. Fields that are undecided or not judged are in the list of fields.',
    columns: [
      { key: 'what', title: 'What' },
      { key: 'reason', title: 'Reason' },
      { key: 'detail', title: 'Detail' },
      { key: 'remedy', title: 'Remedy' },
    ],
    look: 'table',
  };
  for (const { what, reason, detail, remedy } of coverage.gaps)
    yield { type: 'row', cells: [what, reason, detail, remedy] };
}

function* methodPart(totals: InventoryTotals): Generator<ReportPart> {
  yield {
    type: 'section',
    id: 'method',
    title: 'Method and versions',
    about:
      'Fields are judged by detectors over names, types, comments, neighbours and, where allowed, profiles of values; classifications are carried along column lineage by a table of functions. Values are never kept.',
    columns: [
      { key: 'item', title: 'Item' },
      { key: 'value', title: 'Value' },
    ],
    look: 'facts',
  };
  for (const cells of totals.deciders()) yield { type: 'row', cells };
  for (const edition of totals.editions()) yield { type: 'row', cells: ['regulation catalogue', edition] };
  const { fields, rows } = totals.counted();
  yield { type: 'row', cells: ['fields listed', fields] };
  yield { type: 'row', cells: ['rows listed', rows] };
}

function* limitsPart(coverage: Coverage): Generator<ReportPart> {
  yield {
    type: 'section',
    id: 'limits',
    title: 'Limits of this evidence',
    about: null,
    columns: [{ key: 'statement', title: 'Statement' }],
    look: 'prose',
  };
  for (const statement of limitsOfEvidence(coverage)) yield { type: 'row', cells: [statement] };
}

function percent(count: number, of: number): number | null {
  return of === 0 ? null : Math.round((count / of) * 1000) / 10;
}
