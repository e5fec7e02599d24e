/** Which HTTP status a failure has. */
import type { ErrorCode } from '../base/errors.ts';

const statuses: Readonly<Record<ErrorCode, number>> = {
  bad_request: 400,
  not_signed_in: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  sandbox_gone: 409,
  too_large: 413,
  too_many_requests: 429,
  capacity: 503,
  config_invalid: 500,
  lab_invalid: 500,
  runtime_missing: 503,
  runtime_failed: 500,
  sandbox_build_failed: 500,
  command_failed: 500,
  command_timeout: 504,
  unexpected: 500,
};

export function statusOf(code: ErrorCode): number {
  return statuses[code];
}
