import { existsSync } from 'node:fs';
import { instant } from '../../base/clock.ts';
import { LexlineError } from '../../base/errors.ts';
import { productVersion } from '../../base/version.ts';
import { counts, findingText, placeOf } from '../../policy/finding-text.ts';
import { junit } from '../../policy/junit.ts';
import { loadPolicies, type Policies } from '../../policy/policy-file.ts';
import { sarif } from '../../policy/sarif.ts';
import { testPolicies } from '../../policy/self-tests.ts';
import { runCheck, type CheckResult } from '../check/run-check.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { countOf } from '../../query/labels.ts';
import { oneOf, textOption } from '../options.ts';
import { writeWhole } from '../output-file.ts';

/** Holds policies against the lineage that a change would make. Ends with 1 when one of them is violated by it. */
export async function run({ args, options }: Invocation, context: CommandContext): Promise<ExitStatus> {
  const { io, global, clock, compose } = context;
  const [target] = args;
  const folder =
    textOption(options, 'policies') ??
    (global.config === undefined ? null : (await compose.readConfig()).policies) ??
    './policies';
  const policies = await loadPolicies(folder);
  if (policies.policies.length === 0)
    throw new LexlineError('CONFIG_INVALID', `[policy] ${folder} holds no policy: nothing would be checked`, {
      remedy: 'write one in a .yml file there, or name another folder with --policies',
    });
  const tested = testPolicies(policies);
  if (target === undefined) {
    if (options['selfTest'] !== true)
      throw new LexlineError('INPUT_INVALID', '[check] say what to check', {
        remedy: 'lexline check ./target --baseline lexline-baseline.jsonl',
      });
    await io.out(
      `${policies.policies.length} ${policies.policies.length === 1 ? 'policy' : 'policies'}, ${countOf(tested, 'test')} inside them, all as expected\n`,
    );
    return 0;
  }
  const baseline =
    textOption(options, 'baseline') ?? (existsSync('lexline-baseline.jsonl') ? 'lexline-baseline.jsonl' : undefined);
  const strict = options['strict'] === true;
  const result = await runCheck(
    {
      target,
      dialect: textOption(options, 'dialect'),
      baseline,
      source: textOption(options, 'source'),
      policies,
      today: instant(clock).slice(0, 10),
    },
    context,
  );
  const failing = result.findings.filter((one) => counts(one, strict)).length + (strict ? result.gaps.length : 0);
  const format = global.json ? 'json' : (oneOf(options, 'format', ['text', 'sarif', 'junit', 'json']) ?? 'text');
  const text = shown(format, policies, result, strict, failing);
  const out = textOption(options, 'out');
  if (out === undefined) await io.out(text);
  else {
    await writeWhole(out, [text]);
    await io.out(
      `${out} is written: ${failing === 0 ? 'nothing in the change counts against a policy' : `${failing} count${failing === 1 ? 's' : ''} against the change`}\n`,
    );
  }
  return failing === 0 ? 0 : 1;
}

function shown(
  format: 'text' | 'sarif' | 'junit' | 'json',
  { policies }: Policies,
  result: CheckResult,
  strict: boolean,
  failing: number,
): string {
  const { findings, gaps } = result;
  if (format === 'sarif') return sarif(policies, findings, gaps, productVersion());
  if (format === 'junit') return junit(policies, findings, gaps, strict);
  if (format === 'json')
    return `${JSON.stringify({
      failing,
      findings: findings.map(({ finding, path, isNew, file }) => ({
        policy: finding.policy.id,
        outcome: finding.outcome,
        place: placeOf(finding),
        category: finding.category,
        treatment: finding.treatment,
        what: finding.what,
        isNew,
        waivedUntil: finding.waiver?.expires ?? null,
        file,
        path,
      })),
      gaps: gaps.map(({ gap, file }) => ({ ...gap, file })),
      gapsBefore: result.oldGaps,
    })}\n`;
  return textOf(result, policies.length, strict, failing);
}

function textOf(
  { findings, gaps, oldGaps, fields, against }: CheckResult,
  policies: number,
  strict: boolean,
  failing: number,
): string {
  const lines: string[] = [];
  const fresh = findings.filter(({ isNew }) => isNew);
  for (const one of fresh) {
    const { outcome, waiver } = one.finding;
    const mark = outcome === 'met' ? 'stepped down' : waiver !== null ? 'waived' : outcome;
    lines.push(`${mark}: ${findingText(one.finding)}${one.file === null ? '' : `  [${one.file}]`}`);
    for (const step of one.path) lines.push(`    ${step}`);
  }
  for (const { gap, file } of gaps)
    lines.push(`gap: ${gap.what}: ${gap.detail}${file === null ? '' : `  [${file}]`}`, `    what to do: ${gap.remedy}`);
  const old = findings.filter(({ isNew, finding }) => !isNew && finding.outcome !== 'met').length;
  const ground =
    against === null
      ? 'without a baseline: only what the files themselves say'
      : `over revision ${against.revision} of ${against.knownBy}`;
  const verdict =
    failing === 0 ? 'no violation found' : `${failing} count${failing === 1 ? 's' : ''} against the change`;
  const open = gaps.length + fresh.filter((one) => counts(one, true) && !counts(one, false)).length;
  const uncounted = open > 0 && !strict ? [`${countOf(open, 'gap')}, which --strict counts`] : [];
  const before = [...(old > 0 ? [countOf(old, 'finding')] : []), ...(oldGaps > 0 ? [countOf(oldGaps, 'gap')] : [])];
  const kept = before.length === 0 ? [] : [`${before.join(' and ')} there before`];
  lines.push(
    `${policies} ${policies === 1 ? 'policy' : 'policies'}, ${countOf(fields, 'field')}, ${ground}: ${[verdict, ...uncounted, ...kept].join('; ')}`,
  );
  return `${lines.join('\n')}\n`;
}
