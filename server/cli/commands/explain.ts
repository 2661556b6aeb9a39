import { stateWords } from '../../draw/words.ts';
import { printPath } from '../../model/ids.ts';
import type { ClassificationView, Explanation, ExplanationStep, FieldView } from '../../query/query.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { findThing, type Thing } from '../find-thing.ts';
import { textOption } from '../options.ts';
import { printJson, printLines } from '../print.ts';
import { LexlineError } from '../../base/errors.ts';

interface Explained {
  readonly classification: ClassificationView;
  readonly explanation: Explanation | null;
}

/** Why a field is judged as it is: evidence, citations, the way a category came along lineage, what was considered instead. */
export async function run({ args, options }: Invocation, { io, global, compose }: CommandContext): Promise<ExitStatus> {
  const product = await compose.open({ mustExist: true });
  try {
    const query = await product.query();
    const { n } = await query.at(textOption(options, 'asOf'));
    const thing = await findThing(query, args[0] ?? '', n);
    const { field } = thing;
    if (field === null) throw await needsField(thing, (await query.fields(thing.dataset.uid, n, { first: 20 })).items);
    const explained: Explained[] = [];
    for (const classification of field.classifications)
      explained.push({ classification, explanation: await query.explain(field.uid, classification.category, n) });
    if (global.json) await printJson(io, { name: thing.name, revision: n, field, explanations: explained });
    else await printLines(io, explanationLines(thing.name, field, explained));
    return 0;
  } finally {
    await product.close();
  }
}

async function needsField({ dataset }: Thing, fields: readonly FieldView[]): Promise<LexlineError> {
  return new LexlineError('INPUT_INVALID', `[cli] ${dataset.name} is a dataset: name one of its fields`, {
    remedy: fields.map((field) => `lexline explain ${dataset.name}.${printPath(field.path)}`).join('\n'),
  });
}

function explanationLines(name: string, field: FieldView, explained: readonly Explained[]): string[] {
  const lines = [
    `${name} (${field.type ?? 'type not known'})`,
    `${stateWords[field.effective.state]}: ${field.because}`,
  ];
  if (field.gap !== null) {
    lines.push(`gap: ${field.gap.reason}, ${field.gap.detail}`);
    if (field.gap.remedy !== null) lines.push(`  what to do: ${field.gap.remedy}`);
  }
  for (const { classification, explanation } of explained) {
    const { label, category, classes, confidence, decidedBy, terms, evidence, citations } = classification;
    lines.push('', `${label} (${category}; ${classes.join(', ')}), confidence ${confidence.toFixed(2)}`);
    lines.push(`  decided by ${decidedBy.kind} ${decidedBy.name}`);
    if (explanation !== null && explanation.sentence !== field.because) lines.push(`  ${explanation.sentence}`);
    lines.push(...(explanation?.steps ?? []).map(stepLine));
    for (const { signal, detail, weight } of evidence)
      lines.push(`  ${weight < 0 ? 'against' : 'for'}: ${signal}, ${detail} (${weight.toFixed(1)})`);
    for (const { regulation, term, provision } of terms) lines.push(`  ${regulation}: ${term} (${provision})`);
    for (const { provision, edition, check } of citations) lines.push(`  cites ${provision}, ${edition}: ${check}`);
    for (const { category: other, confidence: c, rejectedBecause } of explanation?.alternatives ?? [])
      lines.push(`  considered: ${other} ${c.toFixed(2)}, ${rejectedBecause}`);
  }
  return lines;
}

function stepLine({ from, to, fn, effect, job }: ExplanationStep): string {
  const way = [...(fn === '' ? [] : [fn]), effect, ...(job === null ? [] : [`in ${job}`])].join(', ');
  return `    ${from.dataset}.${from.path} → ${to.dataset}.${to.path} (${way})`;
}
