import { stateWords } from '../../draw/words.ts';
import { printPath } from '../../model/ids.ts';
import type { Explanation, ExplanationStep } from '../../query/explanation.ts';
import type { ClassificationView, FieldView } from '../../query/query.ts';
import type { SubjectView } from '../../query/answers.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { findThing, type Thing } from '../find-thing.ts';
import { alternativeLine, citationLine, evidenceLine, verdictLines } from '../verdict-lines.ts';
import { vouchedWords } from '../vouched-words.ts';
import { textOption } from '../options.ts';
import { printJson, printLines } from '../print.ts';
import { LexlineError } from '../../base/errors.ts';

interface Explained {
  readonly classification: ClassificationView;
  readonly explanation: Explanation | null;
}

/** Why a field is judged as it is: evidence, citations, the way a category came along lineage, what was considered instead. */
export async function run({ args, options }: Invocation, { io, global, compose }: CommandContext): Promise<ExitStatus> {
  const product = await compose.open({ mustExist: true, storesOnly: true });
  try {
    const query = await product.query();
    const { n } = await query.at(textOption(options, 'asOf'));
    const thing = await findThing(query, args[0] ?? '', n);
    const { field } = thing;
    if (field === null) throw await needsField(thing, (await query.fields(thing.dataset.uid, n, { first: 20 })).items);
    const [subject] = await query.subjects([thing.dataset.uid], n);
    const explained: Explained[] = [];
    for (const classification of field.classifications)
      explained.push({ classification, explanation: await query.explain(field.uid, classification.category, n) });
    if (global.json)
      await printJson(io, { name: thing.name, revision: n, field, subject: subject ?? null, explanations: explained });
    else await printLines(io, explanationLines(thing.name, field, subject ?? null, explained));
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

function explanationLines(
  name: string,
  field: FieldView,
  subject: SubjectView | null,
  explained: readonly Explained[],
): string[] {
  const lines = [
    `${name} (${field.type ?? 'type not known'})`,
    `${stateWords[field.effective.state]}: ${field.because}`,
  ];
  if (field.gap !== null) {
    lines.push(`gap: ${field.gap.reason}, ${field.gap.detail}`);
    if (field.gap.remedy !== null) lines.push(`  what to do: ${field.gap.remedy}`);
  }
  lines.push(...subjectLines(subject, field));
  if (explained.length === 0) lines.push(...verdictLines(field.verdicts));
  for (const { classification, explanation } of explained) {
    const { label, category, classes, confidence, decidedBy, terms, evidence, citations } = classification;
    lines.push('', `${label} (${category}; ${classes.join(', ')}), confidence ${confidence.toFixed(2)}`);
    lines.push(`  decided by ${decidedBy.kind} ${decidedBy.name}`);
    if (explanation !== null && explanation.sentence !== field.because) lines.push(`  ${explanation.sentence}`);
    lines.push(...(explanation?.steps ?? []).flatMap(stepLines));
    for (const { regulation, treatment } of explanation?.under ?? [])
      lines.push(`  under ${regulation}: ${treatment ?? 'nothing of it arrives'}`);
    lines.push(...evidence.map(evidenceLine));
    for (const { regulation, term, provision, applies } of terms)
      lines.push(`  ${regulation}: ${term} (${provision}${applies ? '' : ', if it binds you'})`);
    lines.push(...citations.map(citationLine));
    lines.push(...(explanation?.alternatives ?? []).map(alternativeLine));
  }
  return lines;
}

function stepLines({ from, to, fn, effect, job, vouched, under }: ExplanationStep): string[] {
  const way = [...(fn === '' ? [] : [fn]), effect, ...(job === null ? [] : [`in ${job}`])].join(', ');
  return [
    `    ${from.dataset}.${from.path} → ${to.dataset}.${to.path} (${way})`,
    ...vouched.map((one) => `      ${vouchedWords(one)}`),
    ...under.map((one) => `      under ${one.regulation}: ${one.effect}`),
  ];
}

/** Whose rows the table holds, and by which key. */
function subjectLines(subject: SubjectView | null, { relatesToSubject }: FieldView): string[] {
  if (subject === null) return [];
  const key = subject.keyPath === null ? '' : `, key ${subject.keyPath}`;
  return [
    `rows: ${subject.kind}${key}, confidence ${subject.confidence.toFixed(2)}${relatesToSubject ? '; the field relates to a data subject' : ''}`,
    ...subject.evidence.map(evidenceLine),
  ];
}
