import type { EffectiveClassification, EffectiveField } from '../../model/effective.ts';
import { strongest } from '../because.ts';
import type { QueryContext } from '../context.ts';
import { readJudged } from '../judged.ts';
import { categoryLabel, classificationLabel, fieldLabel } from '../labels.ts';
import { byText, inOrder, type DiffItem } from './diff.ts';
import { formInWords } from './forms.ts';
import type { DiffWindow } from './window.ts';

/** What is said of fields otherwise than before: found, no longer found, something else, or decided by somebody else. */
export async function diffJudgements(context: QueryContext, window: DiffWindow): Promise<readonly DiffItem[]> {
  const uids = [
    ...new Set(window.rows.filter(({ table }) => table === 'verdict' || table === 'derived').map(({ uid }) => uid)),
  ];
  const [older, newer] = await Promise.all([
    window.from === 0 ? new Map<string, never>() : readJudged(context, uids, window.from),
    readJudged(context, uids, window.to),
  ]);
  const items = uids.flatMap((uid): readonly DiffItem[] => {
    const what = window.nameOf(uid);
    if (what === null) return [];
    const wasThere = (window.before(uid)?.assertions.length ?? 0) > 0;
    const isThere = (window.after(uid)?.assertions.length ?? 0) > 0;
    const was = wasThere ? older.get(uid)?.effective : undefined;
    const is = isThere ? newer.get(uid)?.effective : undefined;
    const isDataset = window.known(uid)?.kind === 'dataset';
    const say = isDataset ? subjectWords : words;
    const [before, after] = [say(context, was), say(context, is)];
    const isSame = before === after && classWords(was) === classWords(is);
    if (isSame || (was === undefined && is?.state !== 'SENSITIVE')) return [];
    if (is === undefined && was?.state !== 'SENSITIVE') return [];
    const details = [
      { name: 'judgement', before, after },
      ...(isDataset ? [] : differing('because', reasonsOf(context, was), reasonsOf(context, is))),
    ];
    if (is === undefined)
      return [
        {
          change: 'gone',
          what,
          says: isDataset ? `no longer seen; ${before}` : `no longer seen; it held: ${before}`,
          details,
        },
      ];
    if (was === undefined) return [{ change: 'new', what, says: after ?? '', details }];
    const said = isDataset ? [] : differences(context, was, is);
    const says = said.length === 0 ? `${before ?? 'nothing said'} became ${after ?? 'nothing said'}` : said.join('; ');
    return [{ change: 'changed', what, says, details }];
  });
  return inOrder(items);
}

/** What differs, one category after the other; what stayed is not said again. */
function differences(context: QueryContext, was: EffectiveField, is: EffectiveField): readonly string[] {
  const [older, newer] = [was, is].map(
    ({ classifications }) => new Map(classifications.map((one) => [one.category, one])),
  );
  // Nothing was found, or nothing is any longer: the states say more than the list would.
  if (older === undefined || newer === undefined || older.size === 0 || newer.size === 0) return [];
  return [...new Set([...older.keys(), ...newer.keys()])].toSorted(byText).flatMap((category) => {
    const [before, after] = [older.get(category), newer.get(category)];
    const label = categoryLabel(category, context.taxonomy);
    if (before === undefined)
      return after === undefined ? [] : [`now also ${label}${underClasses(after)}, ${manner(after)}`];
    if (after === undefined) return [`no longer ${label}`];
    return [
      ...(manner(before) === manner(after) ? [] : [`${label}: ${manner(before)} became ${manner(after)}`]),
      ...after.classes.filter((one) => !before.classes.includes(one)).map((one) => `${label}: now ${one} as well`),
      ...before.classes.filter((one) => !after.classes.includes(one)).map((one) => `${label}: no longer ${one}`),
    ];
  });
}

/** The coarse classes of all that is held, category by category. */
function classWords(effective: EffectiveField | undefined): string {
  return JSON.stringify(effective?.classifications.map(({ category, classes }) => [category, classes]) ?? []);
}

/** `in clear by its lineage`: in which form it is held, and who says so. */
function manner({ derived, treatment, decidedBy }: EffectiveClassification): string {
  const own = derived === null ? 'in clear' : ownForms[derived];
  return `${decidedBy === 'propagation' ? formInWords(treatment) : own} (${deciderWords(decidedBy)})`;
}

const ownForms: Readonly<Record<NonNullable<EffectiveClassification['derived']>, string>> = {
  hash: 'hashed',
  token: 'as a token',
  mask: 'masked',
  last4: 'in part',
};

/** `Card number (detector)`: what is said, and who says it. Confidence is left out: a figure that moves is no event. */
function words(context: QueryContext, effective: EffectiveField | undefined): string | null {
  if (effective === undefined) return null;
  if (effective.classifications.length === 0) return fieldLabel(effective, context.taxonomy).toLowerCase();
  return effective.classifications
    .map((one) => `${classificationLabel(one, context.taxonomy)}${underClasses(one)} (${deciderWords(one.decidedBy)})`)
    .join(', ');
}

/** `, PII`: the coarse classes under which it is held; nothing where none is known. */
function underClasses({ classes }: Pick<EffectiveClassification, 'classes'>): string {
  return classes.length === 0 ? '' : `, ${classes.join(' and ')}`;
}

/** Why each category is said to be there, as far as its own judgement tells; what arrives is told where flows are. */
function reasonsOf(context: QueryContext, effective: EffectiveField | undefined): string | null {
  const reasons = effective?.classifications.flatMap(({ category, verdict }) => {
    const ground = verdict === null ? '' : strongest(verdict.evidence);
    return ground === '' ? [] : [`${categoryLabel(category, context.taxonomy)}: ${ground}`];
  });
  return reasons === undefined || reasons.length === 0 ? null : reasons.join('; ');
}

function differing(name: string, before: string | null, after: string | null): DiffItem['details'] {
  return before === after ? [] : [{ name, before, after }];
}

/** Whose rows a dataset holds, which is kept as a verdict on the dataset itself. */
function subjectWords(_: QueryContext, effective: EffectiveField | undefined): string | null {
  const subjects = effective?.classifications.map(({ category }) => category.replace(/^subject\./u, '')) ?? [];
  return subjects.length === 0 ? null : `rows about: ${subjects.toSorted(byText).join(', ')}`;
}

function deciderWords(decider: string): string {
  const said: Readonly<Record<string, string>> = {
    human: 'a person',
    imported: "the source's tag",
    llm: 'the model',
    propagation: 'by its lineage',
  };
  return said[decider] ?? `the ${decider}s`;
}
