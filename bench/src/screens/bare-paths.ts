/** What the plain server of the comparison answers to. */
export const BARE_PATHS = { hints: "/hints", beat: "/beat", broadcast: "/broadcast" } as const;
