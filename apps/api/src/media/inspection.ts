import { ASSET_FAULTS } from "@vitrine/core/model/asset";
import * as z from "zod";
import { MEDIA_TYPES } from "../platform/media-types.ts";
import { edit, MAX_EDITS } from "./edits.ts";

/** What the worker is asked: to look at a file, or to draw the card of a web page or stream. Results go to `outputDir`. */
export const inspectionTask = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("inspect"), path: z.string(), outputDir: z.string() }),
  z.strictObject({
    kind: z.literal("card"),
    shows: z.enum(["web", "stream"]),
    url: z.string().max(2000),
    outputDir: z.string(),
  }),
]);
export type InspectionTask = z.infer<typeof inspectionTask>;

/** The cleaned content: the file edited, or another file, by its name in `outputDir`. */
const content = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("edits"), edits: z.array(edit).max(2 * MAX_EDITS + 1) }),
  z.strictObject({ kind: z.literal("file"), name: z.literal("content") }),
]);
const thumbnail = z.strictObject({ name: z.literal("thumbnail") });
const pixels = z.int().min(1).max(100_000);

const picture = z.strictObject({
  kind: z.literal("image"),
  mediaType: z.enum(MEDIA_TYPES),
  width: pixels,
  height: pixels,
  content,
  thumbnail,
});
const film = z.strictObject({
  kind: z.literal("video"),
  mediaType: z.enum(MEDIA_TYPES),
  width: pixels,
  height: pixels,
  durationMs: z.int().min(1),
  codec: z.string().max(200),
  content,
  thumbnail,
});

/** What the worker found. `fault`: the file is refused. `error`: something else went wrong, not for the file's sake. */
export const inspectionResult = z.discriminatedUnion("kind", [
  picture,
  film,
  z.strictObject({ kind: z.literal("card"), thumbnail }),
  z.strictObject({ kind: z.literal("fault"), fault: z.enum(ASSET_FAULTS), detail: z.string().max(1000) }),
  z.strictObject({ kind: z.literal("error"), detail: z.string().max(1000) }),
]);
export type InspectionResult = z.infer<typeof inspectionResult>;
export type Picture = z.infer<typeof picture>;
export type Film = z.infer<typeof film>;
