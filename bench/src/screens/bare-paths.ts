/** What the plain server of the comparison answers to. */
export const BARE_PATHS = { live: "/live", broadcast: "/broadcast" } as const;
