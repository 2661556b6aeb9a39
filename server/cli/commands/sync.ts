import { LexlineError } from '../../base/errors.ts';
import { suggest } from '../../base/nearest.ts';
import type { Flip } from '../../classify/preview.ts';
import type { JudgingPreview } from '../../sync/preview-judging.ts';
import type { SyncProgress, SyncReport } from '../../sync/sync.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { modelPlanLines, modelReportLines } from '../model-lines.ts';
import { printJson, printLines } from '../print.ts';
import { governanceLine } from './governance-apply.ts';
import { createProgress } from '../progress.ts';
import { driftLines, writeBackLines } from '../sync-lines.ts';
import { countOf } from '../../query/labels.ts';

/**
 * Syncs one source or all of them, one after the other. Ends with 2 when a source failed (the others still ran), else 0:
 * gaps are shown and counted, they are no failure.
 */
export async function run({ args, options }: Invocation, context: CommandContext): Promise<ExitStatus> {
  const { io, signal, actor, global, clock, compose } = context;
  // Before the stores are opened: a mistake on the command line makes none.
  const { sources } = await compose.readConfig();
  const names = chosen(
    args[0],
    sources.map((source) => source.name),
  );
  const product = await compose.open();
  const progress = createProgress(io, { json: global.json, now: () => clock.now() });
  try {
    const conductor = await product.sync();
    const reports: SyncReport[] = [];
    const entered = options['dryRun'] === true ? null : await (await product.governance()).apply({ actor, signal });
    if (entered !== null && !global.json) await printLines(io, [governanceLine(entered)]);
    for (const source of names) {
      signal.throwIfAborted();
      const report = await conductor.run({
        source,
        actor,
        full: options['full'] === true,
        dryRun: options['dryRun'] === true,
        allowShrink: options['allowShrink'] === true,
        retryModel: options['retry'] === true,
        signal,
        onProgress: (step) => progress.show(progressText(step)),
      });
      progress.clear();
      reports.push(report);
      if (global.json) await printJson(io, report);
      else await printLines(io, reportLines(report));
    }
    return reports.some((report) => report.status === 'FAILED') ? 2 : 0;
  } finally {
    progress.clear();
    await product.close();
  }
}

function chosen(asked: string | undefined, configured: readonly string[]): readonly string[] {
  if (configured.length === 0)
    throw new LexlineError('CONFIG_INVALID', '[sync] no source is configured', {
      remedy: 'name your sources in lexline.yaml (lexline init writes one)',
    });
  if (asked === undefined) return configured;
  if (!configured.includes(asked))
    throw new LexlineError('INPUT_INVALID', `[sync] no source "${asked}" is configured; ${suggest(asked, configured)}`);
  return [asked];
}

function progressText({ source, stage, done, total }: SyncProgress): string {
  return `${source}: ${stage} ${done}${total === null ? '' : ` of ${total}`}`;
}

const statusWords: Record<SyncReport['status'], string> = {
  DONE: 'done',
  PARTIAL: 'done, with gaps',
  UNCHANGED: 'nothing changed, nothing written',
  FAILED: 'failed',
  DRY_RUN: 'dry run, nothing written',
};

/** At most so many gaps are printed one by one; the rest is counted. */
const gapsShown = 10;

/** A sync report for people: what was read, what was found, what is not known. */
export function reportLines(report: SyncReport): string[] {
  const { documents, fields, statements, gaps, error } = report;
  const title = `${report.source}: ${statusWords[report.status]}${report.resumed ? ' (went on from an interrupted run)' : ''}`;
  const lines = [
    title,
    `  documents: ${documents.read} read, ${documents.changed} changed, ${documents.unchanged} unchanged, ${documents.retired} retired`,
    `  fields: ${fields.judged} judged, ${fields.sensitive} sensitive, ${fields.undecided} undecided, ${fields.profiled} profiled`,
    `  statements: ${statements.full} understood, ${statements.tables} by table only, ${statements.failed} not understood`,
    `  gaps: ${gaps.length}`,
  ];
  if (report.llm !== undefined && report.llm.columns.open > 0) lines.push(...modelReportLines(report.llm));
  if (report.llmPlan !== undefined) lines.push(...modelPlanLines(report.llmPlan));
  if (report.preview !== undefined) lines.push(...previewLines(report.preview));
  if (report.status === 'UNCHANGED' && documents.read === 0) lines.splice(1, 3);
  lines.push(...driftLines(report.drift), ...writeBackLines(report.writeBack));
  lines.push(...(report.notes ?? []).map((note) => `  ${note}`));
  for (const gap of gaps.slice(0, gapsShown)) {
    lines.push(`    ${gap.what}: ${gap.reason}, ${gap.detail}`);
    if (gap.remedy !== null)
      lines.push(...gap.remedy.split('\n').map((line, i) => `      ${i === 0 ? 'what to do: ' : '  '}${line}`));
  }
  if (gaps.length > gapsShown) lines.push(`    … and ${gaps.length - gapsShown} more (--json lists all)`);
  if (error !== null) {
    lines.push(`  error: [${error.code}] ${error.message}`);
    if (error.remedy !== null) lines.push(`    what to do: ${error.remedy}`);
    lines.push('    not changed: the graph stands as of the last whole revision; the next sync goes on from here');
  }
  return lines;
}

/** What the detectors of now would change, losses of protection first. */
function previewLines({ flips, losses, shown, toProfile, awaiting }: JudgingPreview): string[] {
  const lines = [
    `  values to look at: ${countOf(toProfile, 'field')}${toProfile === 0 ? '' : ', and what they show may change their verdicts too'}`,
    ...awaiting
      .filter(({ isProtected }) => isProtected)
      .slice(0, gapsShown)
      .map(
        ({ dataset, field, before }) =>
          `    ${dataset}.${field}: ${before === null ? 'not judged yet' : outcomeText(before)}`,
      ),
    `  verdicts that would change: ${flips}${losses === 0 ? '' : `, ${losses} of them would lose protection`}`,
  ];
  for (const { dataset, field, before, after, losesProtection, decided, awaitsValues } of shown.slice(0, gapsShown))
    lines.push(
      `    ${dataset}.${field}: ${outcomeText(before)} → ${outcomeText(after)}${losesProtection ? ', loses protection' : ''}${decided ? '; a person decided, that stands' : ''}${awaitsValues ? '; its values are looked at first' : ''}`,
    );
  if (flips > gapsShown) lines.push(`    … and ${flips - gapsShown} more (--json lists up to ${shown.length})`);
  return lines;
}

function outcomeText({ category, state, confidence }: Flip['after']): string {
  return `${state === 'abstained' ? 'left to a person' : category} (${confidence.toFixed(2)})`;
}
