import { v7 } from "uuid";

/** Time and ids, passed in so that whoever uses them can be tested at any instant. */
export type Clock = { now(): Date; nowMs(): number };
export type NewId = () => string;

export const systemClock: Clock = { now: () => new Date(), nowMs: () => Date.now() };

/** UUIDv7: ordered by the time it was made. */
export const newId: NewId = () => v7();
