import { countOf } from '../../query/labels.ts';
import { gapCountOf, type Findings } from './findings.ts';
import type { Flow } from './flows.ts';

/** What a person repeats to a colleague: one line for the top of the page, and the lines a terminal ends with. */
export interface Headline {
  readonly sentence: string;
  readonly lines: readonly string[];
}

/** Gravest first; never "clean": what was not judged is said in the same breath. */
export function headlineOf(findings: Findings, flows: readonly Flow[]): Headline {
  const { coverage, kinds, sensitiveFields } = findings;
  const gapCount = gapCountOf(findings);
  const unread = coverage.namesOnly > 0 ? ', but no value was read' : '';
  const gapWords = gapCount === 0 ? `no gaps met${unread}` : countOf(gapCount, 'gap');
  const judged = coverage.fields - coverage.notJudged;
  const gravest = kinds.find((kind) => kind.origins > 0);
  const far = flows.find((flow) => flow.reachesInClear.length > 0) ?? flows[0];
  const lines = [
    coverage.fields === 0
      ? `No column is known of ${countOf(coverage.datasets, 'dataset')}: nothing could be judged`
      : sensitiveFields === 0
        ? `Nothing sensitive found in ${countOf(judged, 'judged field')} of ${String(coverage.fields)}`
        : `${String(sensitiveFields)} of ${countOf(coverage.fields, 'field')} sensitive, in ${countOf(findings.datasets.length, 'dataset')}`,
    ...(gravest === undefined ? [] : [kindLine(gravest.label, gravest.origins, gravest.copiesInClear)]),
    ...(far === undefined ? [] : [flowLine(far)]),
    gapCount === 0 ? `No gaps met${unread}` : `${gapWords}: ${gapParts(findings)}`,
  ];
  const sentence =
    gravest === undefined
      ? `${lines[0] ?? ''}; ${gapWords}.`
      : `${gravest.label} in ${countOf(gravest.origins, 'field')}${reachWords(far)}; ${String(sensitiveFields)} of ${countOf(coverage.fields, 'field')} sensitive; ${gapWords}.`;
  return { sentence, lines };
}

function kindLine(label: string, origins: number, copies: number): string {
  return `${label}: ${countOf(origins, 'field')}${copies === 0 ? '' : `, and ${String(copies)} further down in clear`}`;
}

function flowLine({ dataset, reachesInClear, reachesTreated }: Flow): string {
  const clear = reachesInClear.length === 0 ? '' : ` reaches ${named(reachesInClear)} in clear`;
  const treated =
    reachesTreated.length === 0
      ? ''
      : ` ${clear === '' ? 'reaches' : 'and'} ${named(reachesTreated)} only hashed or masked`;
  return `${dataset}${clear}${treated}`.trim();
}

function reachWords(flow: Flow | undefined): string {
  const furthest = flow?.reachesInClear.at(-1);
  return flow === undefined || furthest === undefined
    ? ''
    : `; ${lastParts(flow.dataset)} reaches ${lastParts(furthest)} in clear`;
}

function named(datasets: readonly string[]): string {
  const shown = datasets.slice(0, 2).map(lastParts).join(', ');
  return datasets.length > 2 ? `${shown} and ${String(datasets.length - 2)} more` : shown;
}

/** `marketing.export` of `warehouse.marketing.export`: enough to know it by. */
function lastParts(name: string): string {
  return name.includes('/') ? name : name.split('.').slice(-2).join('.');
}

function gapParts({ gaps, coverage, withoutFields }: Findings): string {
  const parts = [
    ...(gaps.length > 0 ? [`${String(gaps.length)} met while reading`] : []),
    ...(withoutFields > 0 ? [`${countOf(withoutFields, 'dataset')} without known columns`] : []),
    ...(coverage.undecided > 0 ? [`${countOf(coverage.undecided, 'field')} undecided`] : []),
    ...(coverage.notJudged > 0 ? [`${countOf(coverage.notJudged, 'field')} not judged`] : []),
  ];
  return parts.join(', ');
}
