/// <reference types="node" />
/** How many generated cases a property gets: 30 in the suite, fewer in the quick check, 1,000 in the long run. */
export const RUNS = Number(process.env.VITRINE_RUNS ?? 30);
