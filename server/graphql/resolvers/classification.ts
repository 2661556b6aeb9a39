import { LexlineError } from '../../base/errors.ts';
import { judgeActor } from '../actors.ts';
import type { GraphqlContext } from '../context.ts';
import type { Resolvers } from '../generated.ts';
import { globalId, localId, readClassificationId } from '../global-id.ts';
import type { ClassificationParent, DecisionParent } from '../parents.ts';
import { upperSnake } from '../upper-snake.ts';
import { showCitation, showTerms } from '../show.ts';

/** A classification by its global id; null when the field does not carry it or may not be seen. */
export async function findClassification(
  context: GraphqlContext,
  id: string,
  asOf: string | null | undefined,
): Promise<ClassificationParent | null> {
  const { field, category } = readClassificationId(localId('Classification', id));
  const n = await context.at(asOf);
  const found = await context.loaders.at(n).field.load(field);
  const view = found?.classifications.find((one) => one.category === category);
  return view === undefined ? null : { type: 'Classification', n, view };
}

/** What came along lineage was decided when it arrived: the last time that its history says so. */
async function decidedAt({ at, arrived }: DecisionParent, { query }: GraphqlContext): Promise<string | null> {
  if (arrived === null) return at;
  const history = await query.classificationHistory(arrived.field, arrived.category, arrived.n);
  return history.findLast(({ actor, after }) => actor.kind === 'propagation' && after !== null)?.at ?? null;
}

export const classificationResolvers: Resolvers = {
  Classification: {
    id: ({ view }) => globalId('Classification', `${view.field}:${view.category}`),
    field: ({ n, view }) => ({ type: 'Field', n, uid: view.field }),
    category: ({ view }) => view.category,
    label: ({ view }) => view.label,
    classes: ({ view }) => view.classes,
    derived: ({ view }) => (view.derived === null ? null : upperSnake(view.derived)),
    treatment: ({ view }) => upperSnake(view.treatment),
    confidence: ({ view }) => view.confidence,
    terms: ({ view }) => showTerms(view.terms),
    decidedBy: ({ n, view }) => ({
      ...view.decidedBy,
      arrived: view.decidedBy.kind === 'propagation' ? { n, field: view.field, category: view.category } : null,
    }),
    reviewState: ({ view }) => view.reviewState,
    staleSince: ({ view }) => view.staleSince,
    evidence: ({ view }) => view.evidence,
    citations: ({ view }) => view.citations.map(showCitation),
    origin: ({ n, view }) => (view.origin === null ? null : { n, view: view.origin }),
    explanation: async ({ n, view }, _, { query }) => {
      const explanation = await query.explain(view.field, view.category, n);
      if (explanation === null)
        throw new LexlineError('NOT_FOUND', '[graphql] the field no longer carries the category at this revision');
      return {
        ...explanation,
        steps: explanation.steps.map((step) => ({ n, step })),
        under: explanation.under.map(({ regulation, treatment }) => ({
          regulation: upperSnake(regulation),
          treatment: treatment === null ? null : upperSnake(treatment),
        })),
      };
    },
    history: async ({ n, view }, _, { query }) =>
      (await query.classificationHistory(view.field, view.category, n)).map((entry) => ({
        ...entry,
        actor: judgeActor(entry.actor.kind, entry.actor.name),
      })),
  },
  Decision: {
    kind: ({ kind, name }) => judgeActor(kind, name).kind,
    at: (decision, _, context) => decidedAt(decision, context),
  },
  Origin: {
    field: ({ n, view }) => (view.field === null ? null : { type: 'Field', n, uid: view.field }),
    name: ({ view }) => view.name,
    hops: ({ view }) => view.hops,
  },
  ExplanationStep: {
    from: ({ n, step }) => (step.from.field === undefined ? null : { type: 'Field', n, uid: step.from.field }),
    to: ({ n, step }) => (step.to.field === undefined ? null : { type: 'Field', n, uid: step.to.field }),
    function: ({ step }) => step.fn,
    effect: ({ step }) => upperSnake(step.effect),
    vouchedFor: ({ step }) => step.vouched,
    under: ({ step }) =>
      step.under.map(({ regulation, effect }) => ({ regulation: upperSnake(regulation), effect: upperSnake(effect) })),
    rule: ({ step }) => readRule(step.rules),
    statement: ({ step }) => step.job,
  },
  Query: {
    classification: (_, { id, asOf }, context) => findClassification(context, id, asOf),
  },
};

/** `functions@3` as a name and a version. */
function readRule(rules: string | undefined): { readonly id: string; readonly version: number | null } | null {
  if (rules === undefined || rules === '') return null;
  const [, id = rules, version] = /^(.+)@(\d+)$/u.exec(rules) ?? [];
  return { id, version: version === undefined ? null : Number(version) };
}
