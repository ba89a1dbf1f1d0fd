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
