/** Often enough that no beat is late for it, seldom enough that beats come in rows. */
const MEETING_EVERY_MS = 1000;

/**
 * The first of the instants, at or after this one, at which all screens beat that are due, by the server's time (epoch
 * ms). A server that wakes for each of ten thousand beats spends more on waking than on beats; in rows they cost half.
 */
export function atMeeting(serverMs: number): number {
  return Math.ceil(serverMs / MEETING_EVERY_MS) * MEETING_EVERY_MS;
}
