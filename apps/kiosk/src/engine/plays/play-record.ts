import { playReport } from "@vitrine/core/model/device-protocol";
import * as z from "zod";

/**
 * One record of the spool of plays. `open` is written when a showing begins, `alive` now and then while it lasts,
 * `done` with all of it when it ends; an `open` without `done` is a showing that the kiosk did not survive.
 */
export const playRecord = z.discriminatedUnion("k", [
  z.strictObject({ k: z.literal("open"), play: playReport }),
  z.strictObject({ k: z.literal("alive"), boot: z.string(), seq: z.int(), ms: z.int() }),
  z.strictObject({ k: z.literal("done"), play: playReport }),
]);
export type PlayRecord = z.infer<typeof playRecord>;
