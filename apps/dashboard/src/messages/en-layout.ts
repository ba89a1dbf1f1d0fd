import { layout } from "./en/layout.ts";

/** Texts of the page of one layout, which come with that page. */
export const enLayout = layout;
