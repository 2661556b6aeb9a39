import type { DerivedClassification, Verdict } from '../../../server/model/classification.ts';
import { applyEffect, treatments, type Effect, type Treatment } from '../../../server/model/treatment.ts';
import type { EdgeRecord, EntityRecord } from '../../../server/stores/graph/graph-store.ts';
import type { PropagationRules } from '../../../server/propagate/propagation-rules.ts';
import type { Snapshot } from './memory-graph.ts';

/**
 * The checker: what the rows of a revision must be, by the plainest way there is. It knows nothing of how the product gets
 * there: all states are tried against all edges, again and again, until nothing more appears.
 */
export function naiveFixpoint(
  { edges, verdicts, entered }: Omit<Snapshot, 'derived'>,
  entities: readonly EntityRecord[],
  rules: PropagationRules,
): readonly DerivedClassification[] {
  const direct = edges.filter(({ kind }) => ['IDENTITY', 'TRANSFORMATION', 'AGGREGATION'].includes(kind));
  const origins = new Set([...originStates(verdicts), ...keyStates(entities, verdicts)]);
  const parentOf = (uid: string): string | null => entities.find((entity) => entity.uid === uid)?.parent ?? null;
  const kindOf = (uid: string) => entities.find((entity) => entity.uid === uid)?.kind;

  const isStopped = (edge: EdgeRecord, carried: string): boolean => {
    // A class of a category is stopped with it.
    const [category = ''] = carried.split('#');
    return entered.some(({ uid, kind, body }) => {
      const stop = body as { category: string | null; to: string | null };
      const here = uid === edge.from || uid === edge.job || (kindOf(uid) === 'dataset' && parentOf(edge.from) === uid);
      const towards = stop.to === null || stop.to === edge.to;
      const what = stop.category === null || category === stop.category || category.startsWith(`${stop.category}.`);
      return kind.startsWith('stop') && here && towards && what;
    });
  };
  const groupedByPerson = (edge: EdgeRecord, states: ReadonlySet<string>): boolean =>
    edges.some(
      (group) =>
        group.kind === 'GROUP_BY' &&
        group.to === parentOf(edge.to) &&
        group.job === edge.job &&
        (group.statement === null || edge.statement === null || group.statement === edge.statement) &&
        (isKeyOfPersons(group.from, entities, verdicts) ||
          [...rules.personKeys].some((category) =>
            treatments.some(
              (treatment) => treatment !== 'aggregated' && states.has(stateOf(group.from, category, treatment)),
            ),
          )),
    );
  const after = (edge: EdgeRecord, state: string, states: ReadonlySet<string>): string | null => {
    const [field, category, treatment] = partsOf(state);
    if (field !== edge.from || isStopped(edge, category)) return null;
    const effect = edge.effect === 'unknown' ? (rules.functions.get(edge.fn) ?? 'unknown') : edge.effect;
    const next = applyEffect(treatment, effect, effect === 'count' && groupedByPerson(edge, states));
    return next === null ? null : stateOf(edge.to, category, next);
  };

  const states = new Set(origins);
  for (let before = -1; before !== states.size;) {
    before = states.size;
    for (const edge of direct)
      for (const state of states) {
        const next = after(edge, state, states);
        if (next !== null) states.add(next);
      }
  }

  const joins = naiveJoins(direct, states, { after: (edge, state) => after(edge, state, states), rules, parentOf });
  for (const state of joins.keys()) states.add(state);
  for (let before = -1; before !== states.size;) {
    before = states.size;
    for (const edge of direct)
      for (const state of states) {
        const next = after(edge, state, states);
        if (next !== null) states.add(next);
      }
  }

  const ranks = new Map<string, number>([...origins].map((state) => [state, 0]));
  const vias = new Map<string, string>();
  for (let rank = 1, level = [...origins]; level.length > 0; rank++) {
    const found = new Set<string>();
    for (const state of level)
      for (const edge of direct) {
        const next = after(edge, state, states);
        if (next === null || (ranks.has(next) && !found.has(next))) continue;
        ranks.set(next, rank);
        found.add(next);
        const via = vias.get(next);
        if (via === undefined || comesBefore(state, via)) vias.set(next, state);
      }
    for (const [next, state] of joins) {
      if (ranks.get(state) !== rank - 1 || (ranks.has(next) && !found.has(next))) continue;
      ranks.set(next, rank);
      found.add(next);
      const via = vias.get(next);
      if (via === undefined || comesBefore(state, via)) vias.set(next, state);
    }
    level = [...found];
  }
  return [...states].map((state) => {
    const [field, category, treatment] = partsOf(state);
    const via = vias.get(state);
    const [viaField = '', , viaTreatment = 'clear'] = via === undefined ? [] : partsOf(via);
    return {
      field,
      category,
      treatment,
      rank: ranks.get(state) ?? -1,
      via: via === undefined ? null : { field: viaField, treatment: viaTreatment },
      rules: rules.id,
    };
  });
}

