import { LexlineError, type ErrorCode } from '../../server/base/errors.ts';
import { compareVersions, grantRights, type Explanation } from '../kit/explanation.ts';
import { HttpRefusal } from '../kit/http-failure.ts';

/** Who was asked, for messages. */
export interface Asked {
  readonly source: string;
  readonly origin: string;
  readonly who: string;
}

/** BigQuery took a request and refused it: this thing cannot be had, the next one may. */
export class BigQueryRefused extends LexlineError {
  /** Google's own word for it: `accessDenied`, `notFound`. */
  readonly reason: string;
  readonly status: number;

  constructor(code: ErrorCode, message: string, reason: string, status: number, remedy: string | null) {
    super(code, message, remedy === null ? {} : { remedy });
    this.reason = reason;
    this.status = status;
  }
}

/** The reason of an answer of Google's: `errors[0].reason`, or the status of newer services. Its message is left alone. */
export function reasonIn(text: string): string {
  return (
    /"reason"\s*:\s*"([A-Za-z_]{1,60})"/u.exec(text)?.[1] ?? /"status"\s*:\s*"([A-Z_]{1,60})"/u.exec(text)?.[1] ?? ''
  );
}

const busy: ReadonlySet<string> = new Set([
  'rateLimitExceeded',
  'userRateLimitExceeded',
  'jobRateLimitExceeded',
  'jobBackendError',
  'jobInternalError',
  'backendError',
  'internalError',
  'tableUnavailable',
]);

/** Refusals that pass by themselves, whatever status they come with. */
export function isBusy(_: number, reason: string): boolean {
  return busy.has(reason);
}

function explain(reason: string, status: number): Explanation {
  switch (reason) {
    case 'quotaExceeded':
    case 'RESOURCE_EXHAUSTED':
      return {
        code: 'CONNECTOR_UNAVAILABLE',
        says: 'a quota of the project is used up',
        remedy: 'look at IAM & Admin > Quotas of the project for BigQuery; raise it, or sync at another time',
      };
    case 'bytesBilledLimitExceeded':
      return {
        code: 'CONNECTOR_BUDGET_SPENT',
        says: 'a query would have been billed for more than is allowed, and was not run',
        remedy: 'raise maxGigabytesPerQuery or maxGigabytesBilled, or read less',
      };
    case 'billingNotEnabled':
    case 'BILLING_DISABLED':
      return {
        code: 'CONNECTOR_MISSING_RIGHTS',
        says: 'billing is not enabled for the project in which queries run',
        remedy: 'enable billing for it, or set project to one that has it',
      };
    case 'accessNotConfigured':
    case 'SERVICE_DISABLED':
      return {
        code: 'CONNECTOR_MISSING_RIGHTS',
        says: 'an API that is needed is not enabled in the project',
        remedy:
          'gcloud services enable bigquery.googleapis.com datacatalog.googleapis.com bigquerydatapolicy.googleapis.com',
      };
    case 'stopped':
    case 'timeout':
      return {
        code: 'CONNECTOR_TIMEOUT',
        says: 'a query did not end in time and was given up',
        remedy: 'raise queryTimeoutMs',
      };
    case 'conditionNotMet':
      return {
        code: 'INPUT_INVALID',
        says: 'it was changed by somebody else in the meantime',
        remedy: 'plan the change again',
      };
    case 'invalidQuery':
      return {
        code: 'CONNECTOR_UNEXPECTED',
        says: 'this release of BigQuery does not know a statement of ours',
        remedy: compareVersions('bigquery'),
      };
    default:
  }
  if (status === 403)
    return {
      code: 'CONNECTOR_MISSING_RIGHTS',
      says: `the credentials lack a right${said(reason)}`,
      remedy: grantRights('bigquery'),
    };
  if (status === 404)
    return {
      code: 'CONNECTOR_MISSING_RIGHTS',
      says: 'something that was asked for is not there, or may not be seen',
      remedy: `check project and projects; ${grantRights('bigquery')}`,
    };
  return {
    code: 'CONNECTOR_UNEXPECTED',
    says: `it refused a request${said(reason === '' ? String(status) : reason)}`,
    remedy: compareVersions('bigquery'),
  };
}

/** The typed error of anything that a request threw. Never holds Google's own text, which can quote what was asked. */
export function toFailure(error: unknown, { source, origin, who }: Asked): unknown {
  if (!(error instanceof HttpRefusal)) return error;
  const at = `[connectors/bigquery] source "${source}" at ${origin}`;
  const { status, errorCode: reason } = error;
  if (status === 401)
    return new LexlineError('CONNECTOR_AUTH_FAILED', `${at}: it refused the sign-in of "${who}"${said(reason)}`, {
      remedy: 'check keyFile, key or token, and that the account is not disabled; a token ends after an hour',
    });
  if (status >= 300 && status < 400) return error.failure;
  const { code, says, remedy } = explain(reason, status);
  return new BigQueryRefused(code, `${at}: ${says}`, reason, status, remedy ?? null);
}

function said(reason: string): string {
  return reason === '' ? '' : ` (${reason})`;
}

/** Refusals of the project in which queries run, or of a quota: no other question would be answered. */
const ofProject: ReadonlySet<string> = new Set([
  'quotaExceeded',
  'RESOURCE_EXHAUSTED',
  'billingNotEnabled',
  'BILLING_DISABLED',
  'bytesBilledLimitExceeded',
]);

/** A refusal of this one thing: the right is missing, it is not there, or this release does not know it. */
export function isRefused(error: unknown): error is BigQueryRefused {
  return error instanceof BigQueryRefused && !ofProject.has(error.reason) && error.code !== 'CONNECTOR_TIMEOUT';
}
