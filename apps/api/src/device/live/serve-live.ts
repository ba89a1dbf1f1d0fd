import type { Duplex } from "node:stream";
import { getTRPCErrorFromUnknown } from "@trpc/server";
import {
  type AnsweredBeat,
  beatOf,
  type Heartbeat,
  type LiveCall,
  liveCall,
} from "@vitrine/core/model/device-protocol";
import type { RawData, WebSocket } from "ws";
import { failureBody } from "../../http/errors.ts";
import type { Services } from "../../services.ts";
import { toAppError } from "../../trpc/errors.ts";
import { type DeviceIdentity, screenOf } from "../authorize-device.ts";
import { reportHeartbeat } from "../heartbeat/report-heartbeat.ts";
import { frameOf } from "../hints/frames.ts";
import { cleanBeat } from "../hostile-input.ts";

/** A screen beats twice a minute, and a few times in a row when much happens. */
const MOST_UNDER_WAY = 4;
const NOT_UNDERSTOOD = 1008;

/** Serves one live connection to its end: hints from the hub, an answer to each beat. */
export function serveLive(
  services: Services,
  identity: DeviceIdentity,
  socket: WebSocket,
  line: Duplex,
): void {
  const { hints, access } = services.devices;
  const screen = screenOf(services, identity.binding);
  let underWay = 0;
  let answered: AnsweredBeat | undefined;
  const answer = async (id: number, beat: Heartbeat): Promise<Buffer> => {
    const receivedAtMs = performance.now();
    try {
      await access.require(identity.binding);
      const said = await reportHeartbeat({ services, ...identity }, beat);
      const heldMs = Number((performance.now() - receivedAtMs).toFixed(1));
      answered = { id, beat };
      return frameOf({ kind: "beaten", id, heldMs, answer: said });
    } catch (cause) {
      return refusal(services, id, cause);
    }
  };
  const take = async (data: RawData) => {
    const call = stream.isOpen ? read(data) : undefined;
    const beat = call && beatOf(call, answered);
    if (beat) stream.send(await answer(call.id, beat));
    else socket.close(NOT_UNDERSTOOD);
    underWay -= 1;
  };
  socket.on("error", drop);
  socket.on("close", () => hints.close(screen, socket));
  const stream = hints.open(screen, socket, line);
  socket.on("message", (data, isBinary) => {
    if (isBinary || underWay >= MOST_UNDER_WAY) return socket.close(NOT_UNDERSTOOD);
    underWay += 1;
    void take(data);
  });
}

function refusal({ newId, log }: Services, id: number, cause: unknown): Buffer {
  const failure = toAppError(getTRPCErrorFromUnknown(cause));
  const requestId = newId();
  if (failure.code === "INTERNAL") log.error({ requestId, err: cause }, "beat of a screen failed");
  return frameOf({ kind: "refused", id, ...failureBody(requestId, failure) });
}

/** A call, its texts made harmless. */
function read(data: RawData): LiveCall | undefined {
  const call = parse(data);
  if (call?.kind === "beat") return { ...call, beat: cleanBeat(call.beat) };
  return call && { ...call, changes: cleanBeat(call.changes) };
}

function parse(data: RawData): LiveCall | undefined {
  try {
    return liveCall.safeParse(JSON.parse(String(data))).data;
  } catch {
    return undefined;
  }
}

function drop(this: WebSocket): void {
  this.terminate();
}
