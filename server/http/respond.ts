import type { Response } from 'express';
import type { ErrorCode } from '../base/errors.ts';

/** Answers an error in the one shape that all routes share, which is also GraphQL's. */
export function respondError(
  response: Response,
  status: number,
  code: ErrorCode,
  message: string,
  more: Readonly<Record<string, string>> = {},
): void {
  response.status(status).json({ errors: [{ message, extensions: { code, ...more } }] });
}
