import { open } from "node:fs/promises";
import * as z from "zod";
import { readPieces } from "../platform/file-pieces.ts";
import { damaged } from "./media-fault.ts";

const byteCount = z.int().min(0);

/** A step in writing a cleaned copy of a file: a part kept as it is, other bytes, or zeros. */
export const edit = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("keep"), start: byteCount, end: byteCount }),
  z.strictObject({ kind: z.literal("bytes"), base64: z.base64().max(100_000) }),
  z.strictObject({ kind: z.literal("zeros"), length: byteCount }),
]);
export type Edit = z.infer<typeof edit>;

/** The most steps that a file may need; one with more is refused as damaged. */
export const MAX_EDITS = 200_000;

/** A part of a file, `end` exclusive. */
export type Part = { start: number; end: number };

/**
 * Parts of a file that are kept, taken in order; neighbours become one. Throws `damaged` beyond `MAX_EDITS` and for a
 * part that the file does not have.
 */
export class KeptParts {
  readonly parts: Part[] = [];
  readonly #sizeBytes: number;

  constructor(sizeBytes: number) {
    this.#sizeBytes = sizeBytes;
  }

  keep(start: number, end: number): void {
    if (end > this.#sizeBytes) throw damaged("The file is cut off");
    const last = this.parts.at(-1);
    if (last?.end === start) last.end = end;
    else if (end > start) this.parts.push({ start, end });
    if (this.parts.length > MAX_EDITS) throw damaged("The file is in too many pieces");
  }

  edits(): Edit[] {
    return this.parts.map((part) => ({ kind: "keep", ...part }));
  }
}

/** A part that becomes `header` and zeros, of the same length, so that nothing after it moves. */
export type Blank = Part & { header: Buffer };

/** The steps that blank these parts of a file of `sizeBytes`. Throws `damaged` when they overlap. */
export function blankParts(sizeBytes: number, blanks: readonly Blank[]): Edit[] {
  const edits: Edit[] = [];
  let position = 0;
  for (const { start, end, header } of blanks.toSorted((a, b) => a.start - b.start)) {
    if (start < position) throw damaged("Parts of the file overlap");
    if (end > sizeBytes) throw damaged("The file is cut off");
    if (start > position) edits.push({ kind: "keep", start: position, end: start });
    if (header.length > 0) edits.push({ kind: "bytes", base64: header.toString("base64") });
    edits.push({ kind: "zeros", length: end - start - header.length });
    position = end;
  }
  if (position < sizeBytes) edits.push({ kind: "keep", start: position, end: sizeBytes });
  return edits;
}

/** Whether the steps give the file as it is. */
export function isUnchanged(edits: readonly Edit[], sizeBytes: number): boolean {
  const [only, ...others] = edits;
  return only?.kind === "keep" && only.start === 0 && only.end === sizeBytes && others.length === 0;
}

const ZEROS = Buffer.alloc(64 * 1024);

/** The edited content of the file at `path`, in pieces that are each valid until the next is asked for. */
export async function* applyEdits(
  path: string,
  edits: readonly Edit[],
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void, void> {
  await using file = await open(path, "r");
  for (const step of edits) {
    if (step.kind === "keep") yield* readPieces(file, step.start, step.end, signal);
    else if (step.kind === "bytes") yield Buffer.from(step.base64, "base64");
    else {
      for (let left = step.length; left > 0; left -= ZEROS.length) {
        signal?.throwIfAborted();
        yield ZEROS.subarray(0, Math.min(left, ZEROS.length));
      }
    }
  }
}
