import type { PLAYER_STATES } from "@vitrine/core/model/device";

export type LifeState = (typeof PLAYER_STATES)[number];

/** The life of a screen. Offline and recovering are conditions: they never stop what plays. */
export interface Life {
  readonly state: LifeState;
  readonly isOffline: boolean;
  readonly isRecovering: boolean;
  /** A person at the glass may still refuse the organization. */
  readonly isVetoOpen: boolean;
  /** A manifest is active that can be played from what is on disk. */
  readonly isPlayable: boolean;
}

export type LifeEvent =
  | { kind: "booted"; isClaimed: boolean; isVetoOpen: boolean; isPlayable: boolean }
  | { kind: "code_issued" }
  | { kind: "code_expired" }
  | { kind: "claimed"; isVetoOpen: boolean }
  | { kind: "veto_over" }
  | { kind: "refused" }
  | { kind: "playable" }
  | { kind: "revoked" }
  | { kind: "link_up" }
  | { kind: "link_down" }
  | { kind: "stage_lost" }
  | { kind: "stage_back" };

/** What the engine does because of an event, in order. */
export type LifeEffect =
  | { kind: "start_pairing" }
  | { kind: "stop_pairing" }
  | { kind: "start_link" }
  | { kind: "stop_link" }
  | { kind: "start_playback" }
  | { kind: "stop_playback" }
  | { kind: "tell_refusal" }
  | { kind: "wipe" }
  /** What the glass or the server should hear changed. */
  | { kind: "announce" };

export interface LifeStep {
  life: Life;
  effects: readonly LifeEffect[];
}

export const NEWBORN: Life = {
  state: "unpaired",
  isOffline: false,
  isRecovering: false,
  isVetoOpen: false,
  isPlayable: false,
};

/** The next life and what to do. Total: every event has an answer in every state. */
export function stepLife(life: Life, event: LifeEvent): LifeStep {
  return answerOf(TRANSITIONS[life.state], life, event);
}

type Handlers = { [Kind in LifeEvent["kind"]]: (life: Life, event: EventOf<Kind>) => LifeStep };
type EventOf<Kind extends LifeEvent["kind"]> = Extract<LifeEvent, { kind: Kind }>;

const stay = (life: Life): LifeStep => ({ life, effects: [] });
const announce: LifeEffect = { kind: "announce" };

const condition =
  (name: "isOffline" | "isRecovering", value: boolean) =>
  (life: Life): LifeStep =>
    life[name] === value ? stay(life) : { life: { ...life, [name]: value }, effects: [announce] };

/** Plays as soon as nothing speaks against it. */
const playIfPossible = (life: Life): LifeStep => {
  if (!life.isPlayable) return { life, effects: [announce] };
  return { life: { ...life, state: "playing" }, effects: [{ kind: "start_playback" }, announce] };
};

/** Back to a screen that belongs to nobody, on which nothing of the former owner is left. */
const startOver = (life: Life, before: readonly LifeEffect[]): LifeStep => ({
  life: { ...NEWBORN, isOffline: life.isOffline, isRecovering: life.isRecovering },
  effects: [...before, { kind: "wipe" }, { kind: "start_pairing" }, announce],
});

const endVeto = (life: Life): LifeStep =>
  life.isVetoOpen ? { life: { ...life, isVetoOpen: false }, effects: [announce] } : stay(life);

const conditions = {
  link_up: condition("isOffline", false),
  link_down: condition("isOffline", true),
  stage_lost: condition("isRecovering", true),
  stage_back: condition("isRecovering", false),
};

const beforeClaim = {
  ...conditions,
  claimed: (life: Life, event: EventOf<"claimed">): LifeStep => ({
    life: { ...life, state: "syncing", isVetoOpen: event.isVetoOpen, isPlayable: false },
    effects: [{ kind: "stop_pairing" }, { kind: "start_link" }, announce],
  }),
  veto_over: stay,
  refused: stay,
  playable: stay,
  revoked: stay,
};

const TRANSITIONS: Record<LifeState, Handlers> = {
  unpaired: {
    ...beforeClaim,
    booted(life, { isClaimed, isVetoOpen, isPlayable }) {
      if (!isClaimed) return { life, effects: [{ kind: "start_pairing" }, announce] };
      const claimed = playIfPossible({ ...life, state: "syncing", isVetoOpen, isPlayable });
      return { life: claimed.life, effects: [{ kind: "start_link" }, ...claimed.effects] };
    },
    code_issued: (life) => ({ life: { ...life, state: "pairing" }, effects: [announce] }),
    code_expired: stay,
  },
  pairing: {
    ...beforeClaim,
    booted: stay,
    code_issued: (life) => ({ life, effects: [announce] }),
    code_expired: (life) => ({ life: { ...life, state: "unpaired" }, effects: [announce] }),
  },
  syncing: {
    ...conditions,
    booted: stay,
    code_issued: stay,
    code_expired: stay,
    claimed: stay,
    veto_over: endVeto,
    refused: (life) =>
      life.isVetoOpen ? startOver(life, [{ kind: "tell_refusal" }, { kind: "stop_link" }]) : stay(life),
    playable: (life) => (life.isPlayable ? stay(life) : playIfPossible({ ...life, isPlayable: true })),
    revoked: (life) => startOver(life, [{ kind: "stop_link" }]),
  },
  playing: {
    ...conditions,
    booted: stay,
    code_issued: stay,
    code_expired: stay,
    claimed: stay,
    veto_over: endVeto,
    refused: (life) =>
      life.isVetoOpen
        ? startOver(life, [{ kind: "tell_refusal" }, { kind: "stop_playback" }, { kind: "stop_link" }])
        : stay(life),
    playable: stay,
    revoked: (life) => startOver(life, [{ kind: "stop_playback" }, { kind: "stop_link" }]),
  },
};

/** Guarantee behind the cast: the handler is looked up by the event's own kind, so it takes this event. */
function answerOf(handlers: Handlers, life: Life, event: LifeEvent): LifeStep {
  const handler = handlers[event.kind] as (life: Life, event: LifeEvent) => LifeStep;
  return handler(life, event);
}