interface JoinWorld {
  readonly after: (edge: EdgeRecord, state: string) => string | null;
  readonly rules: PropagationRules;
  readonly parentOf: (uid: string) => string | null;
}

/**
 * By whole value that stands where different parts of it come together, the parts there: parts are followed from where they were
 * cut, edge by edge, and every two edges into a field are held against each other.
 */
function naiveJoins(
  direct: readonly EdgeRecord[],
  states: ReadonlySet<string>,
  { after, rules, parentOf }: JoinWorld,
): ReadonlyMap<string, string> {
  const effectOf = (edge: EdgeRecord): Effect =>
    edge.effect === 'unknown' ? (rules.functions.get(edge.fn) ?? 'unknown') : edge.effect;
  const endOf = ({ fn }: EdgeRecord): string =>
    fn.startsWith('LEFT') ? 'first' : fn.startsWith('RIGHT') ? 'last' : '?';
  const isCut = (edge: EdgeRecord): boolean => effectOf(edge) === 'partial';
  const carries = (edge: EdgeRecord, state: string): boolean => {
    const [field, category, treatment] = partsOf(state);
    return (
      edge.from === field &&
      edge.to !== field &&
      after(edge, state) === stateOf(edge.to, category, 'partial') &&
      (isCut(edge) || treatment === 'partial')
    );
  };
  const joins = new Map<string, string>();
  for (const category of new Set([...states].map((state) => partsOf(state)[1]))) {
    const own = [...states].filter((state) => partsOf(state)[1] === category);
    const bringing = direct.filter((edge) => own.some((state) => carries(edge, state)));
    // By field: `at|end|of|cut again|form`.
    const parts = new Map<string, ReadonlySet<string>>();
    const brought = (edge: EdgeRecord): readonly string[] => {
      const again = bringing.some(({ to }) => to === edge.from);
      if (isCut(edge)) return [[edge.to, again ? '?' : endOf(edge), edge.from, again, 'bare'].join('|')];
      const form = { encrypt: 'sealed', decrypt: 'bare', detokenise: 'bare' }[effectOf(edge) as string];
      return [...(parts.get(edge.from) ?? [])].map((part) => (form ? part.replace(/[a-z]+$/u, form) : part));
    };
    for (let size = -1; size !== [...parts.values()].reduce((sum, { size: own }) => sum + own, 0);) {
      size = [...parts.values()].reduce((sum, { size: own }) => sum + own, 0);
      for (const edge of bringing) parts.set(edge.to, new Set([...(parts.get(edge.to) ?? []), ...brought(edge)]));
    }
    for (const one of bringing)
      for (const other of bringing.filter(({ to }) => to === one.to)) {
        const [appends, combines] = [/APPEND/u, /CONCAT|STRING_AGG/u].map((names) =>
          [one, other].map(({ fn }) => names.test(fn)),
        );
        const isRow = appends?.includes(true) || (combines?.every(Boolean) && one.job === other.job);
        if (one === other ? !combines?.[0] : !isRow) continue;
        for (const a of brought(one).map((part) => part.split('|')))
          for (const b of brought(other).map((part) => part.split('|'))) {
            const ends = [a[1] ?? '', b[1] ?? ''].toSorted((x, y) => (x < y ? -1 : 1)).join(' ');
            const isOneField = one.from === other.from && !(isCut(one) && isCut(other));
            const mayDiffer = ends === '? ?' ? a[0] !== b[0] : a[1] !== b[1];
            const mayBeOne =
              a[2] === b[2] || a[3] === 'true' || b[3] === 'true' || parentOf(a[2] ?? '') !== parentOf(b[2] ?? '');
            if (isOneField ? !(ends === 'first last' && a[2] === b[2]) : !(mayDiffer && mayBeOne)) continue;
            const treatment = a[4] === 'sealed' || b[4] === 'sealed' ? 'encrypted' : 'clear';
            if (treatment === 'encrypted' && joins.has(stateOf(one.to, category, 'clear'))) continue;
            joins.delete(stateOf(one.to, category, 'encrypted'));
            joins.set(stateOf(one.to, category, treatment), stateOf(one.to, category, 'partial'));
          }
      }
  }
  return joins;
}

