import { describe, expect, it } from 'vitest';
import { planRetirement, type Reading } from '../../../server/ingest/plan-retirement.ts';

const ten = Array.from({ length: 10 }, (_, i) => `t${i}`);

function reading(more: Partial<Reading>): Reading {
  return {
    existing: new Map(ten.map((uid) => [uid, 's'])),
    seen: new Map(ten.map((uid) => [uid, 's'])),
    removed: new Set(),
    scopes: new Map([['s', 'complete']]),
    listed: null,
    mode: 'snapshot',
    allowShrink: false,
    ...more,
  };
}

function seen(...uids: readonly string[]): ReadonlyMap<string, string> {
  return new Map(uids.map((uid) => [uid, 's']));
}

describe('retirement', () => {
  it('takes what a completed scope no longer holds', () => {
    expect(planRetirement(reading({ seen: seen(...ten.slice(2)) }))).toEqual({ retire: ['t0', 't1'], gaps: [] });
  });

  it.each(['gap', 'open'] as const)('takes nothing from a scope that ended as %s', (state) => {
    expect(planRetirement(reading({ seen: new Map(), scopes: new Map([['s', state]]) })).retire).toEqual([]);
  });

  it('takes nothing from a scope that was not read', () => {
    expect(planRetirement(reading({ seen: new Map(), scopes: new Map() })).retire).toEqual([]);
  });

  it('asks first when a scope loses more than a fifth', () => {
    const plan = planRetirement(reading({ seen: seen(...ten.slice(3)) }));
    expect(plan.retire).toEqual([]);
    expect(plan.gaps).toMatchObject([{ what: 'scope s', reason: 'not-read' }]);
    expect(plan.gaps[0]?.remedy).toContain('--allow-shrink');
  });

  it('goes on when a person said that it may', () => {
    const plan = planRetirement(reading({ seen: seen(...ten.slice(3)), allowShrink: true }));
    expect(plan).toEqual({ retire: ['t0', 't1', 't2'], gaps: [] });
  });

  it('lets a single document go, however small the scope', () => {
    const two = new Map([
      ['a', 's'],
      ['b', 's'],
    ]);
    expect(planRetirement(reading({ existing: two, seen: seen('b') })).retire).toEqual(['a']);
  });

  it('takes the documents of a scope that the source no longer lists', () => {
    const existing = new Map([...ten.map((uid) => [uid, 's'] as const), ['old', 'gone']]);
    expect(planRetirement(reading({ existing, listed: new Set(['s']) })).retire).toEqual(['old']);
  });

  it('keeps a listed scope that was not read, and asks before nearly everything goes', () => {
    expect(planRetirement(reading({ seen: new Map(), scopes: new Map(), listed: new Set(['s']) })).retire).toEqual([]);
    const empty = planRetirement(reading({ seen: new Map(), scopes: new Map(), listed: new Set() }));
    expect(empty.retire).toEqual([]);
    expect(empty.gaps).toHaveLength(1);
  });

  it.each(['events', 'window'] as const)('takes from an %s source only what was reported as removed', (mode) => {
    const plan = planRetirement(
      reading({ mode, seen: seen(...ten.slice(5)), removed: new Set(['t0', 'never-there']) }),
    );
    expect(plan).toEqual({ retire: ['t0'], gaps: [] });
  });

  it('keeps what was reported as removed and seen again afterwards', () => {
    expect(planRetirement(reading({ removed: new Set(['t3']) })).retire).toEqual([]);
  });
});
