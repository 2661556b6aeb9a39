import { describe, expect, it } from 'vitest';
import type { Effect } from '../../../server/model/treatment.ts';
import { effectUnder } from '../../../server/propagate/propagation-rules.ts';
import { loadPropagationRules } from '../../../server/rulebook/functions.ts';
import { parseMaskingFunctions, withMaskingFunctions } from '../../../server/rulebook/masking-functions.ts';

const line = (name: string, effect: string, until = '2027-06-30') =>
  `  - { name: ${name}, effect: ${effect}, vouchedBy: privacy-office, reason: reviewed, until: ${until} }\n`;
const file = (...lines: readonly string[]) => `functions:\n${lines.join('')}`;
const now = Date.parse('2026-11-21T08:00:00Z');
const shipped = loadPropagationRules();
const rules = (text: string, at = now) => withMaskingFunctions(shipped, parseMaskingFunctions(text, 'masking.yml'), at);

describe("a team's own functions", () => {
  const mine = rules(file(line('pseudo', 'tokenise'), line('legal.pseudo', 'keep'), line('vault.seal', 'encrypt')));

  it.each<[string, Effect, Effect]>([
    ['PSEUDO', 'unknown', 'tokenise'],
    ['DB.SECURITY.PSEUDO', 'unknown', 'tokenise'],
    ['DB.LEGAL.PSEUDO', 'unknown', 'keep'],
    ['SEAL', 'unknown', 'unknown'],
    ['LOWER>SECURITY.PSEUDO', 'unknown', 'tokenise'],
    ['VAULT.SEAL>PSEUDO', 'unknown', 'tokenise'],
    ['PSEUDO>VAULT.SEAL', 'unknown', 'tokenise'],
    ['PSEUDO', 'hash', 'hash'],
    ['MYPSEUDO', 'unknown', 'unknown'],
    ['', 'unknown', 'unknown'],
  ])('%s that is %s counts as %s', (fn, effect, expected) => {
    expect(effectUnder(mine, fn, effect)).toBe(expected);
  });

  it('are in force to the end of their last day, and the rules are called otherwise then', () => {
    const text = file(line('pseudo', 'tokenise', '2026-11-21'));
    const during = rules(text, Date.parse('2026-11-21T23:59:59Z'));
    const after = rules(text, Date.parse('2026-11-22T00:00:00Z'));
    expect(effectUnder(during, 'PSEUDO', 'unknown')).toBe('tokenise');
    expect(effectUnder(after, 'PSEUDO', 'unknown')).toBe('unknown');
    expect(after.id).toBe(shipped.id);
    expect(during.id).not.toBe(shipped.id);
  });

  it('call the rules the same whatever their order, and otherwise with another effect', () => {
    const [a, b] = [line('x', 'mask'), line('y', 'hash')];
    expect(rules(file(a, b)).id).toBe(rules(file(b, a)).id);
    expect(rules(file(a, b)).id).not.toBe(rules(file(a, line('y', 'mask'))).id);
  });

  it('keep whose word it is: another office calls the rules otherwise, a longer term does not', () => {
    const by = (office: string, until: string) =>
      rules(`functions:\n  - { name: pseudo, effect: mask, vouchedBy: ${office}, reason: b, until: ${until} }\n`);
    const first = by('a', '2027-06-30');
    expect([...first.vouched]).toEqual([['PSEUDO', { by: 'a', until: '2027-06-30' }]]);
    expect(by('b', '2027-06-30').id).not.toBe(first.id);
    expect(by('a', '2028-06-30').id).toBe(first.id);
    expect([...shipped.vouched]).toEqual([]);
  });

  it('may do more under single regulations, and the rules are called otherwise then', () => {
    const one = (more: string) =>
      `functions:\n  - { name: pseudo, effect: keep, vouchedBy: a, reason: b, until: 2027-06-30${more} }\n`;
    const differing = rules(one(', regulations: { pci-dss: tokenise, hipaa: drop }'));
    expect(effectUnder(differing, 'PSEUDO', 'unknown')).toBe('keep');
    expect([...differing.under].map(([id, own]) => [id, [...own]])).toEqual([
      ['pci-dss', [['PSEUDO', 'tokenise']]],
      ['hipaa', [['PSEUDO', 'drop']]],
    ]);
    expect(differing.id).not.toBe(rules(one('')).id);
    expect(rules(one(', regulations: { hipaa: drop, pci-dss: tokenise }')).id).toBe(differing.id);
    const over = rules(one(', regulations: { pci-dss: tokenise }'), Date.parse('2027-07-01T00:00:00Z'));
    expect([...over.under]).toEqual([]);
  });

  it.each([
    [
      'a regulation under which it leaves more than in general',
      'functions:\n  - { name: x, effect: mask, vouchedBy: a, reason: b, until: 2027-06-30, regulations: { gdpr: hash } }\n',
      /most careful/u,
    ],
    [
      'a regulation with the same effect',
      'functions:\n  - { name: x, effect: hash, vouchedBy: a, reason: b, until: 2027-06-30, regulations: { gdpr: hash } }\n',
      /most careful/u,
    ],
    ['an effect nobody knows', file(line('x', 'blur')), /functions\.0\.effect|line 2/u],
    ['"unknown" as an effect', file(line('x', 'unknown')), /line 2/u],
    ['a function twice', file(line('x', 'mask'), line('X', 'hash')), /there twice/u],
    ['no end', 'functions:\n  - { name: x, effect: mask, vouchedBy: a, reason: b }\n', /until/u],
    ['an expression for a name', file(line('"x(1)"', 'mask')), /security\.pseudo/u],
    ['a member nobody knows', 'function: []\n', /functions/u],
  ])('are refused for %s', (_, text, message) => {
    expect(() => parseMaskingFunctions(text, 'masking.yml')).toThrow(message);
  });
});
