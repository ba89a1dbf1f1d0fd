import { dayparts } from "./en/dayparts.ts";

/** Texts of named hours, which come with the parts that show them. */
export const enDayparts = dayparts;
