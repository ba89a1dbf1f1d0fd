import { businesses } from "./en/businesses.ts";

/** Texts of businesses, which come with the parts that show them. */
export const enBusinesses = businesses;
