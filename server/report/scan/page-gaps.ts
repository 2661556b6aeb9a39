import { countOf } from '../../query/labels.ts';
import { text } from '../markup.ts';
import { gapCountOf, type Findings, type OpenFields } from './findings.ts';
import type { Gap } from '../../model/provenance.ts';

/** Bounds of what is named one by one; beyond them it is counted. */
const most = { gaps: 300, datasets: 200, names: 40 } as const;

/** What could not be told: gaps of reading, fields without an answer, and how deep the look went; each with what to do. */
export function gapsSection(findings: Findings): string {
  const { gaps, open, coverage, withoutFields } = findings;
  const depth =
    coverage.namesOnly > 0
      ? `<p>${text(countOf(coverage.namesOnly, 'field'))} ${coverage.namesOnly === 1 ? 'was' : 'were'} judged from names, types, comments and neighbours alone: no value was read. A field whose name says nothing about its content can be missed. To look deeper, connect the warehouse itself: <code>lexline init</code>.</p>`
      : '';
  const statements = coverage.statements.tables + coverage.statements.failed;
  const sql =
    statements > 0
      ? `<p>${text(countOf(statements, 'SQL statement'))} of ${String(statements + coverage.statements.full)} not understood in full: flows may be missing.</p>`
      : '';
  const columns =
    withoutFields > 0
      ? `<p class="gap">${text(countOf(withoutFields, 'dataset'))} without known columns: whatever ${withoutFields === 1 ? 'it holds' : 'they hold'} could not be judged. With dbt: <code>dbt docs generate</code>, then scan again.</p>`
      : '';
  const none = gapCountOf(findings) === 0 ? '<p>Nothing was left open while reading.</p>' : '';
  return `<section id="gaps"><h2>What could not be told</h2>${depth}${columns}${sql}${none}${gapTable(gaps)}${openTable(open)}</section>`;
}

function gapTable(gaps: readonly Gap[]): string {
  if (gaps.length === 0) return '';
  const rows = gaps
    .slice(0, most.gaps)
    .map(
      ({ what, reason, detail, remedy }) =>
        `<tr><td>${text(what)}</td><td class="gap">${text(reason)}</td><td>${text(detail)}</td><td><pre>${text(remedy)}</pre></td></tr>`,
    );
  return `<h3>Met while reading</h3><table class="gap-list"><thead><tr><th scope="col">What</th><th scope="col">Reason</th><th scope="col">Detail</th><th scope="col">What to do</th></tr></thead><tbody>${rows.join('\n')}</tbody></table>${more(gaps.length - most.gaps, 'gap')}`;
}

function openTable(open: readonly OpenFields[]): string {
  if (open.length === 0) return '';
  const rows = open
    .slice(0, most.datasets)
    .flatMap(({ dataset, undecided, notJudged }) => [
      ...line(dataset.name, 'undecided', 'undecided', undecided),
      ...line(dataset.name, 'not judged', 'gap', notJudged),
    ]);
  return `<h3>Fields without an answer</h3><table class="gap-list"><thead><tr><th scope="col">Dataset</th><th scope="col">State</th><th scope="col">Fields</th></tr></thead><tbody>${rows.join('\n')}</tbody></table>${more(open.length - most.datasets, 'dataset')}`;
}

function line(dataset: string, words: string, look: string, names: readonly string[]): readonly string[] {
  if (names.length === 0) return [];
  const rest = names.length > most.names ? ` and ${String(names.length - most.names)} more` : '';
  return [
    `<tr><td class="mono">${text(dataset)}</td><td class="${look}">${words}</td><td class="mono">${text(names.slice(0, most.names).join(', '))}${rest}</td></tr>`,
  ];
}

function more(count: number, noun: string): string {
  return count > 0 ? `<p class="gap">Cut short: ${text(countOf(count, noun))} more.</p>` : '';
}
