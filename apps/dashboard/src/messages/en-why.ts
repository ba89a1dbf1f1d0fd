import { why } from "./en/why.ts";

/** Texts of explanations, which come with the card that shows one. */
export const enWhy = { ...why };
