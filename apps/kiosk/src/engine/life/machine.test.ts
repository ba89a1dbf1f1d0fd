import fc from "fast-check";
import { expect, test } from "vitest";
import { type Life, type LifeEffect, type LifeEvent, NEWBORN, stepLife } from "./machine.ts";

const event: fc.Arbitrary<LifeEvent> = fc.oneof(
  fc.record({
    kind: fc.constant("booted" as const),
    isClaimed: fc.boolean(),
    isVetoOpen: fc.boolean(),
    isPlayable: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("claimed" as const), isVetoOpen: fc.boolean() }),
  fc.constantFrom(
    ...(
      [
        "code_issued",
        "code_expired",
        "veto_over",
        "refused",
        "playable",
        "revoked",
        "link_up",
        "link_down",
        "stage_lost",
        "stage_back",
      ] as const
    ).map((kind) => ({ kind })),
  ),
);
const events = fc.array(event, { maxLength: 40 });

interface Running {
  pairing: boolean;
  link: boolean;
  playback: boolean;
}

function apply(running: Running, { kind }: LifeEffect): Running {
  switch (kind) {
    case "start_pairing":
      expect(running.pairing).toBe(false);
      return { ...running, pairing: true };
    case "stop_pairing":
      return { ...running, pairing: false };
    case "start_link":
      expect(running.link).toBe(false);
      return { ...running, link: true };
    case "stop_link":
      expect(running.link).toBe(true);
      return { ...running, link: false };
    case "start_playback":
      expect(running.playback).toBe(false);
      return { ...running, playback: true };
    case "stop_playback":
      expect(running.playback).toBe(true);
      return { ...running, playback: false };
    default:
      return running;
  }
}

const booted: LifeEvent = { kind: "booted", isClaimed: false, isVetoOpen: false, isPlayable: false };

test("L1: whatever happens, what runs is what the state says: pairing before the claim, the link after it, playback in playing alone", () => {
  fc.assert(
    fc.property(
      fc.boolean(),
      fc.boolean(),
      fc.boolean(),
      events,
      (isClaimed, isVetoOpen, isPlayable, later) => {
        let life: Life = NEWBORN;
        let running: Running = { pairing: false, link: false, playback: false };
        for (const one of [
          { ...booted, isClaimed, isVetoOpen, isPlayable },
          ...later.filter(({ kind }) => kind !== "booted"),
        ]) {
          const step = stepLife(life, one);
          life = step.life;
          running = step.effects.reduce(apply, running);
          const isClaimedNow = life.state === "syncing" || life.state === "playing";
          expect(running).toEqual({
            pairing: !isClaimedNow,
            link: isClaimedNow,
            playback: life.state === "playing",
          });
        }
      },
    ),
  );
});

test("L4: only a revocation or a refusal wipes, and what plays stops for nothing else", () => {
  fc.assert(
    fc.property(events, event, (before, next) => {
      const life = before.reduce((one, happened) => stepLife(one, happened).life, NEWBORN);
      const { effects, life: after } = stepLife(life, next);
      const isEnding = next.kind === "revoked" || next.kind === "refused";
      if (effects.some(({ kind }) => kind === "wipe")) expect(isEnding).toBe(true);
      if (life.state === "playing" && after.state !== "playing") expect(isEnding).toBe(true);
    }),
  );
});

test("L2: offline and recovering are conditions: they change no state and start or stop nothing", () => {
  fc.assert(
    fc.property(
      events,
      fc.constantFrom("link_up", "link_down", "stage_lost", "stage_back"),
      (before, kind) => {
        const life = before.reduce((one, happened) => stepLife(one, happened).life, NEWBORN);
        const { effects, life: after } = stepLife(life, { kind });
        expect(after.state).toBe(life.state);
        expect(effects.filter((effect) => effect.kind !== "announce")).toEqual([]);
      },
    ),
  );
});

test("L3: what is playable plays, and a refusal ends the claim while the veto is open and never after", () => {
  fc.assert(
    fc.property(events, (happened) => {
      let life = NEWBORN;
      for (const one of happened) {
        const before = life;
        const step = stepLife(life, one);
        life = step.life;
        if (life.state === "syncing") expect(life.isPlayable).toBe(false);
        if (one.kind !== "refused") continue;
        const hasEnded = step.effects.some(({ kind }) => kind === "tell_refusal");
        expect(hasEnded).toBe(before.isVetoOpen);
        if (hasEnded) expect(life.state).toBe("unpaired");
      }
    }),
  );
});
