import type { ModelPlan, ModelReport } from '../classify/model-tier.ts';
import { countOf } from '../query/labels.ts';

/** What a model was asked in a sync, what came of it and what it cost, for people. */
export function modelReportLines(report: ModelReport): string[] {
  const { endpoint, region, model, columns, requests, fromMemory, citations, rejected } = report;
  const lines = [
    `  model ${model} at ${endpoint} (${region}): ${countOf(columns.open, 'open field')}, ${countOf(requests, 'request')}, ${fromMemory} answered before`,
    `    ${columns.agreed} agreed, ${columns.added} found by the model alone, ${columns.toReview} for a person, ${columns.unanswered} without an answer`,
    `    tokens: ${report.inputTokens} in, ${report.outputTokens} out${report.estimated ? ' (in part counted by us)' : ''}${costText(report.cost, report.currency)}`,
  ];
  const dropped = citations.notOffered + citations.besideThePoint + citations.changed;
  if (citations.named > 0)
    lines.push(
      `    citations: ${citations.textMatched} text-matched, ${citations.catalogueOnly} catalogue-only, ${dropped} of ${citations.named} dropped`,
    );
  if (rejected > 0) lines.push(`    answers that could not be used: ${rejected}`);
  lines.push(...withheldLines(report.withheld));
  return lines;
}

/** What a sync would send to a model, for people. */
export function modelPlanLines(plan: ModelPlan): string[] {
  const most = costText(plan.costAtMost, plan.currency);
  return [
    `  would be sent to ${plan.model} at ${plan.endpoint} (${plan.region}): ${countOf(plan.requests, 'request')} about ${countOf(plan.openColumns, 'open field')}, about ${countOf(plan.inputTokens, 'token')}`,
    `    answers: at most ${countOf(plan.outputTokensAtMost, 'token')}${most === '' ? '' : `${most} at most`}; second looks and repairs come on top; ${countOf(plan.fromMemory, 'question')} ${plan.fromMemory === 1 ? 'is' : 'are'} answered already`,
    ...withheldLines(plan.withheld),
  ];
}

function withheldLines(withheld: Readonly<Record<string, number>>): string[] {
  return Object.entries(withheld).map(([why, tables]) => `    not shown: ${countOf(tables, 'table')}, ${why}`);
}

function costText(cost: number | null, currency: string | null): string {
  return cost === null ? '' : `, ${cost.toFixed(4)} ${currency ?? ''}`;
}
