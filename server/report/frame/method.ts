import { loadCatalogues, shippedRegulations } from '../../rulebook/catalogue.ts';
import { loadTaxonomy } from '../../rulebook/taxonomy.ts';
import type { Cell, ReportPart, ReviewSample } from '../report.ts';

/** How it was found out, by which versions, and how well that was measured. */
export function* methodSection(rows: readonly (readonly Cell[])[], sample: ReviewSample | null): Generator<ReportPart> {
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
  for (const cells of rows) yield { type: 'row', cells };
  for (const cells of sampleRows(sample)) yield { type: 'row', cells };
}

/** The versions of our own tables, for reports that do not list the editions of every citation. */
export function versionRows(): readonly (readonly Cell[])[] {
  const { version, digest } = loadTaxonomy();
  return [
    ['taxonomy', `${String(version)}, ${digest}`],
    ...loadCatalogues(shippedRegulations).map(({ regulation }): readonly Cell[] => [
      'regulation catalogue',
      [regulation.name, `catalogue ${regulation.catalogue}`, ...regulation.editions.map(({ id }) => id)].join(', '),
    ]),
  ];
}

function sampleRows(sample: ReviewSample | null): readonly (readonly Cell[])[] {
  if (sample === null)
    return [['precision by review of a sample', 'not measured: no random sample was reviewed (lexline review sample)']];
  const share = (part: number | null): string =>
    part === null ? 'not measured' : `${String(Math.round(part * 1000) / 10)} %`;
  return [
    ['review of a random sample', `${String(sample.rows)} rows by ${sample.by} at ${sample.at}`],
    ['precision in it', share(sample.precision)],
    ['miss rate in it', share(sample.missRate)],
  ];
}
