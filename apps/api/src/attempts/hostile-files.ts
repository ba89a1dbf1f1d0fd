import { makeFilm } from "../media/testing/make-film.ts";
import { drawQuarters, makeGif } from "../media/testing/make-pictures.ts";
import { bombs } from "./hostile-files/bombs.ts";
import { brokenFiles } from "./hostile-files/broken.ts";
import { drawings } from "./hostile-files/drawings.ts";
import { otherTypes } from "./hostile-files/other-types.ts";
import { pathTricks } from "./hostile-files/path-tricks.ts";
import { polyglots } from "./hostile-files/polyglots.ts";

/** A file as somebody with bad intent uploads it. */
export type HostileFile = {
  kind: "drawing" | "page" | "other" | "polyglot" | "bomb" | "broken" | "path";
  /** What it tries, in words. */
  trick: string;
  filename: string;
  bytes: Buffer;
};

/** Stands in every part that could do harm: nothing that is served may hold it. */
export const MARKER = "VITRINE-HOSTILE";

/** Small files of every kind that is taken, by their extension. */
export type Bases = Readonly<Record<"jpg" | "png" | "webp" | "gif" | "avif" | "mp4" | "webm", Buffer>>;

/** More than 500 files, the same each time; `port` is where those that call home call. */
export async function hostileFiles(port: number): Promise<HostileFile[]> {
  const picture = () => drawQuarters(64, 48);
  const bases: Bases = {
    jpg: await picture().jpeg().toBuffer(),
    png: await picture().png().toBuffer(),
    webp: await picture().webp().toBuffer(),
    gif: await makeGif(),
    avif: await picture().avif({ effort: 0 }).toBuffer(),
    mp4: await makeFilm({ container: "mp4", codec: "avc", seconds: 1 }),
    webm: await makeFilm({ container: "webm", codec: "vp9", seconds: 1 }),
  };
  return [
    ...drawings(port),
    ...otherTypes(port),
    ...polyglots(bases, port),
    ...(await bombs(bases)),
    ...brokenFiles(bases),
    ...pathTricks(bases.png),
  ];
}

/** Every so many-th of each kind, at least three of it. */
export function someOf(files: readonly HostileFile[], every: number): HostileFile[] {
  const kinds = Map.groupBy(files, ({ kind }) => kind);
  return [...kinds.values()].flatMap((of) => {
    const step = Math.max(1, Math.min(every, Math.floor(of.length / 3)));
    return of.filter((_file, at) => at % step === 0);
  });
}
