import {
  acknowledgeCommandInput,
  eventsReceipt,
  heartbeatAnswer,
  heartbeatInput,
  openedSession,
  openSessionInput,
  pairingOutcome,
  playsReceipt,
  pollPairingInput,
  reportEventsInput,
  reportPlaysInput,
  startedPairing,
  startPairingInput,
} from "@vitrine/core/model/device-protocol";
import * as z from "zod";
import { acknowledgeCommand } from "../device/commands/acknowledge-command.ts";
import { reportHeartbeat } from "../device/heartbeat/report-heartbeat.ts";
import { reportEvents } from "../device/history/report-events.ts";
import { cleanBeat } from "../device/hostile-input.ts";
import { deviceRouterOf } from "../device/init.ts";
import { pollPairing } from "../device/pairing/poll-pairing.ts";
import { refusePairing } from "../device/pairing/refuse-pairing.ts";
import { startPairing } from "../device/pairing/start-pairing.ts";
import { reportPlays } from "../device/plays/report-plays.ts";
import { deviceProcedure, openDeviceProcedure } from "../device/procedures.ts";
import { openSession } from "../device/session/open-session.ts";

const nothing = z.strictObject({});

/** Everything that screens call, mounted apart at `/device/trpc`: no session, cookie or API key reaches it. */
export const deviceRouter = deviceRouterOf({
  pairing: deviceRouterOf({
    /** Begins a pairing. Errors: TOO_MANY_REQUESTS, BUSY. */
    start: openDeviceProcedure("a screen that nobody has claimed has nothing to prove yet")
      .input(startPairingInput)
      .output(startedPairing)
      .mutation(({ ctx, input }) => startPairing(ctx, input)),
    /** What has become of it. Errors: DEVICE_SIGNATURE_WRONG, TOO_MANY_REQUESTS. */
    poll: openDeviceProcedure("the device code and a signature by the key that began the pairing")
      .input(pollPairingInput)
      .output(pairingOutcome)
      .mutation(({ ctx, input }) => pollPairing(ctx, input)),
    /** The glass says no. Errors: NOT_FOUND, DEVICE_SIGNATURE_WRONG, TOO_MANY_REQUESTS. */
    refuse: openDeviceProcedure("the device code and a signature by the key that began the pairing")
      .input(pollPairingInput)
      .output(nothing)
      .mutation(({ ctx, input }) => refusePairing(ctx, input)),
  }),
  session: deviceRouterOf({
    /** Errors: DEVICE_SIGNATURE_WRONG, DEVICE_CLOCK_WRONG, DEVICE_REVOKED, TOO_MANY_REQUESTS, BUSY. */
    open: openDeviceProcedure("a signature by the screen's registered key")
      .input(openSessionInput)
      .output(openedSession)
      .mutation(({ ctx, input }) => openSession(ctx, input)),
  }),
  heartbeat: deviceRouterOf({
    /** How the screen is; the answer says what waits for it. */
    report: deviceProcedure
      .input(heartbeatInput)
      .output(heartbeatAnswer)
      .mutation(({ ctx, input }) => reportHeartbeat(ctx, cleanBeat(input))),
  }),
  plays: deviceRouterOf({
    /** Proof of play, idempotent. */
    report: deviceProcedure
      .input(reportPlaysInput)
      .output(playsReceipt)
      .mutation(({ ctx, input }) => reportPlays(ctx, input)),
  }),
  events: deviceRouterOf({
    /** What happened in the life of the screen, idempotent. Errors: TOO_MANY_REQUESTS. */
    report: deviceProcedure
      .input(reportEventsInput)
      .output(eventsReceipt)
      .mutation(({ ctx, input }) => reportEvents(ctx, input)),
  }),
  commands: deviceRouterOf({
    /** How a command ended. Errors: NOT_FOUND. */
    acknowledge: deviceProcedure
      .input(acknowledgeCommandInput)
      .output(nothing)
      .mutation(({ ctx, input }) => acknowledgeCommand(ctx, input)),
  }),
});
export type DeviceRouter = typeof deviceRouter;
