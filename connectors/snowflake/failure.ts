import { LexlineError, type ErrorCode } from '../../server/base/errors.ts';
import { compareVersions, grantRights, type Explanation } from '../kit/explanation.ts';
import { HttpRefusal } from '../kit/http-failure.ts';

/** Who was asked, for messages. */
export interface Asked {
  readonly source: string;
  readonly origin: string;
  readonly who: string;
  readonly warehouse: string;
}

/** Snowflake took a statement and refused it: this thing cannot be had, the next one may. */
export class StatementRefused extends LexlineError {
  /** Snowflake's own number, `002003`. */
  readonly number: string;

  constructor(code: ErrorCode, message: string, number: string, remedy: string | null) {
    super(code, message, remedy === null ? {} : { remedy });
    this.number = number;
  }
}

const notVisible: Explanation = {
  code: 'CONNECTOR_MISSING_RIGHTS',
  says: 'something that was asked for is not there, or this role may not see it',
  remedy: grantRights('snowflake'),
};
const tooSlow: Explanation = {
  code: 'CONNECTOR_TIMEOUT',
  says: 'a statement did not end in time and was given up',
  remedy: 'raise statementTimeoutSeconds, or take a larger warehouse',
};

/** By the numbers of Snowflake's errors; their texts can quote what was asked and go no further than the answer. */
function explain(number: string, warehouse: string): Explanation {
  switch (number) {
    case '002003':
    case '002043':
      return notVisible;
    case '003001':
      return {
        code: 'CONNECTOR_MISSING_RIGHTS',
        says: 'this role lacks a privilege',
        remedy: grantRights('snowflake'),
      };
    case '000606':
      return {
        code: 'CONNECTOR_MISSING_RIGHTS',
        says: `no warehouse works for it: "${warehouse}" is not there, or may not be used`,
        remedy: 'GRANT USAGE ON WAREHOUSE <warehouse> TO ROLE <role>; and check warehouse',
      };
    case '000604':
    case '000630':
      return tooSlow;
    case '000002':
      return {
        code: 'CONNECTOR_UNEXPECTED',
        says: 'this edition or release does not know a statement of ours',
        remedy: compareVersions('snowflake'),
      };
    default:
      return {
        code: 'CONNECTOR_UNEXPECTED',
        says: `it refused a statement${number === '' ? '' : ` (${number})`}`,
        remedy: compareVersions('snowflake'),
      };
  }
}

/** The typed error of anything that a request threw. Never holds Snowflake's own text. */
export function toFailure(error: unknown, { source, origin, who, warehouse }: Asked): unknown {
  if (!(error instanceof HttpRefusal)) return error;
  const at = `[connectors/snowflake] source "${source}" at ${origin}`;
  if (error.status === 401 || /^390\d{3}$/u.test(error.errorCode))
    return new LexlineError(
      'CONNECTOR_AUTH_FAILED',
      `${at}: it refused the sign-in of "${who}"${number(error.errorCode)}`,
      {
        remedy:
          'check account, user and role; for a key pair ALTER USER <user> SET RSA_PUBLIC_KEY, for a token its end and the network policy of the user',
      },
    );
  if (error.status === 408) return refused(tooSlow, at, error.errorCode);
  if (error.status === 422) return refused(explain(error.errorCode, warehouse), at, error.errorCode);
  return error.failure;
}

function refused({ code, says, remedy }: Explanation, at: string, errorCode: string): StatementRefused {
  return new StatementRefused(code, `${at}: ${says}`, errorCode, remedy ?? null);
}

function number(errorCode: string): string {
  return errorCode === '' ? '' : ` (${errorCode})`;
}

/** A refusal of one statement: not of the sign-in or the warehouse, and no statement that took too long. */
export function isRefused(error: unknown): error is StatementRefused {
  return error instanceof StatementRefused && error.number !== '000606' && error.code !== 'CONNECTOR_TIMEOUT';
}
