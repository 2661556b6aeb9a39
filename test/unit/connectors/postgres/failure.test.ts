import { describe, expect, it } from 'vitest';
import { toFailure } from '../../../../connectors/postgres/failure.ts';
import { LexlineError } from '../../../../server/base/errors.ts';

const asked = { source: 'shop', where: 'db.example.com:5432/shop', user: 'reader' };
const driverError = (code: string, message = 'value canary-7Q of row') => Object.assign(new Error(message), { code });

describe('a failure of PostgreSQL', () => {
  it.each([
    ['28P01', 'CONNECTOR_AUTH_FAILED'],
    ['28000', 'CONNECTOR_AUTH_FAILED'],
    ['3D000', 'CONNECTOR_UNAVAILABLE'],
    ['42501', 'CONNECTOR_MISSING_RIGHTS'],
    ['53300', 'CONNECTOR_UNAVAILABLE'],
    ['55P03', 'CONNECTOR_TIMEOUT'],
    ['57014', 'CONNECTOR_TIMEOUT'],
    ['57P01', 'CONNECTOR_UNAVAILABLE'],
    ['57P03', 'CONNECTOR_UNAVAILABLE'],
    ['08006', 'CONNECTOR_UNAVAILABLE'],
    ['ECONNREFUSED', 'CONNECTOR_UNAVAILABLE'],
    ['ENOTFOUND', 'CONNECTOR_UNAVAILABLE'],
    ['ECONNRESET', 'CONNECTOR_UNAVAILABLE'],
    ['ETIMEDOUT', 'CONNECTOR_TIMEOUT'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'CONNECTOR_UNAVAILABLE'],
    ['22P02', 'CONNECTOR_UNEXPECTED'],
    ['', 'CONNECTOR_UNEXPECTED'],
  ])('with code %s is %s', (code, expected) => {
    expect(toFailure(driverError(code), asked).code).toBe(expected);
  });

  it.each([
    ['The server does not support SSL connections', 'CONNECTOR_UNAVAILABLE'],
    ['SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string', 'CONNECTOR_AUTH_FAILED'],
    ['Connection terminated unexpectedly', 'CONNECTOR_UNAVAILABLE'],
    ['timeout expired', 'CONNECTOR_TIMEOUT'],
    ['unable to verify the first certificate', 'CONNECTOR_UNAVAILABLE'],
  ])('without a code, "%s", is %s', (message, expected) => {
    expect(toFailure(new Error(message), asked).code).toBe(expected);
  });

  it('says who was asked and repeats nothing of what the server said', () => {
    for (const code of ['22P02', '28P01', '57014', 'ECONNRESET', '']) {
      const failure = toFailure(driverError(code), asked);
      expect(failure.message).toContain('"shop" at db.example.com:5432/shop');
      expect(`${failure.message} ${failure.remedy} ${String(failure.cause)}`).not.toContain('canary');
    }
  });

  it('passes on what is typed already', () => {
    const typed = new LexlineError('CONNECTOR_TIMEOUT', 'x');
    expect(toFailure(typed, asked)).toBe(typed);
  });
});
