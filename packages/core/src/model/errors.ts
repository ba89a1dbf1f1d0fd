import * as z from "zod";
import { passwordFault } from "./account.ts";
import { usedBy } from "./asset.ts";
import { businessUse } from "./business.ts";
import { permission } from "./permissions.ts";
import { planFeature, planName, planThing } from "./plan.ts";

/** Transport codes of the tRPC protocol that the catalogue maps to. */
export type TransportCode =
  | "BAD_REQUEST"
  | "UNAUTHORIZED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "CONFLICT"
  | "PAYLOAD_TOO_LARGE"
  | "PRECONDITION_FAILED"
  | "TOO_MANY_REQUESTS"
  | "SERVICE_UNAVAILABLE"
  | "INTERNAL_SERVER_ERROR";

const none = z.strictObject({});
const limit = z.strictObject({ limit: z.number(), use: z.number() });
const retry = z.strictObject({ retryAfterSeconds: z.int() });

/** The closed catalogue: each code's transport code, whether the same call may succeed later, its data. */
export const ERRORS = {
  INVALID_INPUT: entry(
    "BAD_REQUEST",
    false,
    z.strictObject({ issues: z.array(z.strictObject({ path: z.string(), message: z.string() })) }),
  ),
  NOT_SIGNED_IN: entry("UNAUTHORIZED", false, none),
  WRONG_CREDENTIALS: entry("UNAUTHORIZED", false, none),
  WRONG_PASSWORD: entry("BAD_REQUEST", false, none),
  /** A code of a second factor, or a recovery code, that is not right or was used. */
  WRONG_CODE: entry("BAD_REQUEST", false, none),
  /** The password was given too long ago, or elsewhere: signing in starts anew. */
  SECOND_STEP_EXPIRED: entry("UNAUTHORIZED", false, none),
  /** There is a second factor already. */
  SECOND_FACTOR_ON: entry("CONFLICT", false, none),
  /** The organization asks for a second factor, which the caller does not have. */
  SECOND_FACTOR_REQUIRED: entry("FORBIDDEN", false, none),
  /** Password and second factor have to be given again first: `account.stepUp`. */
  STEP_UP_REQUIRED: entry("FORBIDDEN", true, none),
  /** Programs may not do this, whatever their permissions. */
  PEOPLE_ONLY: entry("FORBIDDEN", false, none),
  /** Password and second factor were given too long ago for the organization: `account.stepUp` gives them again. */
  SIGN_IN_AGAIN: entry("FORBIDDEN", true, none),
  /**
   * The organization that the request names: there is none, it was removed, or the caller does not belong to it. They are
   * told apart by nothing.
   */
  ORGANIZATION_UNAVAILABLE: entry("FORBIDDEN", false, none),
  /** Nobody told the server that it is reached at this host, so no message leads there. */
  HOST_UNKNOWN: entry("PRECONDITION_FAILED", false, z.strictObject({ host: z.string() })),
  NO_ORGANIZATION: entry("FORBIDDEN", false, none),
  PERMISSION_MISSING: entry("FORBIDDEN", false, z.strictObject({ permission })),
  /** The caller is limited to businesses, and this concerns the organization as a whole. */
  LIMITED_TO_BUSINESSES: entry("FORBIDDEN", false, z.strictObject({ permission })),
  /** Something belongs to the business, or somebody is limited to it. */
  BUSINESS_IN_USE: entry("CONFLICT", false, businessUse),
  /** Owners see everything, so they cannot be limited to businesses. */
  OWNER_NOT_LIMITED: entry("CONFLICT", false, none),
  CROSS_SITE_REQUEST: entry("FORBIDDEN", false, none),
  /** Malformed, unknown, past its time or revoked: they are told apart by nothing. */
  API_KEY_INVALID: entry("UNAUTHORIZED", false, none),
  /** The key is not for use from this address. */
  API_KEY_NETWORK: entry("FORBIDDEN", false, z.strictObject({ address: z.string() })),
  /** The key has ended, or has been replaced already. */
  API_KEY_OVER: entry("CONFLICT", false, none),
  NOT_FOUND: entry("NOT_FOUND", false, none),
  EMAIL_TAKEN: entry("CONFLICT", false, none),
  /** Who is new here comes in by a link that is sent to their address: `account.requestSignUp`. */
  SIGN_UP_BY_LINK: entry("FORBIDDEN", false, none),
  /** At an organization's address nobody founds another: who is new there is invited. */
  SIGN_UP_BY_INVITATION: entry("FORBIDDEN", false, none),
  /** Unknown, withdrawn, taken up, replaced or past its time: they are told apart by nothing. */
  INVITATION_INVALID: entry("NOT_FOUND", false, none),
  /** The invitation is for another address than that of who is signed in. */
  INVITATION_FOR_ANOTHER: entry("FORBIDDEN", false, z.strictObject({ email: z.string() })),
  /** The organization takes no addresses of this domain. */
  EMAIL_DOMAIN_REFUSED: entry(
    "FORBIDDEN",
    false,
    z.strictObject({ domain: z.string(), organization: z.string() }),
  ),
  /** The record that proves a domain is not there, or holds something else. */
  DOMAIN_RECORD_MISSING: entry("PRECONDITION_FAILED", true, z.strictObject({ name: z.string() })),
  /** The domain leads to another organization already. */
  DOMAIN_TAKEN: entry("CONFLICT", false, none),
  /** No answer came from the servers that know the domain. */
  DNS_UNREACHABLE: entry("SERVICE_UNAVAILABLE", true, z.strictObject({ name: z.string() })),
  /** A link for an account that is unknown, used, replaced or past its time: they are told apart by nothing. */
  LINK_INVALID: entry("NOT_FOUND", false, none),
  /** For what waits until the person has shown that the address is theirs. */
  EMAIL_UNVERIFIED: entry("PRECONDITION_FAILED", false, z.strictObject({ email: z.string() })),
  /** Long enough, and still among the first that somebody would try. */
  PASSWORD_UNSAFE: entry("BAD_REQUEST", false, z.strictObject({ reason: passwordFault })),
  LAST_OWNER: entry("CONFLICT", false, none),
  SLUG_TAKEN: entry("CONFLICT", false, none),
  NAME_TAKEN: entry("CONFLICT", false, z.strictObject({ name: z.string() })),
  IN_USE: entry("CONFLICT", false, usedBy),
  EDITED_MEANWHILE: entry("CONFLICT", true, none),
  ASSET_NOT_READY: entry("PRECONDITION_FAILED", true, none),
  WRONG_KIND: entry("BAD_REQUEST", false, none),
  PLAYLIST_CYCLE: entry("BAD_REQUEST", false, z.strictObject({ names: z.array(z.string()) })),
  PLAYLISTS_TOO_DEEP: entry("BAD_REQUEST", false, limit),
  TOO_MANY: entry(
    "BAD_REQUEST",
    false,
    limit.extend({
      what: z.enum([
        "entries",
        "layouts",
        "dayparts",
        "groups",
        "invitations",
        "apiKeys",
        "domains",
        "businesses",
      ]),
    }),
  ),
  /** The organization's plan holds no more; `lifts` names the smallest plan that would. */
  PLAN_LIMIT: entry("FORBIDDEN", false, limit.extend({ what: planThing, plan: planName, lifts: planName })),
  PLAN_FEATURE: entry(
    "FORBIDDEN",
    false,
    z.strictObject({ feature: planFeature, plan: planName, lifts: planName }),
  ),
  PLAYLIST_FULL: entry("BAD_REQUEST", false, limit),
  FILE_TOO_LARGE: entry("PAYLOAD_TOO_LARGE", false, limit),
  PAIRING_CODE_UNKNOWN: entry("NOT_FOUND", false, none),
  PAIRING_LOCKED: entry("TOO_MANY_REQUESTS", true, retry),
  DEVICE_REVOKED: entry("UNAUTHORIZED", false, none),
  DEVICE_SESSION_EXPIRED: entry("UNAUTHORIZED", true, none),
  DEVICE_SIGNATURE_WRONG: entry("UNAUTHORIZED", false, none),
  DEVICE_CLOCK_WRONG: entry("UNAUTHORIZED", true, z.strictObject({ serverTime: z.string() })),
  TOO_MANY_REQUESTS: entry("TOO_MANY_REQUESTS", true, retry),
  BUSY: entry("SERVICE_UNAVAILABLE", true, retry),
  INTERNAL: entry("INTERNAL_SERVER_ERROR", true, none),
} as const;

