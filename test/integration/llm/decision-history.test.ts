import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CoarseClass } from '../../../server/model/classification.ts';
import {
  decideInModel,
  emptyField,
  expectedShown,
  forms,
  looked,
  mustAsk,
  passInModel,
  type Form,
  type Kind,
  type ModelField,
} from './decision-model.ts';
import type { DerivedForm } from '../../../server/model/classification.ts';
import type { Effect } from '../../../server/model/treatment.ts';
import { openDecisionWorld, origins, type DecisionWorld, type OriginName } from './decision-world.ts';

let world: DecisionWorld;
beforeAll(async () => {
  world = await openDecisionWorld();
});
afterAll(() => world.close());

const hour = 3_600_000;
const found: readonly (readonly [string, readonly CoarseClass[], Form])[] = [
  ['user.contact.email', ['PII'], 'clear'],
  ['user.contact.email', ['PII'], 'hashed'],
  ['user.contact.phone', ['PII', 'PHI'], 'partial'],
  ['user.health.diagnosis', ['PHI'], 'clear'],
  ['user.name', ['PII'], 'clear'],
];
/** How each form comes to be, and how detectors say it. */
const effectFor: Readonly<Record<Form, Effect>> = { clear: 'keep', partial: 'partial', hashed: 'hash' };
const derivedOf: Readonly<Record<Form, DerivedForm | null>> = { clear: null, partial: 'last4', hashed: 'hash' };
const categories = [...new Set([...found.map(([category]) => category), 'user.payment.card.number'])];

type Act =
  | { readonly act: 'arrive'; readonly names: readonly OriginName[]; readonly form: Form }
  | { readonly act: 'detect' | 'tag'; readonly said: (typeof found)[number] | null }
  | { readonly act: 'look' }
  | { readonly act: 'pass' }
  | {
      readonly act: 'decide';
      readonly by: string;
      readonly said: { readonly kind: Kind; readonly category: string | null };
      readonly ends: boolean;
      /** On the list that was looked at last, and not on the newest. */
      readonly isLooked: boolean;
      /** What arrives after they looked and before they decide. */
      readonly late: { readonly name: OriginName; readonly form: Form } | null;
      /** What detectors find where nothing is asked, so that it is. */
      readonly finding: (typeof found)[number];
    };

const said = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ kind: 'accept', category: null } as const) },
  { weight: 3, arbitrary: fc.constant({ kind: 'correct', category: 'none' } as const) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('correct' as const), category: fc.constantFrom(...categories) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'reject', category: null } as const) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('reject' as const), category: fc.constantFrom(...categories) }),
  },
);
const decide = fc.record({
  act: fc.constant('decide' as const),
  by: fc.constantFrom('ada', 'ben'),
  said,
  ends: fc.constantFrom(true, false, false, false),
  isLooked: fc.constantFrom(true, false, false),
  late: fc.option(fc.record({ name: fc.constantFrom(...keysOf(origins)), form: fc.constantFrom(...forms) }), {
    freq: 2,
  }),
  finding: fc.constantFrom(...found),
});
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant('arrive' as const),
      names: fc.subarray(keysOf(origins)),
      form: fc.constantFrom(...forms),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constantFrom('detect' as const, 'tag' as const),
      said: fc.option(fc.constantFrom(...found)),
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('look' as const) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('pass' as const) }) },
  { weight: 8, arbitrary: decide },
);

function keysOf<Key extends string>(record: Readonly<Record<Key, unknown>>): Key[] {
  return Object.keys(record) as Key[];
}

const counts: Record<string, number> = {};
let tables = 0;

/** Plays a history on a field of its own, in the product and in the model, and compares after each act. */
async function play(acts: readonly Act[], isRecordOfCare: boolean): Promise<void> {
  const name = String((tables += 1)).replaceAll(/\d/gu, (digit) => 'abcdefghij'.charAt(Number(digit)));
  const { field } = await world.table(`h${name}`, { care: isRecordOfCare });
  const model = emptyField(isRecordOfCare);
  const question = async () => {
    const group = await world.groupOf(field);
    return { id: group?.id ?? '', cause: group?.cause ?? '', suggestion: group?.suggestion.category ?? null };
  };
  const look = async () => ({ n: await world.head(), saw: looked(model, (await question()).id) });
  let list = await look();
  for (const one of acts) {
    if (one.act === 'look') list = await look();
    else if (one.act === 'decide') {
      if ((await question()).id === '') await ask(model, field, one.finding);
      if (one.late !== null) {
        list = await look();
        const { name: late, form } = one.late;
        await change(model, field, { act: 'arrive', names: [...new Set([...model.arriving, late])], form });
      }
      const asked = await question();
      if (asked.id === '') continue;
      const isOther = one.isLooked && list.saw !== looked(model, asked.id);
      const until = one.ends ? world.at(hour) : null;
      const decision = { ...one.said, validUntil: until };
      const done = await world.decide(field, one.by, decision, one.isLooked ? list.n : undefined);
      const expected = isOther
        ? { state: 'REVIEW_CHANGED', lowers: [] }
        : decideInModel(model, { ...one.said, by: one.by, until: until === null ? null : Date.parse(until) }, asked);
      counts[done.state] = (counts[done.state] ?? 0) + 1;
      expect({ state: done.state, lowers: done.lowers }).toEqual(expected);
    } else await change(model, field, one);
    expect(await world.shown(field)).toEqual(expectedShown(model));
    if (mustAsk(model)) expect((await question()).id).not.toBe('');
  }
}

/** Makes a field wait: detectors find something, without being sure, and no tag says otherwise. */
async function ask(model: ModelField, field: string, finding: (typeof found)[number]): Promise<void> {
  if (model.words.size === 0) await change(model, field, { act: 'tag', said: null });
  await change(model, field, { act: 'detect', said: finding });
}

async function change(
  model: ModelField,
  field: string,
  one: Exclude<Act, { readonly act: 'look' | 'decide' }>,
): Promise<void> {
  if (one.act === 'pass') {
    await world.pass(2 * hour);
    passInModel(model, Date.parse(world.at(0)));
    return;
  }
  if (one.act === 'arrive') {
    model.arriving = one.names;
    model.form = one.form;
    await world.arrive(field, one.names, effectFor[one.form]);
    return;
  }
  const [category, classes, form] = one.said ?? [null, undefined, 'clear'];
  const said = one.said === null ? null : { category: one.said[0], classes: one.said[1] };
  if (one.act === 'tag') {
    await world.tag(field, category, classes);
    model.tag = said === null ? null : { ...said, form: 'clear' };
  } else {
    await world.detect(field, category, classes, derivedOf[form]);
    model.detector = said === null ? null : { ...said, form };
    model.isMarked = model.words.size > 0;
  }
}

it('any history of decisions, arrivals, findings and tags ends as decision 25 says', async () => {
  const histories = { seed: 20_261_122, numRuns: Number(process.env['HISTORIES'] ?? 12) };
  await fc.assert(fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 24, size: 'max' }), fc.boolean(), play), {
    ...histories,
    endOnFailure: true,
  });
  process.stdout.write(`${JSON.stringify({ ...histories, fields: tables, decisions: counts })}\n`);
  for (const state of ['decided', 'proposed', 'REVIEW_CHANGED', 'REVIEW_OWN_PROPOSAL', 'INPUT_INVALID'])
    expect(counts[state], state).toBeGreaterThan(0);
}, 500_000);
