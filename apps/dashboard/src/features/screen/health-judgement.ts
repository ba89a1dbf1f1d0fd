export type Judgement = "ok" | "high" | "tooHigh";

/** A small board slows itself down from 80 °C; from 70 °C on it lacks air. */
export function judgeTemperature(celsius: number): Judgement {
  return celsius >= 80 ? "tooHigh" : celsius >= 70 ? "high" : "ok";
}

/** How full something is that must not be full. */
export function judgeShare(share: number): Judgement {
  return share >= 0.95 ? "tooHigh" : share >= 0.85 ? "high" : "ok";
}

/** Work per core over a minute: above 1, things wait for each other. */
export function judgeLoad(load: number): Judgement {
  return load >= 1.5 ? "tooHigh" : load >= 0.9 ? "high" : "ok";
}

export type ClockState = "right" | "ahead" | "behind";

/** What an offset of the server's time from the machine's clock says of that clock: below a second it is right. */
export function judgeClock(offsetMs: number): ClockState {
  if (Math.abs(offsetMs) < 1000) return "right";
  return offsetMs > 0 ? "behind" : "ahead";
}
