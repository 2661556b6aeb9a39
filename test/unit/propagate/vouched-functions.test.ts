import { describe, expect, it } from 'vitest';
import type { Effect } from '../../../server/model/treatment.ts';
import { createVouchedFunctions } from '../../../server/propagate/vouched-functions.ts';

const office = { by: 'security-office', until: '2099-12-31' };
const other = { by: 'privacy-office', until: '2098-12-31' };
const vouched = createVouchedFunctions({
  rules: {
    id: 'r',
    personKeys: new Set(),
    functions: new Map<string, Effect>([
      ['VAULT.SEAL', 'keep'],
      ['PSEUDO', 'tokenise'],
      ['SHIPPED', 'hash'],
    ]),
  },
  under: new Map([
    ['pci-dss', new Map<string, Effect>([['VAULT.SEAL', 'keyed-hash']])],
    ['hipaa', new Map<string, Effect>([['VAULT.SEAL', 'drop']])],
  ]),
  vouched: new Map([
    ['VAULT.SEAL', office],
    ['PSEUDO', other],
  ]),
});

describe('what is vouched for on an edge', () => {
  it('is told with who answers, the effect in general and those that differ', () => {
    const edge = { fn: 'DB.VAULT.SEAL', effect: 'unknown' } as const;
    expect(vouched.effectOf(edge)).toBe('keep');
    expect(vouched.on(edge)).toEqual([{ name: 'VAULT.SEAL', ...office }]);
    expect([...vouched.under(edge)]).toEqual([
      ['pci-dss', 'keyed-hash'],
      ['hipaa', 'drop'],
    ]);
  });

  it('names each function of several once, and no regulation that reads the whole alike', () => {
    const edge = { fn: 'PSEUDO>LOWER>PSEUDO>VAULT.SEAL', effect: 'unknown' } as const;
    expect(vouched.effectOf(edge)).toBe('tokenise');
    expect(vouched.on(edge).map(({ name }) => name)).toEqual(['PSEUDO', 'VAULT.SEAL']);
    // A keyed digest of a token leaves less to read back than the token.
    expect([...vouched.under(edge)]).toEqual([
      ['pci-dss', 'keyed-hash'],
      ['hipaa', 'drop'],
    ]);
    expect([...vouched.under({ fn: 'PSEUDO', effect: 'unknown' })]).toEqual([]);
  });

  it.each([
    ['an effect that the SQL room knows', { fn: 'PSEUDO', effect: 'hash' }],
    ['a function that nobody named', { fn: 'MYPSEUDO', effect: 'unknown' }],
    ['one that ships with a known effect', { fn: 'SHIPPED', effect: 'unknown' }],
    ['a copy', { fn: '', effect: 'keep' }],
  ] as const)('is nothing for %s', (_, edge) => {
    expect(vouched.on(edge)).toEqual([]);
    expect([...vouched.under(edge)]).toEqual([]);
  });
});
