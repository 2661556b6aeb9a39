import type { Governance } from '../../governance/objects.ts';
import { arrivesBarer, treatmentOfForm } from '../../model/held-form.ts';
import { printPath, type Uid } from '../../model/ids.ts';
import type { Treatment } from '../../model/treatment.ts';
import { evaluateField, type PolicyField, type PolicyFinding } from '../../policy/evaluate.ts';
import type { Policies } from '../../policy/policy-file.ts';
import type { DatasetView, FieldView, Query } from '../../query/query.ts';
import { arrivingTreatments } from './arriving-treatments.ts';
import { cutField, partsTogether, type CutField } from './parts-together.ts';
import { createPeopleKnow, type PeopleKnow } from '../survey/people-know.ts';

/** A finding with the field it is about and the way by which the data got there. */
export interface FoundByPolicy {
  readonly finding: PolicyFinding;
  readonly path: readonly string[];
  readonly dataset: Uid;
  readonly field: Uid;
}

/**
 * What policies say of every field at a revision, with the witness path of each finding; also of places that no source
 * describes and statements write into, because what leaves for one of them is gone all the same.
 */
export async function findByPolicies(
  query: Query,
  n: number,
  policies: Policies,
  governance: Governance,
  today: string,
): Promise<readonly FoundByPolicy[]> {
  const people = createPeopleKnow(governance);
  const found: FoundByPolicy[] = [];
  const settled = async (looked: PolicyField, field: FieldView): Promise<readonly PolicyFinding[]> => {
    const findings = evaluateField(policies, looked, today);
    const against = new Set(
      findings.flatMap(({ outcome, category }) => (outcome === 'violation' ? (category ?? []) : [])),
    );
    const arriving = await arrivingTreatments(query, n, field, against);
    if (arriving.size === 0) return findings;
    const holds = looked.holds.map((one) => ({ ...one, treatment: arriving.get(one.category) ?? one.treatment }));
    return evaluateField(policies, { ...looked, holds }, today);
  };
  const look = async (dataset: DatasetView, field: FieldView): Promise<void> => {
    const looked = policyField(dataset, field, people);
    for (const finding of await settled(looked, field))
      found.push({ finding, path: await witness(query, n, field, finding), dataset: dataset.uid, field: field.uid });
  };
  for await (const { dataset, field } of query.inventory(n)) await look(dataset, field);
  for await (const { dataset, fields } of query.undescribed(n)) {
    for (const field of fields) await look(dataset, field);
    if (fields.length > 0) continue;
    // Something is written there, and not even its columns are known.
    const looked = { dataset, path: '*', known: false, holds: [], country: people.placeOf(dataset)?.country ?? null };
    for (const finding of evaluateField(policies, looked, today))
      found.push({ finding, path: [], dataset: dataset.uid, field: dataset.uid });
  }
  return withPartsTogether(query, n, found);
}

/** Parts of one value that are each allowed, side by side in one dataset: nobody can tell that they are not the whole. */
async function withPartsTogether(
  query: Query,
  n: number,
  found: readonly FoundByPolicy[],
): Promise<readonly FoundByPolicy[]> {
  const allowed = found.filter(({ finding }) => finding.outcome === 'met' && finding.treatment === 'partial');
  const groups = Map.groupBy(allowed, ({ dataset, finding }) =>
    JSON.stringify([dataset, finding.policy.id, finding.category]),
  );
  const besides = new Map<FoundByPolicy, readonly string[]>();
  for (const group of groups.values()) {
    if (group.length < 2) continue;
    const cuts: CutField<FoundByPolicy>[] = [];
    for (const of of group)
      cuts.push(...(await cutField(query, n, { of, field: of.field, category: of.finding.category ?? '' })));
    for (const parts of partsTogether(cuts))
      for (const part of parts)
        besides.set(
          part.of,
          parts.flatMap((other) => (other.cutInto === part.cutInto ? [] : [other.of.finding.field])),
        );
  }
  return found.map((one) => {
    const others = besides.get(one);
    if (others === undefined) return one;
    const what = `it is a part of the value, and another part stands beside it in ${others.join(', ')}: together they may be the whole`;
    return { ...one, finding: { ...one.finding, outcome: 'gap', what } };
  });
}

/** A field as policies look at it: in the form that was found, or in the barer one that lineage brings there. */
function policyField(dataset: DatasetView, field: FieldView, people: PeopleKnow): PolicyField {
  const { state, classifications } = field.effective;
  const barerIn = (category: string): Treatment | null => {
    const one = classifications.find((each) => each.category === category);
    return one === undefined ? null : arrivesBarer(one);
  };
  return {
    dataset,
    path: printPath(field.path),
    known: state === 'SENSITIVE' || state === 'NOT_SENSITIVE',
    holds: field.classifications.map(({ category, classes, terms, treatment, derived, origin }) => ({
      category,
      classes,
      regulations: [...new Set(terms.map(({ regulation }) => regulation))],
      treatment:
        derived !== null && treatment === 'clear' ? (barerIn(category) ?? treatmentOfForm[derived]) : treatment,
      putTogether: origin?.putTogether ?? false,
      retained: people.retentionOf(dataset, category).length > 0,
    })),
    country: people.placeOf(dataset)?.country ?? null,
  };
}

async function witness(
  query: Query,
  n: number,
  field: FieldView,
  { category, policy }: PolicyFinding,
): Promise<readonly string[]> {
  if (category === null) return [];
  const explanation = await query.explain(field.uid, category, n, policy.data.classes);
  return (explanation?.steps ?? []).map(({ from, to, fn, effect, job }) => {
    const done = fn === '' ? effect : `${effect}, ${fn}`;
    return `${from.dataset}.${from.path} -> ${to.dataset}.${to.path} (${done}${job === null ? '' : `; ${job}`})`;
  });
}
