import type { Comparison } from "./interleave.ts";

/** One measured figure. Ratios name what they are against in `peer`, measured in the same run. */
export type Figure = {
  name: string;
  value: number;
  unit: string;
  peer?: string;
  peerValue?: number;
  /** Spread over the rounds of an interleaved comparison. */
  min?: number;
  max?: number;
  target?: string;
};

/** Prints a figure as one JSON line. */
export function print(figure: Figure): void {
  const rounded = Object.fromEntries(
    Object.entries(figure).map(([key, value]) => [
      key,
      typeof value === "number" ? Number(value.toPrecision(4)) : value,
    ]),
  );
  process.stdout.write(`${JSON.stringify(rounded)}\n`);
}

/** Prints the rates of an interleaved comparison, and their ratio with its spread; `target` is the ratio's. */
export function printComparison(
  name: string,
  { ours, peer: peerValue, ratio, minRatio, maxRatio }: Comparison,
  { peer, target }: { peer: string; target?: string },
): void {
  print({ name: `${name}.rate`, value: ours, unit: "1/s", peer, peerValue });
  print({
    name: `${name}.ratio`,
    value: ratio,
    unit: "ratio",
    peer,
    min: minRatio,
    max: maxRatio,
    ...(target === undefined ? {} : { target }),
  });
}
