import { getTRPCErrorFromUnknown } from "@trpc/server";
import { type LiveCall, liveCall } from "@vitrine/core/model/device-protocol";
import type { RawData, WebSocket } from "ws";
import { failureBody } from "../../http/errors.ts";
import type { Services } from "../../services.ts";
import { toAppError } from "../../trpc/errors.ts";
import { type DeviceIdentity, screenOf } from "../authorize-device.ts";
import { reportHeartbeat } from "../heartbeat/report-heartbeat.ts";
import { frameOf } from "../hints/frames.ts";
import type { HintStream } from "../hints/hint-stream.ts";
import type { Turns } from "./turns.ts";

/** A screen beats twice a minute, and a few times in a row when much happens. */
const MOST_UNDER_WAY = 4;
const NOT_UNDERSTOOD = 1008;

/** Serves one live connection to its end: hints from the hub, an answer to each beat, which is taken up in a turn. */
export function serveLive(
  { services, turns }: { services: Services; turns: Turns },
  identity: DeviceIdentity,
  socket: WebSocket,
): void {
  const { hints } = services.devices;
  const screen = screenOf(services, identity.binding);
  let underWay = 0;
  const take = async (stream: HintStream, data: RawData, receivedAtMs: number) => {
    const call = stream.isOpen ? read(data) : undefined;
    if (call) stream.send(await answerOf({ services, identity, receivedAtMs }, call));
    else socket.close(NOT_UNDERSTOOD);
    underWay -= 1;
  };
  socket.on("error", drop);
  socket.on("close", () => hints.close(screen, socket));
  const stream = hints.open(screen, socket);
  socket.on("message", (data, isBinary) => {
    if (isBinary || underWay >= MOST_UNDER_WAY) return socket.close(NOT_UNDERSTOOD);
    underWay += 1;
    const receivedAtMs = performance.now();
    turns.add(() => void take(stream, data, receivedAtMs));
  });
}

async function answerOf(
  {
    services,
    identity,
    receivedAtMs,
  }: { services: Services; identity: DeviceIdentity; receivedAtMs: number },
  { id, beat }: LiveCall,
): Promise<Buffer> {
  try {
    await services.devices.access.require(identity.binding);
    const answer = await reportHeartbeat({ services, ...identity }, beat);
    const heldMs = Number((performance.now() - receivedAtMs).toFixed(1));
    return frameOf({ kind: "beaten", id, heldMs, answer });
  } catch (cause) {
    const failure = toAppError(getTRPCErrorFromUnknown(cause));
    const requestId = services.newId();
    if (failure.code === "INTERNAL") services.log.error({ requestId, err: cause }, "beat of a screen failed");
    return frameOf({ kind: "refused", id, ...failureBody(requestId, failure) });
  }
}

function read(data: RawData): LiveCall | undefined {
  try {
    return liveCall.safeParse(JSON.parse(String(data))).data;
  } catch {
    return undefined;
  }
}

function drop(this: WebSocket): void {
  this.terminate();
}
