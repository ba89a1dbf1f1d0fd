import { damaged, MediaFault } from "./media-fault.ts";

/** Runs a decoder over a file: what it says against the file becomes a fault, what it says of our disk does not. */
export async function decoding<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error) || error instanceof MediaFault) throw error;
    if (/unix error|no space left|\bE(IO|NOSPC|ACCES|NOENT)\b/.test(error.message)) throw error;
    if (/pixel limit|too large|exceeds|insufficient memory|out of memory|allocation/i.test(error.message)) {
      throw new MediaFault("too_many_pixels", error.message, error);
    }
    throw damaged(error.message, error);
  }
}
