import type { CoarseClass, DerivedClassification } from '../model/classification.ts';
import { directKinds } from '../model/edge.ts';
import { printPath, type Uid } from '../model/ids.ts';
import { isPutTogether } from '../model/parts.ts';
import type { Treatment } from '../model/treatment.ts';
import type { EdgeRecord, EntityRecord } from '../stores/graph/graph-store.ts';
import { arrival, groundOf } from './because.ts';
import { byCarrier, type Carriage } from '../propagate/carriage.ts';
import { carriageOf } from './carriage.ts';
import { classOriginSentences } from './class-origins.ts';
import type { QueryContext } from './context.ts';
import { readFields } from './datasets.ts';
import { putTogetherFn, type Explanation, type ExplanationStep } from './explanation.ts';
import { isVisible, readRecords } from './entities.ts';
import { hiddenName, lastPart } from './field-views.ts';
import { readEdges } from './lineage/read-edges.ts';
import { witnessPaths, type PropagatedState } from './origins.ts';
import { underRegulations } from './readings.ts';
import { rowOfClasses, shownRow } from './shown-row.ts';
import { upstreamWitness } from './upstream-witness.ts';
import type { ClassificationView, FieldView } from './query.ts';

/**
 * Why a field carries a category at `n`; null when it does not, or may not be seen. `asked`: the way by which it got one of these
 * classes, where its own judgement does not say it.
 */
export async function readExplanation(
  context: QueryContext,
  uid: Uid,
  category: string,
  n: number,
  asked: readonly CoarseClass[] = [],
): Promise<Explanation | null> {
  const [field = null] = await readFields(context, [uid], n);
  const classification = field?.classifications.find((one) => one.category === category);
  if (field === null || classification === undefined) return null;
  const own = field.effective.classifications.find((one) => one.category === category);
  if (own === undefined) return null;
  const derived = await context.graph.derived([uid], n);
  const ofClass = rowOfClasses(
    derived,
    category,
    asked.filter((one) => own.verdict?.classes.includes(one) !== true),
  );
  const row = ofClass ?? shownRow(own, derived, context.taxonomy.classesOf(category));
  const states =
    own.verdict === null || ofClass !== null
      ? await witnessOf(context, row, n)
      : await upstreamWitness(context, uid, category, n);
  const steps = await stepsOf(context, states, n);
  const under = underRegulations(await context.readings(n), uid, own) ?? new Map<string, Treatment | null>();
  const flowing = steps.filter(({ fn }) => fn !== putTogetherFn);
  const through = [...new Set(flowing.slice(0, -1).map(({ to }) => lastPart(to.dataset)))];
  const ground =
    own.verdict === null && ofClass === null
      ? groundOf(classification, through)
      : bothGrounds(classification, states, steps, through);
  const classes = await classOriginSentences(context, uid, category, states[0]?.field ?? null, n);
  return {
    sentence: [ground, ...classes].join(' '),
    steps: steps.map((step) => (row === null ? step : { ...step, rules: row.rules })),
    under: [...under].flatMap(([regulation, treatment]) =>
      treatment === own.treatment ? [] : [{ regulation, treatment }],
    ),
    alternatives: own.verdict?.alternatives ?? [],
    wouldEndIf: endsOf(field, classification, steps.length > 0),
  };
}

async function witnessOf(
  context: QueryContext,
  row: DerivedClassification | null,
  n: number,
): Promise<readonly PropagatedState[]> {
  const [path = []] = row === null ? [] : await witnessPaths(context, [row], n);
  return path.toReversed();
}

/** A field's own verdict, where it has one, and the way by which the same category reaches it. */
function bothGrounds(
  classification: ClassificationView,
  states: readonly PropagatedState[],
  steps: readonly ExplanationStep[],
  through: readonly string[],
): string {
  const [first] = steps;
  const arrived = states.at(-1);
  if (arrived === undefined || first === undefined) return groundOf(classification);
  const { dataset, path } = first.from;
  const origin = first.from.field === undefined ? hiddenName : `${lastPart(dataset)}.${path}`;
  const putTogether = steps.some(({ fn }) => fn === putTogetherFn);
  const way = arrival({ treatment: arrived.treatment, putTogether }, origin, classification.classes, through);
  return classification.decidedBy.kind === 'propagation' ? way : `${groundOf(classification)} ${way}`;
}

