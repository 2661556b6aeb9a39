import { describe, expect, it } from 'vitest';
import { StatementRefused, toFailure } from '../../../../connectors/snowflake/failure.ts';
import { HttpRefusal } from '../../../../connectors/kit/http-failure.ts';
import { LexlineError } from '../../../../server/base/errors.ts';

const asked = { source: 'wh', origin: 'https://acme.example.com', who: 'LEXLINE', warehouse: 'WH' };
const refusal = (status: number, number: string) =>
  new HttpRefusal(status, number, new LexlineError('CONNECTOR_UNEXPECTED', `status ${status}`));

describe('what Snowflake refuses', () => {
  it.each([
    [401, '390144', 'CONNECTOR_AUTH_FAILED', /refused the sign-in of "LEXLINE" \(390144\)/u],
    [401, '', 'CONNECTOR_AUTH_FAILED', /refused the sign-in/u],
    [400, '390303', 'CONNECTOR_AUTH_FAILED', /390303/u],
    [422, '002003', 'CONNECTOR_MISSING_RIGHTS', /not there, or this role may not see it/u],
    [422, '002043', 'CONNECTOR_MISSING_RIGHTS', /not there/u],
    [422, '003001', 'CONNECTOR_MISSING_RIGHTS', /lacks a privilege/u],
    [422, '000606', 'CONNECTOR_MISSING_RIGHTS', /"WH" is not there, or may not be used/u],
    [422, '000630', 'CONNECTOR_TIMEOUT', /did not end in time/u],
    [408, '', 'CONNECTOR_TIMEOUT', /did not end in time/u],
    [422, '000002', 'CONNECTOR_UNEXPECTED', /does not know a statement of ours/u],
    [422, '001003', 'CONNECTOR_UNEXPECTED', /refused a statement \(001003\)/u],
    [404, '', 'CONNECTOR_UNEXPECTED', /status 404/u],
    [400, '391908', 'CONNECTOR_UNEXPECTED', /status 400/u],
  ] as const)('with status %i and number "%s" becomes %s', (status, number, code, message) => {
    const failure = toFailure(refusal(status, number), asked);
    expect(failure).toMatchObject({ code });
    expect(String(failure)).toMatch(message);
    expect(failure instanceof StatementRefused).toBe(status === 422 || status === 408);
  });

  it('leaves alone what is no answer of an account', () => {
    const error = new Error('other');
    expect(toFailure(error, asked)).toBe(error);
  });
});
