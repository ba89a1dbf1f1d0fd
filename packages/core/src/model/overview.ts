import * as z from "zod";
import { deviceStatus, deviceView } from "./device.ts";

/** At most this many screens are shown on the overview. */
export const OVERVIEW_DEVICES = 12;

/** The state of an organization at a glance. */
export const overviewView = z.strictObject({
  /** What a newcomer has done: `isPlaying` only when a screen's own stage confirmed a picture lately. */
  firstSteps: z.strictObject({
    hasContent: z.boolean(),
    hasPlaylist: z.boolean(),
    hasScreen: z.boolean(),
    isPlaying: z.boolean(),
  }),
  /** Present screens by status. */
  counts: z.record(deviceStatus, z.int().min(0)),
  assetCount: z.int().min(0),
  playlistCount: z.int().min(0),
  storageBytes: z.int().min(0),
  /** The newest screens, newest first. */
  recentDevices: z.array(deviceView).max(OVERVIEW_DEVICES),
});
export type OverviewView = z.infer<typeof overviewView>;
