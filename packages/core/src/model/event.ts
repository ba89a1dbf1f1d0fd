import * as z from "zod";
import { id } from "./ids.ts";

/** Things whose change is told to open dashboards and affected screens. */
export const SUBJECTS = [
  "organization",
  "member",
  "invitation",
  "business",
  "apiKey",
  "asset",
  "playlist",
  "layout",
  "daypart",
  "entry",
  "group",
  "device",
  "command",
] as const;
export const subject = z.enum(SUBJECTS);
export type Subject = z.infer<typeof subject>;

/** A change of more things than this is told in several events. */
export const CHANGE_IDS = 1000;

/** A committed change: which things, not what they are now. The reader fetches what it shows. */
export const changeEvent = z.strictObject({
  subject,
  ids: z.array(id).max(CHANGE_IDS),
  action: z.string().max(60),
});
export type ChangeEvent = z.infer<typeof changeEvent>;

/** A change read back: one that is not understood stands for a change of the organization, which concerns everybody. */
export const storedChange = changeEvent.catch({ subject: "organization", ids: [], action: "changed" });

/** What the dashboard's stream carries. `status` is not replayed: it is the latest word of screens. */
export const streamEvent = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("change"), change: changeEvent }),
  z.strictObject({ kind: z.literal("status"), deviceIds: z.array(id) }),
  /** Events before this point are gone: fetch everything anew. */
  z.strictObject({ kind: z.literal("reset") }),
]);
export type StreamEvent = z.infer<typeof streamEvent>;