export type ErrorCode = keyof typeof ERRORS;
export type ErrorData<Code extends ErrorCode> = z.infer<(typeof ERRORS)[Code]["data"]>;

/** What every failed call carries in `error.data.app`. */
export const appErrorShape = z.strictObject({
  code: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]),
  isRetryable: z.boolean(),
  requestId: z.string(),
  data: z.unknown(),
});
export type AppErrorShape = z.infer<typeof appErrorShape>;

/** A failure of the catalogue. Thrown by commands, mapped to the transport in one place. */
export class AppError<Code extends ErrorCode = ErrorCode> extends Error {
  readonly code: Code;
  readonly data: ErrorData<Code>;
  constructor(code: Code, data: ErrorData<Code>, cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause });
    this.name = "AppError";
    this.code = code;
    this.data = data;
  }
}

type DataArgument<Code extends ErrorCode> =
  Record<string, never> extends ErrorData<Code> ? [] : [data: ErrorData<Code>];

/** Makes a failure of the catalogue; codes without data take none. */
export function appError<Code extends ErrorCode>(code: Code, ...[data]: DataArgument<Code>): AppError<Code> {
  return new AppError(code, (data ?? {}) as ErrorData<Code>);
}

/** A field that cannot be as it is; `path` is that of the input, with dots. */
export function invalidInput(path: string, message: string): AppError<"INVALID_INPUT"> {
  return appError("INVALID_INPUT", { issues: [{ path, message }] });
}

function entry<Data extends z.ZodType>(transport: TransportCode, isRetryable: boolean, data: Data) {
  return { transport, isRetryable, data };
}
