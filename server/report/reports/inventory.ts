import { fieldColumns, fieldRows } from './inventory-columns.ts';
import { InventoryTotals } from './inventory-totals.ts';
import { changesSection } from '../frame/changes.ts';
import { coverageSection } from '../frame/coverage.ts';
import { gapsSection } from '../frame/gaps.ts';
import { limitsSection } from '../frame/limits.ts';
import { methodSection } from '../frame/method.ts';
import { scopeSection } from '../frame/scope.ts';
import type { Cell, ReportGround, ReportPart, ReportTools } from '../report.ts';

/**
 * Every dataset and field that was known at a revision, what each holds, who said so on what ground, and everything that
 * could not be told. After what an auditor asks of any list (scope, time, coverage, method, open items, limits).
 */
export async function* inventory({ query, sample }: ReportTools, ground: ReportGround): AsyncGenerator<ReportPart> {
  const { revision, source } = ground;
  const coverage = await query.coverage(revision.n, source ?? undefined);
  yield* scopeSection(query, source);
  yield* coverageSection(coverage);
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
  yield* regulationParts(totals);
  yield* gapsSection(coverage);
  yield* changesSection(query, ground);
  yield* methodSection(methodRows(totals), sample);
  yield* limitsSection(coverage);
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

function* regulationParts(totals: InventoryTotals): Generator<ReportPart> {
  yield {
    type: 'section',
    id: 'regulations',
    title: 'Regulations, and whether they bind the holder',
    about:
      'A regulation has words for what a field holds only where it binds whoever holds the field, and data does not show that: a role is entered for each source. Where none is, the words stand apart in the list of fields.',
    columns: [
      { key: 'regulation', title: 'Regulation' },
      { key: 'binds', title: 'Binds the holder' },
      { key: 'fields', title: 'Fields', holds: 'numbers' },
      { key: 'datasets', title: 'Datasets', holds: 'numbers' },
      { key: 'remedy', title: 'Remedy' },
    ],
    look: 'table',
  };
  for (const { regulation, applies, fields, datasets } of totals.regulations())
    yield {
      type: 'row',
      cells: [
        regulation,
        applies ? 'yes: its role was entered' : 'nobody said so',
        fields,
        datasets.size,
        applies ? null : `Enter the role, or none, at each source: applies: { ${regulation}: … }`,
      ],
      ...(applies ? {} : { openCount: 1 }),
    };
}

function methodRows(totals: InventoryTotals): readonly (readonly Cell[])[] {
  const { fields, rows } = totals.counted();
  return [
    ...totals.deciders(),
    ...totals.editions().map((edition) => ['regulation catalogue', edition]),
    ['fields listed', fields],
    ['rows listed', rows],
  ];
}
