import {
  assignPlaylistInput,
  claimDeviceInput,
  commandView,
  deviceCounts,
  devicePage,
  deviceView,
  findPairingInput,
  listDevicesInput,
  pairingRequestView,
  sendCommandInput,
  updateDeviceInput,
} from "@vitrine/core/model/device";
import {
  deviceDiagnosis,
  deviceEventPage,
  deviceFiles,
  deviceLog,
  deviceLogs,
  deviceTimeline,
  deviceTimelineInput,
  listDeviceEventsInput,
  readDeviceLogInput,
} from "@vitrine/core/model/device-health";
import { id } from "@vitrine/core/model/ids";
import { manifestPreview } from "@vitrine/core/model/manifest";
import * as z from "zod";
import { previewDevice } from "../../manifest/preview-manifest.ts";
import { router } from "../../trpc/init.ts";
import { organizationProcedure } from "../../trpc/procedures.ts";
import { assignPlaylist } from "./assign-playlist.ts";
import { claimDevice } from "./claim-device.ts";
import { deviceReaderOf } from "./device-reader.ts";
import { deviceTimelineOf } from "./device-timeline.ts";
import { diagnoseDevice } from "./diagnose-device.ts";
import { findPairing } from "./find-pairing.ts";
import { listCommands } from "./list-commands.ts";
import { listEvents } from "./list-events.ts";
import { listFiles } from "./list-files.ts";
import { listLogs, readLog } from "./logs.ts";
import { countDevices, getDevice, listDevices, listDeviceTags } from "./queries.ts";
import { revokeDevice } from "./revoke-device.ts";
import { sendCommand } from "./send-command.ts";
import { updateDevice } from "./update-device.ts";

const nothing = z.strictObject({});
const one = z.strictObject({ id });

export const devicesRouter = router({
  /** Screens by name or time, a page at a time, with true totals whatever the filter. */
  list: organizationProcedure("devices.view")
    .input(listDevicesInput)
    .output(devicePage)
    .query(({ ctx, input }) => listDevices(deviceReaderOf(ctx), input)),
  /** One screen, taken back or not. Errors: NOT_FOUND. */
  get: organizationProcedure("devices.view")
    .input(one)
    .output(deviceView)
    .query(({ ctx, input }) => getDevice(deviceReaderOf(ctx), input.id)),
  /** How many screens are in each state. */
  counts: organizationProcedure("devices.view")
    .output(deviceCounts)
    .query(({ ctx }) => countDevices(deviceReaderOf(ctx))),
  /** Tags of present screens, most used first, at most 500. */
  tags: organizationProcedure("devices.view")
    .output(z.strictObject({ tags: z.array(z.strictObject({ tag: z.string(), count: z.int() })) }))
    .query(async ({ ctx }) => ({ tags: await listDeviceTags(deviceReaderOf(ctx)) })),
  /** The screen that shows a code. Errors: PAIRING_CODE_UNKNOWN, PAIRING_LOCKED. */
  findPairing: organizationProcedure("devices.pair")
    .input(findPairingInput)
    .output(pairingRequestView)
    .query(({ ctx, input }) => findPairing(ctx, input)),
  /** Makes it the organization's. Errors: PAIRING_CODE_UNKNOWN, PAIRING_LOCKED, NOT_FOUND for an unknown playlist. */
  claim: organizationProcedure("devices.pair")
    .input(claimDeviceInput)
    .output(deviceView)
    .mutation(async ({ ctx, input }) => getDevice(deviceReaderOf(ctx), await claimDevice(ctx, input))),
  /** Changes name, time zone, rotation or tags. Errors: NOT_FOUND. */
  update: organizationProcedure("devices.edit")
    .input(updateDeviceInput)
    .output(deviceView)
    .mutation(async ({ ctx, input }) => {
      await updateDevice(ctx, input);
      return getDevice(deviceReaderOf(ctx), input.id);
    }),
  /** Gives screens a playlist, all or none. Errors: NOT_FOUND. */
  assignPlaylist: organizationProcedure("devices.assign")
    .input(assignPlaylistInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => {
      await assignPlaylist(ctx, input);
      return {};
    }),
  /** Takes a screen back, for good. Errors: NOT_FOUND. */
  revoke: organizationProcedure("devices.revoke")
    .input(one)
    .output(nothing)
    .mutation(async ({ ctx, input }) => {
      await revokeDevice(ctx, input.id);
      return {};
    }),
  /** Tells a screen to do something. Errors: NOT_FOUND, TOO_MANY_REQUESTS. */
  sendCommand: organizationProcedure("devices.control")
    .input(sendCommandInput)
    .output(commandView)
    .mutation(({ ctx, input }) => sendCommand(ctx, input)),
  /** Its latest commands, newest first. Errors: NOT_FOUND. */
  commands: organizationProcedure("devices.view")
    .input(z.strictObject({ deviceId: id }))
    .output(z.strictObject({ commands: z.array(commandView) }))
    .query(async ({ ctx, input }) => ({ commands: await listCommands(deviceReaderOf(ctx), input.deviceId) })),
  /** Why it is offline, behind, black or in trouble, most probable causes first. Errors: NOT_FOUND. */
  diagnose: organizationProcedure("devices.view")
    .input(one)
    .output(deviceDiagnosis)
    .query(({ ctx, input }) => diagnoseDevice(deviceReaderOf(ctx), input.id)),
  /** What it was in a range of at most 31 days. Errors: NOT_FOUND, INVALID_INPUT. */
  timeline: organizationProcedure("devices.view")
    .input(deviceTimelineInput)
    .output(deviceTimeline)
    .query(({ ctx, input }) => deviceTimelineOf(deviceReaderOf(ctx), input)),
  /** What happened to it, newest first, a page at a time. Errors: NOT_FOUND. */
  events: organizationProcedure("devices.view")
    .input(listDeviceEventsInput)
    .output(deviceEventPage)
    .query(({ ctx, input }) => listEvents(deviceReaderOf(ctx), input)),
  /** The files that it still lacks. Errors: NOT_FOUND. */
  files: organizationProcedure("devices.view")
    .input(one)
    .output(deviceFiles)
    .query(({ ctx, input }) => listFiles(deviceReaderOf(ctx), input.id)),
  /** The logs that it sent, newest first. Errors: NOT_FOUND. */
  logs: organizationProcedure("devices.view")
    .input(z.strictObject({ deviceId: id }))
    .output(deviceLogs)
    .query(({ ctx, input }) => listLogs(deviceReaderOf(ctx), input.deviceId)),
  /** The newest lines of one of them that meet a filter. Errors: NOT_FOUND. */
  readLog: organizationProcedure("devices.view")
    .input(readDeviceLogInput)
    .output(deviceLog)
    .query(({ ctx, input }) => readLog({ ...deviceReaderOf(ctx), blobs: ctx.services.blobs }, input)),
  /** What it should be playing, with addresses for its files. Errors: NOT_FOUND. */
  preview: organizationProcedure("devices.view")
    .input(one)
    .output(manifestPreview)
    .query(({ ctx, input }) => previewDevice(deviceReaderOf(ctx), input.id)),
});
