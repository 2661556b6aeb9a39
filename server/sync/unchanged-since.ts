import { LexlineError } from '../base/errors.ts';
import { heldCategories, wordsOf } from '../classify/held-categories.ts';
import { decisionKind, proposalKind } from '../classify/review.ts';
import { digestOf } from '../model/json.ts';
import type { Uid } from '../model/ids.ts';
import { inBatches } from '../stores/in-batches.ts';
import { readFields } from './read-field-context.ts';
import { entriesOf, readWaiting } from './read-waiting.ts';
import type { ReviewDeskOptions } from './review-desk.ts';

/** Where fields are read, and what says which classes a category has there. */
type Place = Pick<ReviewDeskOptions, 'graph' | 'taxonomy' | 'isOutside'>;

/** How many fields a message names. */
const namedFields = 3;

/**
 * The fields asked the same question at an earlier revision as now, held the same categories and classes in the same forms, with the same
 * proposals and the same decisions of people: whoever looked then decides what they looked at. Fails with REVIEW_CHANGED, or INPUT_INVALID for a revision to come.
 */
export async function mustBeUnchanged(
  { group, fields }: { readonly group: string; readonly fields: readonly Uid[] },
  { seen, now }: { readonly seen: number; readonly now: number },
  options: Place,
): Promise<void> {
  if (seen > now) throw new LexlineError('INPUT_INVALID', `[review] there is no revision ${seen} yet`);
  if (seen === now) return;
  const [then, today] = [await askedAt(fields, seen, options), await askedAt(fields, now, options)];
  const came = fields.filter((field) => then.get(field)?.group !== group || today.get(field)?.group !== group);
  const said = fields.filter((field) => then.get(field)?.said !== today.get(field)?.said);
  const held = fields.filter((field) => then.get(field)?.holds !== today.get(field)?.holds);
  const changed = [
    {
      which: said,
      says: () => `somebody decided or proposed something for ${countOfFields(said)} after revision ${seen}`,
    },
    { which: came, says: () => `${countOfFields(came)} asked something else at revision ${seen}, or nothing` },
    { which: held, says: () => `${countOfFields(held)} held other categories, classes or forms at revision ${seen}` },
  ].find(({ which }) => which.length > 0);
  if (changed === undefined) return;
  throw new LexlineError('REVIEW_CHANGED', `[review] ${changed.says()}`, {
    remedy: 'lexline review list, then decide again',
  });
}

/** `3 of its fields (…)`, the first by name. */
export function countOfFields(fields: readonly Uid[]): string {
  const named = fields.slice(0, namedFields).join(', ');
  return `${fields.length} of its fields (${named}${fields.length > namedFields ? ', …' : ''})`;
}

/** What each field asked at a revision, what it held, and what people had said of it: decisions, and proposals that wait for a second. */
async function askedAt(
  fields: readonly Uid[],
  n: number,
  options: Place,
): Promise<ReadonlyMap<Uid, { readonly group: string | null; readonly holds: string; readonly said: string }>> {
  if (n === 0) return new Map();
  const { graph, taxonomy } = options;
  const records = await inBatches(fields, (part) => graph.get(part, n));
  const datasets = new Set(records.flatMap((record) => record?.parent ?? []));
  const waiting = await readWaiting(graph, n, [...datasets]);
  const groups = new Map(
    waiting.flatMap(({ fields: own }) =>
      own.flatMap(({ item, group }) => (item === null ? [] : [[item.field, group] as const])),
    ),
  );
  const read = await readFields(fields, n, options);
  const entries = await entriesOf(graph, fields, n);
  return new Map(
    fields.map((field) => {
      const { verdicts, rows, holder } = read(field);
      const held = [...heldCategories(verdicts, rows).values()];
      const human = verdicts.filter(({ decider }) => decider === 'human');
      const entered = [proposalKind, decisionKind].map((kind) => entries.get(field)?.get(kind) ?? null);
      return [
        field,
        {
          group: groups.get(field) ?? null,
          holds: digestOf(held.flatMap((one) => wordsOf(one, { taxonomy, holder }))),
          said: digestOf([human.map(({ category, state, key }) => `${category} ${state} ${key}`).sort(), entered]),
        },
      ];
    }),
  );
}
