import { describe, expect, it } from 'vitest';
import { overBaseline } from './over-baseline.ts';

const check = overBaseline(
  `create table warehouse.payments.card_vault (card_id bigint, pan varchar(19));
   create table warehouse.marketing.segments (customer_id bigint, segment text);`,
);
const sealed = (column: string): string =>
  `create table staging.sealed as select ${column} as sealed from payments.card_vault;`;

const tokens = sealed('dlp_deterministic_encrypt(pan)');

describe('a card number that is protected in one table and given back in the next', () => {
  it.each([
    ['decrypted', sealed(`pgp_sym_encrypt(pan, 'k')`), `pgp_sym_decrypt(sealed, 'k')`],
    ['taken out of the vault', tokens, 'detokenize(sealed)'],
    ['taken out by what decrypts too', sealed(`pgp_sym_encrypt(pan, 'k')`), 'detokenize(sealed)'],
    ['decrypted and trimmed', sealed(`pgp_sym_encrypt(pan, 'k')`), `trim(pgp_sym_decrypt(sealed, 'k'))`],
  ])('is in clear again and fails: %s', async (_, first, back) => {
    // Only BigQuery has the function that makes tokens.
    const dialect = first === tokens ? 'bigquery' : 'postgres';
    const { status, out } = await check(
      dialect,
      `${first} create table marketing.back as select ${back} as a from staging.sealed;`,
    );
    expect(out).toMatch(/^violation: .*marketing\.back\.a /mu);
    expect(status).toBe(1);
  });

  it.each([
    ['not given back', tokens, 'sealed'],
    ['decrypted, which no token is', tokens, `aead.decrypt_string(sealed)`],
    ['given back and protected anew', tokens, `dlp_deterministic_encrypt(detokenize(sealed))`],
  ])('is allowed as the policy says: %s', async (_, first, back) => {
    // Only BigQuery has the function that makes tokens.
    const dialect = first === tokens ? 'bigquery' : 'postgres';
    const { status, out } = await check(
      dialect,
      `${first} create table marketing.back as select ${back} as a from staging.sealed;`,
    );
    expect(out).toMatch(/^stepped down: .*marketing\.back\.a /mu);
    expect(status).toBe(0);
  });
});
