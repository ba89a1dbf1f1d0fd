import { type AppError, ERRORS, type ErrorCode } from "@vitrine/core/model/errors";
import type { Log } from "../platform/log.ts";
import { networkOf } from "../platform/networks.ts";

/** Who acts, and in which organization. */
export type Caller = { actor: { kind: string; id: string | null }; organization: { id: string } | null };

/** A call that failed. */
export type FailedCall = {
  failure: AppError;
  /** The procedure, or the method and route of what is none. */
  path: string;
  requestId: string;
  remoteAddress: string;
  /** Whom it came from, as far as that was found out. */
  caller: Caller | null;
};

/** The record of calls that were refused: lines of the log. */
export type Refusals = Disposable & {
  /**
   * Puts a call on record whose caller may not do what it asks, or showed what is not right for it: the first of its kind
   * at once, its equals until the minute's end as one line with their number. Other failures leave none.
   */
  note(call: FailedCall): void;
};

const EVERY_MS = 60_000;
/** Kinds of refusals of strangers that are told apart within a minute: who has many networks fills no log. */
const KINDS_OF_STRANGERS = 1000;

const NOT_RIGHT: ReadonlySet<ErrorCode> = new Set([
  "WRONG_CREDENTIALS",
  "WRONG_PASSWORD",
  "WRONG_CODE",
  "API_KEY_INVALID",
]);

/** Starts the record; what was counted and not yet told is told at the latest when this is disposed. */
export function startRefusals(log: Log): Refusals {
  const kinds = new Map<string, { latest: ReturnType<typeof toLine>; times: number }>();
  let strangers = 0;
  let further = 0;

  const tell = () => {
    for (const { latest, times } of kinds.values())
      if (times > 0) log.warn({ ...latest, times }, "more calls were refused");
    if (further > 0) log.warn({ times: further }, "calls of further strangers were refused");
    kinds.clear();
    strangers = 0;
    further = 0;
  };
  const timer = setInterval(tell, EVERY_MS);
  timer.unref();

  return {
    note(call) {
      if (!isRefusal(call.failure.code)) return;
      const line = toLine(call);
      const kind = kindOf(line);
      const known = kinds.get(kind);
      if (known) {
        known.latest = line;
        known.times += 1;
        return;
      }
      if (call.caller === null) {
        if (strangers >= KINDS_OF_STRANGERS) {
          further += 1;
          return;
        }
        strangers += 1;
      }
      kinds.set(kind, { latest: line, times: 0 });
      log.warn(line, "a call was refused");
    },
    [Symbol.dispose]() {
      clearInterval(timer);
      tell();
    },
  };
}

function isRefusal(code: ErrorCode): boolean {
  return ERRORS[code].transport === "FORBIDDEN" || NOT_RIGHT.has(code);
}

/** Who, where, what and why; nothing of what the call said. */
function toLine({ failure, path, requestId, remoteAddress, caller }: FailedCall) {
  return {
    requestId,
    remoteAddress,
    actorKind: caller?.actor.kind ?? null,
    actorId: caller?.actor.id ?? null,
    organizationId: caller?.organization?.id ?? null,
    path,
    code: failure.code,
    ...("permission" in failure.data && { permission: failure.data.permission }),
  };
}

function kindOf({ requestId: _each, remoteAddress, ...line }: ReturnType<typeof toLine>): string {
  return JSON.stringify([line, line.actorId ?? networkOf(remoteAddress)]);
}
