import { countOf } from '../../query/labels.ts';
import { text } from '../markup.ts';
import type { ClassificationView } from '../../query/query.ts';
import type { DatasetFindings, Findings, FoundField } from './findings.ts';

/** Datasets that are open when the page is: enough to see what a row looks like. */
const openAtFirst = 3;

/** The sensitive fields by dataset, the gravest first, each with its ground; a search field and a choice of classes above. */
export function fieldsSection(findings: Findings): string {
  const { datasets, sensitiveFields, listedFields, openFields, withoutFields } = findings;
  if (sensitiveFields === 0)
    return `<section id="fields"><h2>Sensitive fields</h2><p>None was found among the fields that could be judged.${withoutFields > 0 ? ` <a href="#gaps">${text(countOf(withoutFields, 'dataset'))} without known columns</a> may hold anything.` : ''}${openFields > 0 ? ` <a href="#gaps">${text(countOf(openFields, 'field'))} could not be judged</a> and may hold anything.` : ''}</p></section>`;
  const cut =
    listedFields < sensitiveFields
      ? `<p class="gap">Cut short: ${String(listedFields)} of ${String(sensitiveFields)} are listed here. <code>lexline sync</code> and <code>lexline report inventory</code> list all.</p>`
      : '';
  const classes = (['PCI', 'PHI', 'PII'] as const)
    .map((name) => `<label><input type="checkbox" value="${name}"> ${badge(name)}</label>`)
    .join(' ');
  return `<section id="fields"><h2>Sensitive fields</h2>${cut}
<div class="tools" hidden><label class="muted" for="words">Filter</label><input type="search" id="words" placeholder="field, dataset, category …" autocomplete="off">${classes}<span id="shown" class="muted" aria-live="polite"></span></div>
${datasets.map((one, index) => datasetBlock(one, index < openAtFirst)).join('\n')}</section>`;
}

function datasetBlock({ dataset, fields, others }: DatasetFindings, open: boolean): string {
  const rest = [
    ...(others.notSensitive > 0 ? [`${String(others.notSensitive)} other judged not sensitive`] : []),
    ...(others.open > 0 ? [`<span class="gap">${String(others.open)} not told</span>`] : []),
  ];
  const about = [dataset.kind, dataset.platform].filter((one) => one !== null).join(', ');
  return `<details class="dataset"${open ? ' open' : ''}><summary><span class="mono">${text(dataset.name)}</span><span class="sensitive">${text(countOf(fields.length, 'sensitive field'))}</span><span class="muted">${[text(about), ...rest].filter((one) => one !== '').join(' · ')}</span></summary>
<table><thead><tr><th scope="col">Field</th><th scope="col">What it holds</th><th scope="col">Class</th><th scope="col">Confidence</th><th scope="col">Ground</th></tr></thead><tbody>
${[...fields]
  .sort((a, b) => b.gravity - a.gravity || a.view.ordinal - b.view.ordinal)
  .map((field) => fieldRow(field, dataset.name))
  .join('\n')}
</tbody></table></details>`;
}

function fieldRow({ view, path }: FoundField, dataset: string): string {
  const classes = [...new Set(view.classifications.flatMap((one) => one.classes))].sort();
  const haystack = [dataset, path, view.label, ...view.classifications.map((one) => one.category), ...classes]
    .join(' ')
    .toLowerCase();
  const treated = view.classifications.every((one) => one.treatment !== 'clear' || one.derived !== null);
  const confidence = Math.max(...view.classifications.map((one) => one.confidence));
  return `<tr data-text="${text(haystack)}" data-classes="${classes.join(' ')}"><td class="field"><span class="mono">${text(path)}</span>${view.type === null ? '' : ` <span class="muted">${text(view.type)}</span>`}</td><td class="holds ${treated ? 'treated' : 'sensitive'}">${text(view.label)}</td><td class="classes">${classes.map(badge).join('')}</td><td class="sure">${confidence.toFixed(2)}</td><td>${text(view.because)}${why(view.classifications)}</td></tr>`;
}

/** Evidence, words of the regulations and where it came from, folded away. */
function why(classifications: readonly ClassificationView[]): string {
  const points = classifications.flatMap((one) => [
    `${one.label}: decided by ${one.decidedBy.kind === 'propagation' ? 'lineage' : one.decidedBy.kind} (${one.decidedBy.name})`,
    ...one.evidence
      .slice(0, 4)
      .map(({ signal, detail, weight }) => `${weight < 0 ? 'against' : 'for'}: ${signal}, ${detail}`),
    ...(one.origin === null
      ? []
      : [`reached from ${one.origin.name}, ${countOf(one.origin.hops, 'step')} away, ${one.treatment}`]),
    ...(one.terms.length === 0
      ? []
      : [
          `in the law’s words: ${one.terms.map(({ term, provision, applies }) => `${term} (${provision}${applies ? '' : ', if it binds you'})`).join('; ')}`,
        ]),
    ...(one.citations.length === 0
      ? []
      : [`cited: ${one.citations.map(({ provision, check }) => `${provision}, ${check}`).join('; ')}`]),
  ]);
  return `<details class="why"><summary>why</summary><ul>${points.map((point) => `<li>${text(point)}</li>`).join('')}</ul></details>`;
}

function badge(name: string): string {
  return `<span class="badge ${name.toLowerCase()}">${name}</span>`;
}
