import { schedule } from "./en/schedule.ts";

/** Texts of the schedule, which come with its page. */
export const enSchedule = { ...schedule };
