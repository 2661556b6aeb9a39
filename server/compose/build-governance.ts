import { localTime } from '../base/wall-clock.ts';
import { readGovernance } from '../governance/graph.ts';
import type { GovernanceRoom } from '../governance/governance-room.ts';
import { loadGovernance } from '../governance/load.ts';
import { governanceKinds } from '../governance/objects.ts';
import { applyGovernance } from '../sync/apply-governance.ts';
import type { Ground } from './ground.ts';

/** The room of what people know: the folder, and what the graph says of it. */
export function buildGovernance({ config, stores, clock }: Ground): GovernanceRoom {
  const load: GovernanceRoom['load'] = async () =>
    config.governance === null ? null : loadGovernance(config.governance);
  return {
    load,
    async apply({ actor, signal }) {
      const governance = await load();
      if (governance === null) return null;
      const objects = governanceKinds.reduce((sum, kind) => sum + governance[kind].length, 0);
      return { objects, ...(await applyGovernance({ graph: stores.graph, governance, clock, actor, signal })) };
    },
    read: (n, at) => readGovernance(stores.graph, n, dayAt(at, config.timezone)),
  };
}

/** The day of an instant on the wall of the configured time zone: 2026-09-30. */
function dayAt(at: string, timezone: string): string {
  const { year, month, day } = localTime(Date.parse(at), timezone);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
