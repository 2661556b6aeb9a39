import { instant } from '../base/clock.ts';
import { lazily } from '../base/lazily.ts';
import type { GovernanceRoom } from '../governance/governance-room.ts';
import type { PolicyRoom, RuleRoom } from '../graphql/rooms.ts';
import { digestOf } from '../model/json.ts';
import { createMemory } from '../base/remember.ts';
import type { Query } from '../query/query.ts';
import type { FoundByPolicy } from '../report/policies/policy-findings.ts';
import { buildRulebook } from './build-rulebook.ts';
import type { Ground } from './ground.ts';
import { configuredCatalogues } from './rulebook-parts.ts';

/** Regulations as the API shows them, with whatever official texts are indexed. */
export function buildRuleRoom(ground: Ground): RuleRoom {
  const rulebook = lazily(() => buildRulebook(ground));
  const catalogues = lazily(() => configuredCatalogues(ground.config));
  const ids = lazily(async () => (await import('../rulebook/search/official-search.ts')).passageIdsOf);
  return {
    catalogues,
    edition: async () => (await rulebook()).corpusEdition(),
    texts: async () => (await rulebook()).list(),
    async passage(provision, text) {
      const [id] = (await ids())(provision, text.regulation, [text], null);
      return id === undefined ? null : (await rulebook()).passage(id);
    },
  };
}

/** What the policies of the configured folder say, remembered by what it follows from. */
export function buildPolicyRoom(
  { config, clock }: Ground,
  { query, governance }: { readonly query: Query; readonly governance: GovernanceRoom },
): PolicyRoom {
  const memory = createMemory<readonly FoundByPolicy[]>(8);
  return {
    load: async () =>
      config.policies === null ? null : (await import('../policy/policy-file.ts')).loadPolicies(config.policies),
    findings({ policies, viewer, n, at }) {
      const moment = at ?? instant(clock);
      const today = moment.slice(0, 10);
      // Shared with whoever asks the same: it goes on when the first asker has left.
      return memory(JSON.stringify([n, viewer.scope, today, digestOf(policies)]), async () => {
        const { findByPolicies } = await import('../report/policies/policy-findings.ts');
        return findByPolicies(query.as(viewer), n, policies, await governance.read(n, moment), today);
      });
    },
  };
}
