import { headlineOf, type Headline } from './headline.ts';
import { readFindings } from './findings.ts';
import { readFlows } from './flows.ts';
import { scanPage, type ScanSubject } from './page.ts';
import type { Query } from '../../query/query.ts';

/** Sensitive fields listed one by one: a page beyond that is slow to open. All are counted. */
const mostFields = 5000;

export interface MadeScanPage {
  readonly html: string;
  readonly headline: Headline;
  /** For machines. */
  readonly summary: {
    readonly headline: string;
    readonly datasets: number;
    readonly fields: number;
    readonly sensitiveFields: number;
    readonly undecidedFields: number;
    readonly notJudgedFields: number;
    readonly datasetsWithoutFields: number;
    readonly gaps: number;
    readonly flows: number;
  };
}

/** Makes the page of a scan from the newest revision. */
export async function makeScanPage(query: Query, subject: ScanSubject): Promise<MadeScanPage> {
  const { n } = await query.at();
  const findings = await readFindings(query, n, mostFields);
  const { flows, leftOut } = await readFlows(query, n, findings);
  const headline = headlineOf(findings, flows);
  const { coverage } = findings;
  return {
    html: scanPage(subject, findings, { flows, leftOut }, headline),
    headline,
    summary: {
      headline: headline.sentence,
      datasets: coverage.datasets,
      fields: coverage.fields,
      sensitiveFields: findings.sensitiveFields,
      undecidedFields: coverage.undecided,
      notJudgedFields: coverage.notJudged,
      datasetsWithoutFields: findings.withoutFields,
      gaps: findings.gaps.length,
      flows: flows.length,
    },
  };
}
