import type { Gap } from '../model/provenance.ts';
import type { Uid } from '../model/ids.ts';

/** How far a scope got in one read. Only `complete` retires; `gap` and `open` keep all that was there. */
export type ScopeState = 'open' | 'complete' | 'gap';

/** What one read of a source saw, against what the graph holds of that source. */
export interface Reading {
  /** Scope of every document of the source that the graph holds. */
  readonly existing: ReadonlyMap<Uid, string>;
  /** Documents seen, by the scope they were seen in. */
  readonly seen: ReadonlyMap<Uid, string>;
  /** Documents that the source itself reported as removed. */
  readonly removed: ReadonlySet<Uid>;
  readonly scopes: ReadonlyMap<string, ScopeState>;
  /** All scopes the source has now, if it told; others are gone with their documents. */
  readonly listed: ReadonlySet<string> | null;
  /** `snapshot`: absence from a completed scope retires. Otherwise only what was reported as removed goes. */
  readonly mode: 'snapshot' | 'events' | 'window';
  /** A person said that a scope may lose as much as it does. */
  readonly allowShrink: boolean;
}

export interface RetirementPlan {
  readonly retire: readonly Uid[];
  readonly gaps: readonly Gap[];
}

/** A scope that loses more than this share asks first; a single document may always go. */
const shrinkShare = 1 / 5;

/**
 * Which documents a read retires: those absent from a completed scope, those of scopes that are gone, those reported as
 * removed. Lost rights must look like a gap and not like a drop, so a scope that shrinks by more than a fifth keeps all and
 * asks a person.
 */
export function planRetirement(reading: Reading): RetirementPlan {
  const retire = new Set<Uid>();
  const gaps: Gap[] = [];
  for (const uid of reading.removed) if (reading.existing.has(uid) && !reading.seen.has(uid)) retire.add(uid);
  if (reading.mode !== 'snapshot') return { retire: [...retire].sort(), gaps };

  const byScope = Map.groupBy(reading.existing.keys(), (uid) => reading.existing.get(uid) ?? '');
  const gone: Uid[] = [];
  for (const [scope, uids] of [...byScope.entries()].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const state = reading.scopes.get(scope);
    if (reading.listed !== null && !reading.listed.has(scope)) {
      gone.push(...uids.filter((uid) => !reading.seen.has(uid)));
      continue;
    }
    if (state !== 'complete') continue;
    const lost = uids.filter((uid) => !reading.seen.has(uid) && !reading.removed.has(uid));
    if (shrinksTooMuch(lost.length, uids.length) && !reading.allowShrink)
      gaps.push(shrinkGap(`scope ${scope}`, lost, uids));
    else for (const uid of lost) retire.add(uid);
  }
  if (shrinksTooMuch(gone.length, reading.existing.size) && !reading.allowShrink)
    gaps.push(shrinkGap('scopes that the source no longer lists', gone, [...reading.existing.keys()]));
  else for (const uid of gone) retire.add(uid);
  return { retire: [...retire].sort(), gaps };
}

/** More than one thing, and more than a fifth: that asks a person first. */
export function shrinksTooMuch(lost: number, of: number): boolean {
  return lost > 1 && lost > of * shrinkShare;
}

function shrinkGap(what: string, lost: readonly Uid[], of: readonly Uid[]): Gap {
  return {
    what,
    reason: 'not-read',
    detail: `${lost.length} of ${of.length} documents were not met again; that may be lost rights, so all were kept`,
    remedy: 'if they were really dropped, run the sync once more with --allow-shrink',
  };
}
