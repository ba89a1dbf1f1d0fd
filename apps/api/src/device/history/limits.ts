/** A screen's history is kept this long, and at most this many events of it. */
export const HISTORY_DAYS = 90;
export const HISTORY_EVENTS = 10_000;