function stateOf(field: string, category: string, treatment: Treatment): string {
  return `${field}|${category}|${treatment}`;
}

function partsOf(state: string): readonly [string, string, Treatment] {
  return state.split('|') as [string, string, Treatment];
}

function comesBefore(a: string, b: string): boolean {
  const [fieldA, , treatmentA] = partsOf(a);
  const [fieldB, , treatmentB] = partsOf(b);
  if (fieldA !== fieldB) return fieldA < fieldB;
  return treatments.indexOf(treatmentA) < treatments.indexOf(treatmentB);
}

/**
 * A person before an imported tag before a machine; a rejection that saw all classes, and no form of which less can be read
 * than of what is found now, or "not sensitive", by a person ends what machines said. Beside the category start those of its classes that it does not have by itself, whoever of those who count
 * said them.
 */
function originStates(verdicts: readonly Verdict[]): ReadonlySet<string> {
  const order = { human: 0, imported: 1, detector: 2, llm: 2 };
  const forms = { hash: 'hashed', token: 'tokenised', mask: 'masked', last4: 'partial' } as const;
  const formOf = (derived: Verdict['derived']): Treatment => (derived === null ? 'clear' : forms[derived]);
  // From the most to the least that can be read back.
  const mostReadableFirst = ['clear', 'encrypted', 'partial', 'hashed', 'tokenised', 'keyed', 'masked', 'aggregated'];
  const readable = (treatment: Treatment): number => mostReadableFirst.indexOf(treatment);
  const states = new Set<string>();
  for (const { field, category } of verdicts) {
    const own = verdicts.filter((verdict) => verdict.field === field);
    const said = own.filter(
      (verdict) =>
        verdict.category === category &&
        ['accepted', 'proposed'].includes(verdict.state) &&
        !verdict.by.startsWith('propagated:'),
    );
    if (category === 'none' || category.startsWith('subject.')) continue;
    const held = own.filter((v) => v.category === category && ['accepted', 'proposed'].includes(v.state));
    const isRejected = own.some(
      (v) =>
        v.decider === 'human' &&
        v.category === category &&
        v.state === 'rejected' &&
        // It speaks about the classes that it saw; one from before they were kept about all.
        (v.classes.length === 0 || !held.some(({ classes }) => classes.some((one) => !v.classes.includes(one)))) &&
        !held.some(({ derived }) => readable(formOf(derived)) < readable(v.seenAs ?? formOf(v.derived))),
    );
    const isNothing = own.some((v) => v.decider === 'human' && v.category === 'none' && v.state === 'accepted');
    const counting = isRejected || isNothing ? said.filter(({ decider }) => decider === 'human') : said;
    const best = Math.min(...counting.map(({ decider }) => order[decider]));
    const classes = [...new Set(counting.flatMap((verdict) => verdict.classes))];
    const isCardMixed = classes.length > 1 && classes.includes('PCI');
    const carried = classes.filter((one) => one === 'PHI' || category.startsWith('user.health') || isCardMixed);
    for (const what of [category, ...carried.map((one) => `${category}#${one}`)])
      for (const { decider, derived } of counting)
        if (order[decider] === best) states.add(stateOf(field, what, formOf(derived)));
  }
  return states;
}

/** The key of a table of persons tells wherever its values go whom the rows are about. */
function keyStates(entities: readonly EntityRecord[], verdicts: readonly Verdict[]): readonly string[] {
  return entities.flatMap(({ uid, parent, path }) =>
    verdicts.flatMap(({ field, category, evidence }) =>
      field === parent &&
      /^subject\.(person|patient|customer|employee|user)$/u.test(category) &&
      evidence.some(({ signal, detail }) => signal === 'subject-key' && detail === path?.[0])
        ? [stateOf(uid, `${category}#KEY`, 'clear')]
        : [],
    ),
  );
}

function isKeyOfPersons(field: string, entities: readonly EntityRecord[], verdicts: readonly Verdict[]): boolean {
  const entity = entities.find(({ uid }) => uid === field);
  return verdicts.some(
    (verdict) =>
      verdict.field === entity?.parent &&
      ['subject.person', 'subject.customer'].includes(verdict.category) &&
      verdict.evidence.some(({ signal, detail }) => signal === 'subject-key' && detail === entity.path?.[0]),
  );
}
