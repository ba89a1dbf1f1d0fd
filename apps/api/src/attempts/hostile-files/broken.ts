import type { Bases, HostileFile } from "../hostile-files.ts";

const CUTS = [0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99];
const CHANGES = 14;

/** Files that are cut, or of which bytes are changed: decoders go astray in such. */
export function brokenFiles(bases: Bases): HostileFile[] {
  return Object.entries(bases).flatMap(([extension, bytes]) => {
    const cut = CUTS.map((share) => ({
      trick: `${extension} cut at ${share * 100} %`,
      bytes: bytes.subarray(0, Math.floor(bytes.length * share)),
    }));
    const changed = Array.from({ length: CHANGES }, (_, seed) => ({
      trick: `${extension} with changed bytes, ${seed}`,
      bytes: change(bytes, seed + 1),
    }));
    return [...cut, ...changed].map((file, at) => ({
      ...file,
      kind: "broken" as const,
      filename: `broken-${at}.${extension}`,
    }));
  });
}

/** Changes one byte of 200, always the same for a seed, and leaves the first 12, by which files are told apart. */
function change(bytes: Buffer, seed: number): Buffer {
  const copy = Buffer.from(bytes);
  let state = seed;
  for (let count = 0; count < Math.max(3, copy.length / 200); count += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    const at = 12 + (state % Math.max(1, copy.length - 12));
    copy[at] = (state >> 8) & 255;
  }
  return copy;
}
