import * as z from "zod";

/** How the screens of a worker are; `shown` and `failed` count since its start. */
export const fleetFigures = z.strictObject({
  screens: z.int(),
  unpaired: z.int(),
  pairing: z.int(),
  syncing: z.int(),
  playing: z.int(),
  offline: z.int(),
  shown: z.int(),
  failed: z.int(),
  memoryBytes: z.number(),
});
export type FleetFigures = z.infer<typeof fleetFigures>;

/** What a worker tells the process that started it; `code` asks for a screen to be claimed. */
export const fromWorker = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("code"), code: z.string(), name: z.string() }),
  z.strictObject({ kind: z.literal("figures"), figures: fleetFigures }),
  z.strictObject({ kind: z.literal("trouble"), text: z.string() }),
]);
export type FromWorker = z.infer<typeof fromWorker>;

/** Which screens a worker runs: `count` of them from number `first`: the first message it is sent. */
export const workerTask = z.strictObject({
  server: z.string(),
  data: z.string(),
  name: z.string(),
  first: z.int(),
  count: z.int(),
});
export type WorkerTask = z.infer<typeof workerTask>;

const ZERO: FleetFigures = {
  screens: 0,
  unpaired: 0,
  pairing: 0,
  syncing: 0,
  playing: 0,
  offline: 0,
  shown: 0,
  failed: 0,
  memoryBytes: 0,
};

/** The figures of several workers together. */
export function sumFigures(all: Iterable<FleetFigures>): FleetFigures {
  const sum = { ...ZERO };
  for (const one of all) {
    for (const name of fleetFigures.keyof().options) sum[name] += one[name];
  }
  return sum;
}
