import type {
  About,
  Brand,
  ClaimedMessage,
  Scene,
  SettingsMessage,
  VetoMessage,
} from "../../shared/messages.ts";
import type { Shell } from "../../shared/shell.ts";
import type { OpenPairing } from "../identity/credential.ts";
import type { Life } from "../life/machine.ts";
import type { ServerClock } from "../link/server-clock.ts";
import { unreachable } from "../platform/unreachable.ts";
import type { DirectorScene } from "../playback/director.ts";

const NO_OFFER = JSON.stringify(null);

/** All that decides which scene is on the glass. */
export interface GlassFacts {
  life: Life;
  hasBooted: boolean;
  serverHost: string;
  pairing: OpenPairing | undefined;
  organizationName: string | undefined;
  screenName: string | undefined;
  brand: Brand | undefined;
  about: About;
  vetoUntilMs: number;
  progress: { readyBytes: number; totalBytes: number } | null;
  playback: DirectorScene | undefined;
  settings: SettingsMessage;
}

/** Tells the stage what to show, and again only when it is something else. */
export interface Glass {
  render(): void;
  /** A stage stands that knows nothing yet. */
  renderAll(): void;
}

export interface GlassDeps {
  shell: Pick<Shell, "send">;
  serverClock: ServerClock;
  getFacts(): GlassFacts;
}

/** The glass of one shell. */
export function createGlass({ shell, serverClock, getFacts }: GlassDeps): Glass {
  let lastScene = "";
  let lastSettings = "";
  let lastOffer = NO_OFFER;
  const render = () => {
    const facts = getFacts();
    const settings = JSON.stringify(facts.settings);
    if (settings !== lastSettings) shell.send(facts.settings);
    lastSettings = settings;
    const scene = sceneOf(facts, serverClock.offsetMs());
    if (!scene) return;
    const text = JSON.stringify({ ...scene, clockOffsetMs: roundedOffset(scene) });
    if (text !== lastScene) shell.send(scene);
    lastScene = text;
    const offer = offerOf(facts, scene);
    if (JSON.stringify(offer) !== lastOffer) shell.send({ kind: "veto", offer });
    lastOffer = JSON.stringify(offer);
  };
  return {
    render,
    renderAll() {
      lastScene = "";
      lastSettings = "";
      lastOffer = NO_OFFER;
      render();
    },
  };
}

/** The scene for some facts; undefined: leave on the glass what is there. */
export function sceneOf(facts: GlassFacts, clockOffsetMs: number): Scene | undefined {
  const { life, pairing, playback, about } = facts;
  const brand = brandOf(facts);
  if (!facts.hasBooted) return splash(facts, "starting");
  switch (life.state) {
    case "unpaired":
      return splash(facts, life.isOffline ? "offline" : "connecting");
    case "pairing":
      if (!pairing) return splash(facts, "connecting");
      return {
        kind: "pairing",
        clockOffsetMs,
        userCode: pairing.userCode,
        claimUrl: pairing.claimUrl,
        serverHost: facts.serverHost,
        startedAtMs: Date.parse(pairing.startedAt),
        expiresAtMs: Date.parse(pairing.expiresAt),
        isOnline: !life.isOffline,
        about,
      };
    case "syncing":
      if (life.isVetoOpen) return claimed(facts, clockOffsetMs);
      return splash(facts, life.isOffline ? "offline" : "syncing");
    case "playing":
      if (playback?.kind === "plan") return playback.plan;
      if (playback && life.isVetoOpen) return claimed(facts, clockOffsetMs);
      if (playback?.kind === "waiting") return splash(facts, life.isOffline ? "offline" : "syncing");
      if (playback?.kind === "idle") {
        return {
          kind: "idle",
          screenName: facts.screenName ?? "",
          organizationName: facts.organizationName ?? "",
          serverHost: facts.serverHost,
          isOnline: !life.isOffline,
          ...brand,
          about,
        };
      }
      return undefined;
    default:
      return unreachable(life.state);
  }
}

function claimed(facts: GlassFacts, clockOffsetMs: number): ClaimedMessage {
  const organizationName = facts.organizationName ?? "";
  const { vetoUntilMs, about } = facts;
  return { kind: "claimed", clockOffsetMs, organizationName, vetoUntilMs, ...brandOf(facts), about };
}

function brandOf({ brand }: GlassFacts): { brand?: Brand } {
  return brand ? { brand } : {};
}

/** Content plays at once; who stands before the screen is told over it whose it is, and may refuse. */
function offerOf({ life, organizationName, vetoUntilMs }: GlassFacts, scene: Scene): VetoMessage["offer"] {
  if (!life.isVetoOpen || scene.kind !== "plan") return null;
  return { organizationName: organizationName ?? "", untilMs: vetoUntilMs };
}

function splash(facts: GlassFacts, status: "starting" | "connecting" | "offline" | "syncing"): Scene {
  return {
    kind: "splash",
    status,
    serverHost: facts.serverHost,
    screenName: facts.screenName ?? null,
    organizationName: facts.organizationName ?? null,
    progress: status === "syncing" ? facts.progress : null,
    ...brandOf(facts),
    about: facts.about,
  };
}

/** Small corrections of the clock alone are no reason to say everything again; a jump is. */
function roundedOffset(scene: Scene): number | undefined {
  return "clockOffsetMs" in scene ? Math.round(scene.clockOffsetMs / 20) : undefined;
}
