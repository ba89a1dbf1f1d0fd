import { median, percentile } from "./interleave.ts";
import { print } from "./print.ts";

/** Milliseconds that calls took, round by round, of two things measured in turn. */
export type Latencies = { ours: number[][]; peer: number[][] };

export type LatencyContest = {
  ours: () => Promise<void>;
  peer: () => Promise<void>;
  rounds?: number;
  /** Calls of either side in a round. */
  samples?: number;
};

/** Times calls of two things one at a time, in random order, after a warm-up of both. */
export async function compareLatency({
  ours,
  peer,
  rounds = 5,
  samples = 200,
}: LatencyContest): Promise<Latencies> {
  const latencies: Latencies = { ours: [], peer: [] };
  await timeInTurn({ ours, peer }, samples / 2);
  for (let round = 0; round < rounds; round += 1) {
    const times = await timeInTurn({ ours, peer }, samples);
    latencies.ours.push(times.ours);
    latencies.peer.push(times.peer);
  }
  return latencies;
}

async function timeInTurn({ ours, peer }: Pick<LatencyContest, "ours" | "peer">, samples: number) {
  const times = { ours: [] as number[], peer: [] as number[] };
  const timed = async (call: () => Promise<void>, into: number[]) => {
    const startMs = performance.now();
    await call();
    into.push(performance.now() - startMs);
  };
  for (let sample = 0; sample < samples; sample += 1) {
    const isOursFirst = Math.random() < 0.5;
    if (isOursFirst) await timed(ours, times.ours);
    await timed(peer, times.peer);
    if (!isOursFirst) await timed(ours, times.ours);
  }
  return times;
}

/** Prints p50 and p99 of either side, medians of the rounds, and their ratio with its spread; `target` is the ratio's. */
export function printLatencies(
  name: string,
  { ours, peer }: Latencies,
  { peer: peerName, target }: { peer: string; target?: string },
): void {
  for (const [label, share] of [
    ["p50", 0.5],
    ["p99", 0.99],
  ] as const) {
    const oursMs = ours.map((times) => percentile(times, share));
    const peerMs = peer.map((times) => percentile(times, share));
    const ratios = oursMs.map((value, round) => value / (peerMs[round] ?? Number.NaN));
    print({
      name: `${name}.${label}`,
      value: median(oursMs),
      unit: "ms",
      peer: peerName,
      peerValue: median(peerMs),
      min: Math.min(...oursMs),
      max: Math.max(...oursMs),
    });
    print({
      name: `${name}.${label}.ratio`,
      value: median(ratios),
      unit: "ratio",
      peer: peerName,
      min: Math.min(...ratios),
      max: Math.max(...ratios),
      ...(target === undefined || label === "p50" ? {} : { target }),
    });
  }
}
