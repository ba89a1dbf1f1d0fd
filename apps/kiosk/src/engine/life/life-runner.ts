import type { Clock } from "../platform/clock.ts";
import { describe, type Log } from "../platform/log.ts";
import { type Life, type LifeEffect, type LifeEvent, NEWBORN, stepLife } from "./machine.ts";

/** The life under way: takes events, has their effects carried out one after the other. */
export interface LifeRunner {
  life(): Life;
  dispatch(event: LifeEvent): void;
  /** Resolves when every effect so far was carried out. */
  settled(): Promise<void>;
  /** Whether one effect has been under way for so long that it will not end. */
  isStuck(): boolean;
}

export interface LifeRunnerDeps {
  clock: Clock;
  log: Log;
  perform(effect: LifeEffect): Promise<void> | void;
  /** The life is another one now, or has something new to tell. */
  onChange(life: Life): void;
  /** Fires when the kiosk stops: nothing is taken or carried out any more. */
  signal: AbortSignal;
}

const STUCK_MS = 2 * 60_000;
const TOLD_ALWAYS: readonly LifeEvent["kind"][] = ["booted", "code_issued"];

/** Begins the life of a screen that has not booted. An effect that fails is logged, and the next one has its turn. */
export function createLifeRunner({ clock, log, perform, onChange, signal }: LifeRunnerDeps): LifeRunner {
  let life: Life = NEWBORN;
  let effects = Promise.resolve();
  let begunAtMs: number | undefined;

  const carryOut = async (effect: LifeEffect) => {
    begunAtMs = clock.monotonicMs();
    try {
      if (!signal.aborted) await perform(effect);
    } catch (error) {
      log.error("effect_failed", { effect: effect.kind, reason: describe(error) });
    } finally {
      begunAtMs = undefined;
    }
  };

  return {
    life: () => life,
    settled: () => effects,
    isStuck: () => begunAtMs !== undefined && clock.monotonicMs() - begunAtMs > STUCK_MS,
    dispatch(event) {
      if (signal.aborted) return;
      const before = life;
      const step = stepLife(life, event);
      life = step.life;
      for (const effect of step.effects) effects = effects.then(() => carryOut(effect));
      if (life !== before) log.info("life", { event: event.kind, ...life });
      if (life !== before || TOLD_ALWAYS.includes(event.kind)) onChange(life);
    },
  };
}
