import { LexlineError, type ErrorCode } from '../../server/base/errors.ts';
import { compareVersions, grantRights, type Explanation } from '../kit/explanation.ts';
import { HttpRefusal } from '../kit/http-failure.ts';

/** Who was asked, for messages. */
export interface Asked {
  readonly source: string;
  readonly origin: string;
  readonly who: string;
}

/** A statement or question was taken and refused: this thing cannot be had, the next one may. */
export class StatementRefused extends LexlineError {
  /** Databricks' own class of the error (`TABLE_OR_VIEW_NOT_FOUND`) or its SQLSTATE; empty where it gives none. */
  readonly reason: string;

  constructor(code: ErrorCode, message: string, reason: string, remedy: string | null) {
    super(code, message, remedy === null ? {} : { remedy });
    this.reason = reason;
  }
}

/** What a statement ended with. */
export interface StatementError {
  readonly errorCode: string;
  readonly sqlState: string;
  readonly message: string;
}

/** `[TABLE_OR_VIEW_NOT_FOUND] …`: the class is Databricks' own word; what follows can quote what was asked. */
const errorClass = /^\s*(?:\w+Exception:\s*)?\[([A-Z][A-Z0-9_]{1,80}(?:\.[A-Z0-9_]{1,80})?)\]/u;
const noRights =
  /^(?:INSUFFICIENT_PERMISSIONS|PERMISSION_DENIED|UNAUTHORIZED_ACCESS|UC_.*PERMISSION.*|.*_NOT_AUTHORIZED)$/u;
const notThere =
  /^(?:TABLE_OR_VIEW|SCHEMA|CATALOG|NO_SUCH_CATALOG|UC_\w+|ROUTINE)_?(?:NOT_FOUND|EXCEPTION)$|^NO_SUCH_CATALOG/u;
/** Codes of a service that will be back. */
const passing: ReadonlySet<string> = new Set([
  'ABORTED',
  'INTERNAL_ERROR',
  'IO_ERROR',
  'RESOURCE_EXHAUSTED',
  'SERVICE_UNDER_MAINTENANCE',
  'TEMPORARILY_UNAVAILABLE',
  'WORKSPACE_TEMPORARILY_UNAVAILABLE',
]);

/** A statement that took longer than the settings allow. */
export const tooSlow: Explanation = {
  code: 'CONNECTOR_TIMEOUT',
  says: 'a statement did not end in time and was cancelled',
  remedy: 'raise statementTimeoutSeconds, or take a larger warehouse',
};

function explain({ errorCode, sqlState }: StatementError, reason: string): Explanation {
  if (noRights.test(reason) || sqlState === '42501' || errorCode === 'UNAUTHENTICATED')
    return {
      code: 'CONNECTOR_MISSING_RIGHTS',
      says: 'it lacks a privilege for a statement of ours',
      remedy: grantRights('databricks'),
    };
  if (notThere.test(reason) || sqlState === '42P01' || sqlState === '42704' || errorCode === 'NOT_FOUND')
    return {
      code: 'CONNECTOR_MISSING_RIGHTS',
      says: 'something that was asked for is not there, or may not be seen',
      remedy: `check catalogs and schemas; ${grantRights('databricks')}`,
    };
  if (errorCode === 'DEADLINE_EXCEEDED') return tooSlow;
  if (passing.has(errorCode) && reason === sqlState)
    return {
      code: 'CONNECTOR_UNAVAILABLE',
      says: `the warehouse fails (${errorCode})`,
      remedy: 'sync again; where it goes on, look at the warehouse in the workspace',
    };
  return {
    code: 'CONNECTOR_UNEXPECTED',
    says: `it refused a statement${reason === '' ? '' : ` (${reason})`}`,
    remedy: compareVersions('databricks'),
  };
}

/** The error of a statement that failed. Never holds Databricks' own text. */
export function statementFailure(error: StatementError, asked: Asked): LexlineError {
  const sqlState = /^[0-9A-Z]{5}$/u.test(error.sqlState) ? error.sqlState : '';
  const reason = errorClass.exec(error.message)?.[1] ?? sqlState;
  const { code, says, remedy } = explain({ ...error, sqlState }, reason);
  if (code === 'CONNECTOR_UNAVAILABLE') return new LexlineError(code, `${whereOf(asked)}: ${says}`);
  return new StatementRefused(code, `${whereOf(asked)}: ${says}`, reason, remedy ?? null);
}

/** A statement that nobody waits for any more. */
export function timedOut(asked: Asked): StatementRefused {
  return new StatementRefused(tooSlow.code, `${whereOf(asked)}: ${tooSlow.says}`, 'timeout', tooSlow.remedy ?? null);
}

/** Somebody else ended it: an administrator, or a warehouse that was stopped. */
export function cancelledThere(asked: Asked): LexlineError {
  return new LexlineError('CONNECTOR_UNAVAILABLE', `${whereOf(asked)}: a statement of ours was cancelled there`, {
    remedy: 'sync again; see who cancels statements of this user, or stops its warehouse',
  });
}

/** The typed error of anything that a request threw. Never holds Databricks' own text. */
export function toFailure(error: unknown, asked: Asked): unknown {
  if (!(error instanceof HttpRefusal)) return error;
  const at = whereOf(asked);
  if (error.status === 401)
    return new LexlineError('CONNECTOR_AUTH_FAILED', `${at}: it refused the sign-in of "${asked.who}"`, {
      remedy: 'check url and the token and its end; for oauth the secret, and that the principal is in this workspace',
    });
  if (![403, 404].includes(error.status) && error.status >= 400 && error.status < 500) {
    const code = error.errorCode === '' ? String(error.status) : error.errorCode;
    return new StatementRefused('CONNECTOR_UNEXPECTED', `${at}: it refused a question (${code})`, code, null);
  }
  return error.failure;
}

/** The warehouse that is configured cannot work for us. */
export function warehouseRefused(error: unknown, warehouseId: string, asked: Asked): unknown {
  if (!(error instanceof HttpRefusal) || ![400, 403, 404].includes(error.status)) return toFailure(error, asked);
  const code = error.errorCode === '' ? '' : ` (${error.errorCode})`;
  const message = `${whereOf(asked)}: warehouse "${warehouseId}" takes no statement of "${asked.who}"${code}`;
  return new StatementRefused('CONNECTOR_MISSING_RIGHTS', message, error.errorCode || 'warehouse', canUse(warehouseId));
}

function canUse(warehouseId: string): string {
  return `check warehouseId, and give the principal CAN USE: databricks permissions update warehouses ${warehouseId} --json '{"access_control_list":[{"service_principal_name":"<application id>","permission_level":"CAN_USE"}]}'`;
}

function whereOf({ source, origin }: Asked): string {
  return `[connectors/databricks] source "${source}" at ${origin}`;
}

/** A refusal of one statement: none that took too long. */
export function isRefused(error: unknown): error is StatementRefused {
  return error instanceof StatementRefused && error.code !== 'CONNECTOR_TIMEOUT';
}
