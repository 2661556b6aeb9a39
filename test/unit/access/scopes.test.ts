import { describe, expect, it } from 'vitest';
import { accessSchema } from '../../../server/base/config-access.ts';
import { scopeOf } from '../../../server/access/scope-of.ts';
import { maySeeName, narrowed, seesAtLeast, seesEverything, type Scope } from '../../../server/access/viewer.ts';

const named = (name: string, namespace = 'postgres://db:5432') => ({ namespace, name });

describe('a domain', () => {
  it.each([
    ['w.hr.*', 'w.hr.staff', true],
    ['w.hr.*', 'w.hrx.staff', false],
    ['w.hr.*', 'x.w.hr.staff', false],
    ['w.hr.staff', 'w.hr.staff', true],
    ['w.hr.staff', 'w.hr.staff_old', false],
    ['W.HR.*', 'w.hr.staff', false],
    ['*.staff', 'w.hr.staff', true],
    ['w.*.staff', 'w.staff', false],
    ['w.*staff*x', 'w.a_staff_x', true],
    ['w.*x*x', 'w.ax', false],
    ['postgres://db:5432/w.*', 'w.hr.staff', true],
    ['postgres://other:5432/w.*', 'w.hr.staff', false],
    ['w.hr.(staff|pay)', 'w.hr.staff', false],
    ['*', 'anything', true],
  ])('%s lets %s be seen: %s', (pattern, name, seen) => {
    expect(maySeeName({ sources: 'all', datasets: [[pattern]] }, named(name))).toBe(seen);
  });

  it('of each list one must fit; an empty list lets nothing be seen', () => {
    const scope: Scope = { sources: 'all', datasets: [['w.*'], ['*.staff', '*.pay']] };
    expect(maySeeName(scope, named('w.pay'))).toBe(true);
    expect(maySeeName(scope, named('w.orders'))).toBe(false);
    expect(maySeeName({ sources: 'all', datasets: [[]] }, named('w.pay'))).toBe(false);
  });
});

describe('scopes', () => {
  const wide: Scope = { sources: 'all' };
  const narrow: Scope = { sources: ['a', 'b'], datasets: [['w.*']], sees: ['PII'] };

  it('together let be seen what both do', () => {
    expect(narrowed(wide, narrow)).toEqual(narrow);
    expect(narrowed(narrow, { sources: ['b'], datasets: [['*.x']], sees: ['PCI', 'PII'] })).toEqual({
      sources: ['b'],
      datasets: [['w.*'], ['*.x']],
      sees: ['PII'],
    });
  });

  it('are compared: who sees at least as much', () => {
    expect(seesEverything(wide)).toBe(true);
    expect(seesEverything({ sources: 'all', sees: ['PII', 'PHI', 'PCI'] })).toBe(false);
    expect(seesAtLeast(wide, narrow)).toBe(true);
    expect(seesAtLeast(narrow, wide)).toBe(false);
    expect(seesAtLeast(narrow, narrow)).toBe(true);
    expect(seesAtLeast(narrow, { ...narrow, sources: ['a'] })).toBe(true);
    expect(seesAtLeast(narrow, { ...narrow, datasets: [['v.*']] })).toBe(false);
    expect(seesAtLeast(narrow, { sources: ['a'], datasets: [['w.*']] })).toBe(false);
  });

  it('come from the configuration; a domain that is not there is refused', () => {
    const key = { name: 'hr', role: 'viewer', key: 'k'.repeat(40) };
    const parse = (given: object) => accessSchema.safeParse(given);
    const good = parse({ domains: { hr: ['w.hr.*'] }, keys: [{ ...key, domains: ['hr'], sees: ['PII'] }] });
    const [read] = good.data?.keys ?? [];
    expect(scopeOf(read ?? {}, good.data?.domains ?? {})).toEqual({
      sources: 'all',
      datasets: [['w.hr.*']],
      sees: ['PII'],
    });
    expect(parse({ keys: [{ ...key, domains: ['hr'] }] }).error?.issues[0]?.message).toContain('no domain "hr"');
    expect(scopeOf({ domains: [] }, {})).toEqual({ sources: 'all', datasets: [[]] });
  });
});
