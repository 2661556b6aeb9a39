import { describe, expect, it } from 'vitest';
import { judgeFirst } from './column.ts';

describe('the form in which a value stands', () => {
  it.each([
    ['card_last4', 'last4'],
    ['last_four', 'last4'],
    ['card_ending', 'last4'],
    ['masked_pan', 'mask'],
    ['truncated_pan', 'mask'],
    ['card_no_masked', 'mask'],
    ['hashed_email', 'hash'],
    ['email_sha256', 'hash'],
    ['password_hash', 'hash'],
    ['card_token', 'token'],
    ['payment_token', 'token'],
    ['encrypted_pan', 'token'],
    ['birth_year', 'mask'],
    ['year_of_birth', 'mask'],
    ['zip3', 'mask'],
    ['age_group', 'mask'],
  ])('is told of %s, also where a known phrase holds it: %s', (column, form) => {
    expect(judgeFirst('customers', { [column]: null, email: null }).derived).toBe(form);
  });

  it.each([
    'email',
    'card_number',
    'access_token',
    'refresh_token',
    'birth_date',
    'zip',
    'zip_code',
    'age',
    'password',
  ])('is not told of %s, which stands in clear', (column) => {
    expect(judgeFirst('customers', { [column]: null, first_name: null }).derived).toBeNull();
  });
});
