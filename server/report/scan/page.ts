import { createHash } from 'node:crypto';
import { countOf } from '../../query/labels.ts';
import { drawingCss } from '../../draw/css.ts';
import { drawSvg } from '../../draw/svg.ts';
import { fieldsSection } from './page-fields.ts';
import { gapsSection } from './page-gaps.ts';
import { pageCss } from '../page-css.ts';
import { scanCss } from './page-css.ts';
import { scanScript } from './page-script.ts';
import { text } from '../markup.ts';
import { gapCountOf, type Findings } from './findings.ts';
import type { Flow } from './flows.ts';
import type { Headline } from './headline.ts';

/** What the page is about and where it was made. */
export interface ScanSubject {
  /** What was scanned, as the user named it; no absolute path. */
  readonly target: string;
  /** `dbt target`, `folder of SQL`, `SQL file`. */
  readonly kind: string;
  readonly dialect: string | null;
  readonly at: string;
  readonly version: string;
}

/** Pictures are wrapped so that they fit the page without scrolling sideways on a desktop. */
const pictureWidth = 1180;
/** Pictures that are open when the page is. */
const openAtFirst = 3;
/** Kinds of data named at the top. */
const mostKinds = 24;

/** The scan page: one HTML text with everything in it. Its own script and styles are allowed by hash, nothing else runs or loads. */
export function scanPage(
  subject: ScanSubject,
  findings: Findings,
  { flows, leftOut }: { readonly flows: readonly Flow[]; readonly leftOut: number },
  headline: Headline,
): string {
  const css = `${pageCss}\n${drawingCss}\n${scanCss}`;
  const policy = `default-src 'none'; style-src 'sha256-${hash(css)}'; script-src 'sha256-${hash(scanScript)}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">
<title>${text(`Lexline scan: ${subject.target}`)}</title><style>${css}</style></head><body><main>
<header><p class="muted">Lexline scan of <span class="mono">${text(subject.target)}</span> (${text(subject.kind)})</p>
<h1>${text(headline.sentence)}</h1>
${figures(findings, flows)}${kindList(findings)}</header>
<nav aria-label="On this page"><a href="#flows">Where it flows</a><a href="#fields">Sensitive fields</a><a href="#gaps">What could not be told</a><a href="#method">How this was made</a></nav>
${flowsSection(findings, flows, leftOut)}
${fieldsSection(findings)}
${gapsSection(findings)}
${methodSection(subject, findings)}
<footer><p>A draft, made by a program. Not legal advice: it lists evidence and gaps, and declares nobody compliant.</p></footer>
</main><script>${scanScript}</script></body></html>
`;
}

function figures(findings: Findings, flows: readonly Flow[]): string {
  const { sensitiveFields, datasets, coverage, kinds } = findings;
  const gapCount = gapCountOf(findings);
  const entries: readonly (readonly [number, string, string])[] = [
    [sensitiveFields, `of ${countOf(coverage.fields, 'field')} sensitive`, sensitiveFields > 0 ? 'sensitive' : ''],
    [datasets.length, `of ${countOf(coverage.datasets, 'dataset')} hold them`, ''],
    [new Set(kinds.map((kind) => kind.category)).size, 'kinds of data', ''],
    [flows.length, 'flows drawn', ''],
    [gapCount, gapCount === 1 ? 'gap' : 'gaps', gapCount > 0 ? 'gap' : ''],
  ];
  return `<ul class="figures">${entries.map(([figure, words, look]) => `<li><b class="${look}">${String(figure)}</b>${text(words)}</li>`).join('')}</ul>`;
}

/** What was found, by kind: where it was judged so, and how far copies of it went. */
function kindList({ kinds }: Findings): string {
  if (kinds.length === 0) return '';
  const entries = kinds.slice(0, mostKinds).map(({ label, origins, copiesInClear, copiesTreated }) => {
    const parts = [
      ...(origins > 0 ? [`<b>${String(origins)}</b>`] : []),
      ...(copiesInClear > 0 ? [`<span class="sensitive">${String(copiesInClear)} copied</span>`] : []),
      ...(copiesTreated > 0 ? [`<span class="treated">${String(copiesTreated)} treated</span>`] : []),
    ];
    return `<li>${text(label)} ${parts.join(' + ')}</li>`;
  });
  const rest =
    kinds.length > mostKinds ? `<li class="muted">and ${String(kinds.length - mostKinds)} more kinds</li>` : '';
  return `<ul class="kinds" aria-label="What was found, in fields">${entries.join('')}${rest}</ul>`;
}

