import { expect, it } from "vitest";
import { StageClock } from "./stage-clock.ts";

function makeClock() {
  const machine = { monotonic: 1000, wall: 1_000_000 };
  const clock = new StageClock({ monotonicMs: () => machine.monotonic, wallMs: () => machine.wall });
  const pass = (durationMs: number) => {
    machine.monotonic += durationMs;
    machine.wall += durationMs;
  };
  return { machine, clock, pass };
}

it("is the wall clock until it hears of an offset, then the server's", () => {
  const { clock, pass } = makeClock();
  pass(50);
  expect(clock.now()).toBe(1_000_050);
  clock.sync(-30_000);
  pass(25);
  expect(clock.now()).toBe(970_075);
});

it("does not move when somebody sets the system's clock, before or after the next message", () => {
  const { machine, clock, pass } = makeClock();
  clock.sync(200);
  machine.wall += 3_600_000;
  pass(10);
  expect(clock.now()).toBe(1_000_210);
  clock.sync(200 - 3_600_000);
  expect(clock.now()).toBe(1_000_210);
});

it("takes no notice of the rounding of the wall clock, and follows a true correction", () => {
  const { clock } = makeClock();
  clock.sync(100);
  clock.sync(101);
  expect(clock.now()).toBe(1_000_100);
  clock.sync(140);
  expect(clock.now()).toBe(1_000_140);
});

it("tells the time of a frame by its timestamp", () => {
  const { clock } = makeClock();
  clock.sync(0);
  expect(clock.at(990)).toBe(999_990);
});
