import { loadCatalogues, shippedRegulations } from '../../rulebook/catalogue.ts';
import { loadTaxonomy } from '../../rulebook/taxonomy.ts';
import type { Cell, ReportPart, ReviewSample, Share } from '../report.ts';
import { countOf } from '../../query/labels.ts';

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
  const percent = (part: number): string => `${String(Math.round(part * 1000) / 10)} %`;
  const words = (share: Share | null): string =>
    share === null
      ? 'not measured: none of it was judged'
      : `${percent(share.share)} (95 % interval ${percent(share.low)} to ${percent(share.high)})`;
  return [
    [
      'review of a random sample',
      `${countOf(sample.judged, 'field')} judged blind at ${sample.at}, drawn from revision ${String(sample.revision)}`,
    ],
    ['precision in it', words(sample.precision)],
    ['miss rate in it', words(sample.missRate)],
  ];
}
