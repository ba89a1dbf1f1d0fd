import { TRPCClientError } from "@trpc/client";
import type { ErrorCode } from "@vitrine/core/model/errors";

/** What went wrong with a call, in the words of the catalogue; `NETWORK` when no answer of ours came. */
export type Failure = {
  code: ErrorCode | "NETWORK";
  isRetryable: boolean;
  requestId: string | null;
  data: unknown;
};

/** Reads a failure back from whatever a call threw. */
export function toFailure(error: unknown): Failure {
  const app = error instanceof TRPCClientError ? shapeOf(error.data) : undefined;
  if (app) return app;
  return { code: "NETWORK", isRetryable: true, requestId: null, data: {} };
}

/** Reads a failure from the JSON body of a plain HTTP answer, such as a refused upload. */
export function failureOfBody(body: string): Failure | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    return bare(property(parsed, "error")) ?? shapeOf(parsed);
  } catch {
    return undefined;
  }
}

/** Field issues of an INVALID_INPUT failure: dotted path and message; none for every other failure. */
export function issuesOf(failure: Failure): { path: string; message: string }[] {
  const issues = property(failure.data, "issues");
  if (failure.code !== "INVALID_INPUT" || !Array.isArray(issues)) return [];
  return issues.flatMap((issue: unknown) => {
    const path = property(issue, "path");
    const message = property(issue, "message");
    return typeof path === "string" && typeof message === "string" ? [{ path, message }] : [];
  });
}

/** A number that the failure's data carries under a name, such as `retryAfterSeconds`. */
export function numberOf(failure: Failure, name: string): number | undefined {
  const value = property(failure.data, name);
  return typeof value === "number" ? value : undefined;
}

/** A text that the failure's data carries under a name, such as `what`. */
export function textOf(failure: Failure, name: string): string | undefined {
  const value = property(failure.data, name);
  return typeof value === "string" ? value : undefined;
}

/** Names that the failure's data carries, in their order; none where it carries none. */
export function namesOf(failure: Failure): string[] {
  const names = property(failure.data, "names");
  return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
}

function shapeOf(value: unknown): Failure | undefined {
  return bare(property(value, "app"));
}

function bare(value: unknown): Failure | undefined {
  const code = property(value, "code");
  if (!isErrorCode(code)) return undefined;
  const requestId = property(value, "requestId");
  return {
    code,
    isRetryable: property(value, "isRetryable") === true,
    requestId: typeof requestId === "string" && requestId !== "" ? requestId : null,
    data: property(value, "data"),
  };
}

function property(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

/** Every code of the catalogue: a new one that is missing here does not compile. */
const CODES: Record<ErrorCode, true> = {
  INVALID_INPUT: true,
  NOT_SIGNED_IN: true,
  WRONG_CREDENTIALS: true,
  WRONG_PASSWORD: true,
  WRONG_CODE: true,
  SECOND_STEP_EXPIRED: true,
  SECOND_FACTOR_ON: true,
  SECOND_FACTOR_REQUIRED: true,
  STEP_UP_REQUIRED: true,
  PEOPLE_ONLY: true,
  NO_ORGANIZATION: true,
  ORGANIZATION_UNAVAILABLE: true,
  SIGN_IN_AGAIN: true,
  HOST_UNKNOWN: true,
  EMAIL_DOMAIN_REFUSED: true,
  DOMAIN_RECORD_MISSING: true,
  DOMAIN_TAKEN: true,
  DNS_UNREACHABLE: true,
  PERMISSION_MISSING: true,
  LIMITED_TO_BUSINESSES: true,
  BUSINESS_IN_USE: true,
  OWNER_NOT_LIMITED: true,
  CROSS_SITE_REQUEST: true,
  PLAN_LIMIT: true,
  PLAN_FEATURE: true,
  API_KEY_INVALID: true,
  API_KEY_NETWORK: true,
  API_KEY_OVER: true,
  NOT_FOUND: true,
  EMAIL_TAKEN: true,
  SIGN_UP_BY_LINK: true,
  SIGN_UP_BY_INVITATION: true,
  INVITATION_INVALID: true,
  INVITATION_FOR_ANOTHER: true,
  LINK_INVALID: true,
  EMAIL_UNVERIFIED: true,
  PASSWORD_UNSAFE: true,
  LAST_OWNER: true,
  SLUG_TAKEN: true,
  NAME_TAKEN: true,
  IN_USE: true,
  EDITED_MEANWHILE: true,
  ASSET_NOT_READY: true,
  WRONG_KIND: true,
  PLAYLIST_CYCLE: true,
  PLAYLISTS_TOO_DEEP: true,
  TOO_MANY: true,
  PLAYLIST_FULL: true,
  FILE_TOO_LARGE: true,
  PAIRING_CODE_UNKNOWN: true,
  PAIRING_LOCKED: true,
  DEVICE_REVOKED: true,
  DEVICE_SESSION_EXPIRED: true,
  DEVICE_SIGNATURE_WRONG: true,
  DEVICE_CLOCK_WRONG: true,
  TOO_MANY_REQUESTS: true,
  BUSY: true,
  INTERNAL: true,
};

function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === "string" && Object.hasOwn(CODES, value);
}
