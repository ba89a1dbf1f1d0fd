import type { DisplayReport } from "@vitrine/core/model/device-health";

/** What a back-end saw: the display's name, as it calls it, and whether it has a picture. */
export interface Sight {
  /** Null when none is connected. */
  output: string | null;
  observed: DisplayReport["observed"];
}

/** One way to look at a display and to switch it. Both reject with a sentence. */
export interface DisplayBackend {
  readonly kind: DisplayReport["backend"];
  look(signal: AbortSignal): Promise<Sight>;
  /** Orders; whether it was obeyed is for `look` to tell. */
  setPower(desired: "on" | "off", signal: AbortSignal): Promise<void>;
}