function flowsSection(findings: Findings, flows: readonly Flow[], leftOut: number): string {
  if (flows.length === 0)
    return `<section id="flows"><h2>Where it flows</h2><p>No flow of a sensitive field into another dataset is known here.${findings.coverage.statements.full === 0 ? ' No SQL that moves data was found in what was scanned.' : ''}</p></section>`;
  return `<section id="flows"><h2>Where it flows</h2><p class="about">The gravest first. A dashed edge steps the value down, as the word at its end says; what is hashed or masked is still listed as personal.</p>${leftOut > 0 ? `<p class="gap">Cut short: ${text(countOf(leftOut, 'further flow'))} not drawn.</p>` : ''}
${flows.slice(0, openAtFirst).map(figure).join('\n')}
${folded(flows.slice(openAtFirst).map((flow, index) => figure(flow, index + openAtFirst)))}</section>`;
}

/** Further pictures wait behind one click, so that the list of fields is not far down. */
function folded(figures: readonly string[]): string {
  return figures.length === 0
    ? ''
    : `<details class="more"><summary>${text(countOf(figures.length, 'more flow'))}</summary>${figures.join('\n')}</details>`;
}

function figure({ dataset, graph, reachesInClear, reachesTreated, leftOut }: Flow, index: number): string {
  const words = [
    ...(reachesInClear.length > 0
      ? [`<span class="sensitive">in clear in ${text(nameSome(reachesInClear))}</span>`]
      : []),
    ...(reachesTreated.length > 0
      ? [`<span class="treated">stepped down in ${text(nameSome(reachesTreated))}</span>`]
      : []),
    ...(leftOut > 0 ? [`<span class="muted">${text(countOf(leftOut, 'more field'))} of it not drawn</span>`] : []),
  ];
  return `<figure><figcaption><span class="mono">${text(dataset)}</span> ${words.join(' · ')}</figcaption><div class="scroll" tabindex="0" role="region" aria-label="${text(`Flow of ${dataset}`)}">${drawSvg(graph, { as: 'inline', idPrefix: `flow-${String(index)}`, wrapAt: pictureWidth })}</div></figure>`;
}

function nameSome(names: readonly string[]): string {
  return names.length > 4 ? `${names.slice(0, 4).join(', ')} and ${String(names.length - 4)} more` : names.join(', ');
}

function methodSection(subject: ScanSubject, { coverage, deciders }: Findings): string {
  const { full, tables, failed } = coverage.statements;
  const facts: readonly (readonly [string, string])[] = [
    ['Scanned', `${subject.target} (${subject.kind}${subject.dialect === null ? '' : `, ${subject.dialect}`})`],
    ['At', subject.at],
    ['By', [`Lexline ${subject.version}`, ...deciders].join(', ')],
    [
      'Looked at',
      `${countOf(coverage.datasets, 'dataset')}, ${countOf(coverage.fields, 'field')}, ${countOf(full + tables + failed, 'SQL statement')}`,
    ],
    [
      'SQL',
      `${String(full)} understood in full, ${String(tables)} to their tables only, ${String(failed)} not understood`,
    ],
    ['Left this machine', 'nothing: no service, no model and no network was used'],
  ];
  return `<section id="method"><h2>How this was made</h2>
<p>Each field was judged by detectors over its name, type, comment and neighbours. Judgements were carried along column lineage read from SQL, by a table that says what each function does to a value: a hash is still personal data, a count of rows is not, an unknown function changes nothing. Every confidence is the detector’s own estimate.</p>
<table class="facts"><tbody>${facts.map(([name, value]) => `<tr><th scope="row">${text(name)}</th><td>${text(value)}</td></tr>`).join('')}</tbody></table></section>`;
}

function hash(content: string): string {
  return createHash('sha256').update(content).digest('base64');
}