async function stepsOf(
  context: QueryContext,
  path: readonly PropagatedState[],
  n: number,
): Promise<readonly ExplanationStep[]> {
  const fields = await readRecords(
    context,
    path.map(({ field }) => field),
    n,
  );
  const parents = await readRecords(
    context,
    [...fields.values()].flatMap(({ parent }) => (parent === null ? [] : [parent])),
    n,
  );
  const pairs = path.slice(1).flatMap((to, index) => {
    const from = path[index];
    return from === undefined ? [] : [{ from, to }];
  });
  const { edges } = await readEdges(context, {
    uids: pairs.map(({ to }) => to.field),
    direction: 'upstream',
    kinds: directKinds,
    n,
    keep: (edge) => pairs.some(({ from, to }) => from.field === edge.from && to.field === edge.to),
  });
  const [vouched, carriage] = await Promise.all([context.vouched(n), carriageOf(context, edges, n)]);
  const chosen = pairs.map((pair) => ({ ...pair, edge: carrierOf(pair.from, pair.to, edges, carriage) }));
  const jobs = await readRecords(
    context,
    chosen.flatMap(({ edge }) => (edge?.job === null || edge === undefined ? [] : [edge.job])),
    n,
  );
  const name = (uid: Uid) => nameOf(context, fields.get(uid), parents);
  return chosen.map(({ from, to, edge }) => {
    const joins = isPutTogether(to, from);
    const job = edge?.job === null || edge === undefined ? undefined : jobs.get(edge.job);
    return {
      from: name(from.field),
      to: name(to.field),
      fn: joins ? putTogetherFn : (edge?.fn ?? ''),
      effect: joins ? 'keep' : edge === undefined ? 'unknown' : vouched.effectOf(edge),
      vouched: edge === undefined ? [] : vouched.on(edge),
      under: edge === undefined ? [] : [...vouched.under(edge)].map(([regulation, effect]) => ({ regulation, effect })),
      job: job === undefined || !isVisible(context, job) ? null : job.name,
    };
  });
}

/**
 * The edge that turns the one state into the other; of several the first by job and function. Undefined: none does, by the
 * rules and stops of this revision, and none is named.
 */
function carrierOf(
  from: PropagatedState,
  to: PropagatedState,
  edges: readonly EdgeRecord[],
  carriage: Carriage,
): EdgeRecord | undefined {
  return edges
    .filter((edge) => edge.from === from.field && edge.to === to.field)
    .toSorted(byCarrier)
    .find((edge) => carriage.after(edge, from.category, from.treatment) === to.treatment);
}

function nameOf(
  context: QueryContext,
  field: EntityRecord | undefined,
  parents: ReadonlyMap<Uid, EntityRecord>,
): ExplanationStep['from'] {
  const dataset = parents.get(field?.parent ?? '');
  if (field === undefined || dataset === undefined || !isVisible(context, dataset))
    return { dataset: `(${hiddenName})`, path: '' };
  return { dataset: dataset.name, path: printPath(field.path ?? []), field: field.uid };
}

function endsOf(
  field: FieldView,
  { decidedBy, origin, label }: ClassificationView,
  alsoArrives: boolean,
): Explanation['wouldEndIf'] {
  const here = `a person rejects ${label.toLowerCase()} at ${printPath(field.path)}`;
  switch (decidedBy.kind) {
    case 'human':
      return [{ action: 'WITHDRAW_DECISION', detail: 'the decision is withdrawn or runs out' }];
    case 'imported':
      return [
        { action: 'REMOVE_TAG', detail: `the tag is taken off in ${decidedBy.name}` },
        { action: 'REJECT_HERE', detail: here },
      ];
    case 'propagation':
      return [
        {
          action: 'REJECT_ORIGIN',
          detail: `a person rejects it at ${origin?.name ?? hiddenName}, and no other origin reaches this field`,
        },
        { action: 'REJECT_HERE', detail: `${here}; further down it stays unless a stop is set` },
      ];
    default:
      return [{ action: 'REJECT_HERE', detail: alsoArrives ? `${here}; it also arrives along lineage` : here }];
  }
}
