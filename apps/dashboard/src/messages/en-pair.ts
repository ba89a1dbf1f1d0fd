import { pair } from "./en/pair.ts";

/** Texts of pairing a screen, which come with its dialog. */
export const enPair = pair;
