import { airtime } from "./en/airtime.ts";
import { screen } from "./en/screen.ts";
import { screenHealth } from "./en/screen-health.ts";
import { screenHistory } from "./en/screen-history.ts";

/** Texts of the page of one screen, which come with that page. */
export const enScreen = { ...screen, ...screenHealth, ...screenHistory, ...airtime };
