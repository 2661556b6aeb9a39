import { LexlineError } from '../../base/errors.ts';
import { suggest } from '../../base/nearest.ts';
import { findingText } from '../../policy/finding-text.ts';
import type { Policy as PolicyRule, Waiver } from '../../policy/policy-file.ts';
import type { FoundByPolicy } from '../../report/policies/policy-findings.ts';
import { pageOfArray, readConnection } from '../connection.ts';
import type { Policy, PolicyWaiver, QueryPolicyFindingsArgs, Resolvers } from '../generated.ts';
import { localId } from '../global-id.ts';
import { upperSnake } from '../upper-snake.ts';

export const policyResolvers: Resolvers = {
  PolicyFinding: {
    policy: ({ found }) => showPolicy(found.finding.policy),
    outcome: ({ found }) => upperSnake(found.finding.outcome),
    field: ({ n, found }) => ({ type: 'Field', n, uid: found.field }),
    dataset: ({ n, found }) => ({ type: 'Dataset', n, uid: found.dataset }),
    category: ({ found }) => found.finding.category,
    treatment: ({ found: { finding } }) => (finding.treatment === null ? null : upperSnake(finding.treatment)),
    what: ({ found }) => found.finding.what,
    sentence: ({ found }) => findingText(found.finding),
    path: ({ found }) => found.path,
    waiver: ({ found }) => showWaiver(found.finding.waiver),
    expiredWaiver: ({ found }) => showWaiver(found.finding.expired),
  },
  Query: {
    policies: async (_, _args, { rooms }) => ((await rooms.policies.load())?.policies ?? []).map(showPolicy),
    policyFindings: async (_, { first, after, asOf, ...wanted }, context) => {
      const policies = await context.rooms.policies.load();
      if (policies === null || policies.policies.length === 0)
        throw new LexlineError('NOT_FOUND', '[policy] no policies are configured, so nothing was held against them', {
          remedy: 'Name a folder of policies in the configuration: policies: ./policies',
        });
      const names = policies.policies.map(({ id }) => id);
      if (typeof wanted.policy === 'string' && !names.includes(wanted.policy))
        throw new LexlineError('INPUT_INVALID', `[policy] there is no policy "${wanted.policy}"`, {
          remedy: suggest(wanted.policy, names),
        });
      const dataset = typeof wanted.dataset === 'string' ? localId('Dataset', wanted.dataset) : null;
      const at = typeof asOf === 'string' ? context.query.endOf(asOf) : null;
      let total = 0;
      const page = await readConnection(
        { first, after: after ?? null },
        { list: ['policyFindings', policies, wanted, asOf ?? null], maxFirst: 250, newest: () => context.at(asOf) },
        async (n, request) => {
          const all = await context.deadline.race(
            context.rooms.policies.findings({ policies, viewer: context.viewer, n, at }),
          );
          const found = all.filter((one) => isWanted(one, wanted) && (dataset === null || one.dataset === dataset));
          total = found.length;
          return pageOfArray(found, request);
        },
      );
      const edges = page.items.map(({ cursor, item }) => ({ cursor, node: { n: page.n, found: item } }));
      return {
        edges,
        nodes: edges.map(({ node }) => node),
        pageInfo: page.pageInfo,
        totalCount: total,
        revision: await context.query.revision(page.n),
      };
    },
  },
};

function isWanted(
  { finding }: FoundByPolicy,
  { policy, outcome, waived }: Pick<QueryPolicyFindingsArgs, 'policy' | 'outcome' | 'waived'>,
): boolean {
  return (
    (typeof policy !== 'string' || finding.policy.id === policy) &&
    (typeof outcome !== 'string' || upperSnake(finding.outcome) === outcome) &&
    (typeof waived !== 'boolean' || (finding.waiver !== null) === waived)
  );
}

function showPolicy({ id, title, severity, data, require }: PolicyRule): Policy {
  return {
    name: id,
    title,
    severity: upperSnake(severity),
    categories: data.categories ?? [],
    classes: data.classes ?? [],
    regulations: (data.regulations ?? []).map((name) => upperSnake(name)),
    forbids: require === undefined,
    treatments: (require?.treatment ?? []).map((treatment) => upperSnake(treatment)),
    countries: require?.countries ?? [],
    needsOwner: require?.owner === true,
    needsRetention: require?.retention === true,
  };
}

function showWaiver(waiver: Waiver | null): PolicyWaiver | null {
  return waiver === null ? null : { owner: waiver.owner, reason: waiver.reason, expires: waiver.expires };
}
