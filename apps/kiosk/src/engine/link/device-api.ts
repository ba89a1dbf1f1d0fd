import {
  acknowledgeCommandInput,
  DEVICE_PATHS,
  eventsReceipt,
  heartbeatAnswer,
  heartbeatInput,
  openedSession,
  openSessionInput,
  pairingOutcome,
  pendingCommand,
  playsReceipt,
  pollPairingInput,
  reportEventsInput,
  reportPlaysInput,
  startedPairing,
  startPairingInput,
} from "@vitrine/core/model/device-protocol";
import * as z from "zod";
import { parseJson } from "../identity/identity.ts";
import { parseLeniently } from "../platform/parse-leniently.ts";
import { exchange, type HttpDeps, toLinkError } from "./http.ts";
import { LinkError } from "./link-error.ts";

/** A command of a kind that only a newer player knows is still one: it is acknowledged as not understood. */
const toldCommand = pendingCommand.extend({ kind: z.string().min(1).max(60) });
export type ToldCommand = z.infer<typeof toldCommand>;
const COMMANDS_AT_ONCE = 200;
export const toldAnswer = heartbeatAnswer.extend({ commands: z.array(toldCommand).max(COMMANDS_AT_ONCE) });

/** Each procedure of the device router with the shapes of its input and answer. */
const PROCEDURES = {
  "pairing.start": { input: startPairingInput, answer: startedPairing },
  "pairing.poll": { input: pollPairingInput, answer: pairingOutcome },
  "pairing.refuse": { input: pollPairingInput, answer: z.object({}) },
  "session.open": { input: openSessionInput, answer: openedSession },
  "heartbeat.report": { input: heartbeatInput, answer: toldAnswer },
  "plays.report": { input: reportPlaysInput, answer: playsReceipt },
  "events.report": { input: reportEventsInput, answer: eventsReceipt },
  "commands.acknowledge": { input: acknowledgeCommandInput, answer: z.object({}) },
} as const;

type Procedures = typeof PROCEDURES;
export type ProcedureName = keyof Procedures;
export type ProcedureInput<Name extends ProcedureName> = z.input<Procedures[Name]["input"]>;
export type ProcedureAnswer<Name extends ProcedureName> = z.output<Procedures[Name]["answer"]>;

/** An answer with the round trip it took, on the monotonic clock. */
export interface TimedAnswer<T> {
  value: T;
  sentAtMs: number;
  receivedAtMs: number;
  /** The answer's `Date` header, to the second; undefined without one. */
  dateMs: number | undefined;
}

export interface CallOptions {
  signal: AbortSignal;
  token?: string;
}

const CALL_TIMEOUT_MS = 15_000;
const ANSWER_LIMIT_BYTES = 256 * 1024;

/** Calls one procedure over tRPC's wire format; the answer is parsed, whoever sent it. Rejects with `LinkError`. */
export async function callProcedure<Name extends ProcedureName>(
  deps: HttpDeps & { serverUrl: string },
  name: Name,
  input: ProcedureInput<Name>,
  options: CallOptions,
): Promise<TimedAnswer<ProcedureAnswer<Name>>> {
  const procedure = PROCEDURES[name];
  const sentAtMs = deps.clock.monotonicMs();
  const answer = await exchange(deps, {
    url: `${deps.serverUrl}${DEVICE_PATHS.trpc}/${name}`,
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
    },
    body: JSON.stringify(procedure.input.parse(input)),
    timeoutMs: CALL_TIMEOUT_MS,
    limitBytes: ANSWER_LIMIT_BYTES,
    signal: options.signal,
  });
  const receivedAtMs = deps.clock.monotonicMs();
  if (answer.status !== 200) throw toLinkError(answer);
  const parsed = envelope.safeParse(parseJson(answer.body));
  const value = parsed.success ? parseLeniently(procedure.answer, parsed.data.result.data) : parsed;
  if (!value.success) {
    throw new LinkError(`The server answered ${name} in a form that is not understood`, {
      kind: "malformed",
    });
  }
  const dateMs = Date.parse(answer.headers.get("date") ?? "");
  return {
    value: asAnswer<Name>(value.data),
    sentAtMs,
    receivedAtMs,
    dateMs: Number.isFinite(dateMs) ? dateMs : undefined,
  };
}

const envelope = z.object({ result: z.object({ data: z.unknown().optional() }) });

/** Guarantee: `value` was parsed by this procedure's own answer schema just before. */
function asAnswer<Name extends ProcedureName>(value: unknown): ProcedureAnswer<Name> {
  return value as ProcedureAnswer<Name>;
}
