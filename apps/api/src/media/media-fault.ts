import type { AssetFault } from "@vitrine/core/model/asset";

/** What is wrong with a file, as people are told. */
export class MediaFault extends Error {
  readonly fault: AssetFault;
  constructor(fault: AssetFault, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "MediaFault";
    this.fault = fault;
  }
}

/** The fault of a file whose structure does not hold. */
export function damaged(message: string, cause?: unknown): MediaFault {
  return new MediaFault("damaged", message, cause);
}
