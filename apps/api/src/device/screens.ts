import { createHash } from "node:crypto";
import type { DeviceBinding } from "../auth/device-tokens.ts";
import type { ManifestSubjects } from "../manifest/manifests.ts";
import type { HintStream } from "./hints/hint-stream.ts";
import type { Presence } from "./presence/presence.ts";

/** What this process knows of one screen; kept small, there are tens of thousands. */
export type Screen = {
  readonly organizationId: string;
  readonly deviceId: string;
  lastContactMs: number;
  /** From where its newest session was opened; undefined while that is not known here. */
  openedFrom: string | undefined;
  lastHeardMs: number;
  /** It beats; false from the moment its silence or its orderly stop was noticed. */
  isHeard: boolean;
  stream: HintStream | undefined;
  presence: Presence | undefined;
  /** The manifest last built for it here; undefined until one was. */
  manifest: ScreenManifest | undefined;
  /** Commands may wait for it: the database has to be asked. */
  mayHaveCommands: boolean;
  /** Something that its last manifest was made of has changed since; true while none is known. */
  isTouched: boolean;
};

/** `sameAs`: ETags of manifests before it that differ from it in what the screen does not show, if at all. */
export type ScreenManifest = {
  readonly etag: string;
  readonly sameAs: readonly string[];
  readonly revision: number;
  readonly hasContent: boolean;
  readonly interest: Interest;
};

/** All that a manifest was made of; one object for all screens that play the same. */
export type Interest = {
  readonly key: string;
  readonly ids: ReadonlySet<string>;
  readonly screens: Set<Screen>;
};

type OfOrganization = { screens: Map<string, Screen>; interests: Map<string, Interest> };

/** The screens that spoke to this process lately, by organization. */
export type Screens = {
  /** The screen of a verified token; made when it is not known yet. */
  open(binding: Pick<DeviceBinding, "organizationId" | "deviceId">): Screen;
  find(organizationId: string, deviceId: string): Screen | undefined;
  hasAny(organizationId: string): boolean;
  ofOrganization(organizationId: string): Iterable<Screen>;
  interestsOf(organizationId: string): Iterable<Interest>;
  all(): Iterable<Screen>;
  /** Notes what a manifest built for the screen was made of. */
  setManifest(
    screen: Screen,
    manifest: Omit<ScreenManifest, "interest"> & { subjects: ManifestSubjects },
  ): void;
  /** Forgets a screen. */
  drop(screen: Screen): void;
};

/** Digests by list: screens that play the same share one list, so each is digested once a revision. */
const digests = new WeakMap<readonly string[], string>();

/** Makes the register. */
export function makeScreens(): Screens {
  const organizations = new Map<string, OfOrganization>();

  const leave = (screen: Screen) => {
    const interest = screen.manifest?.interest;
    if (!interest) return;
    interest.screens.delete(screen);
    if (interest.screens.size === 0) organizations.get(screen.organizationId)?.interests.delete(interest.key);
  };
  return {
    open({ organizationId, deviceId }) {
      const own = organizations.get(organizationId) ?? { screens: new Map(), interests: new Map() };
      organizations.set(organizationId, own);
      const known = own.screens.get(deviceId);
      if (known) return known;
      const screen: Screen = {
        organizationId,
        deviceId,
        lastContactMs: 0,
        openedFrom: undefined,
        lastHeardMs: 0,
        isHeard: false,
        stream: undefined,
        presence: undefined,
        manifest: undefined,
        mayHaveCommands: true,
        isTouched: true,
      };
      own.screens.set(deviceId, screen);
      return screen;
    },
    find: (organizationId, deviceId) => organizations.get(organizationId)?.screens.get(deviceId),
    hasAny: (organizationId) => organizations.has(organizationId),
    ofOrganization: (organizationId) => organizations.get(organizationId)?.screens.values() ?? [],
    interestsOf: (organizationId) => organizations.get(organizationId)?.interests.values() ?? [],
    *all() {
      for (const { screens } of organizations.values()) yield* screens.values();
    },
    setManifest(screen, { subjects, ...manifest }) {
      const own = organizations.get(screen.organizationId);
      if (own?.screens.get(screen.deviceId) !== screen) return;
      leave(screen);
      const key = digestOf(subjects.ids);
      const interest = own.interests.get(key) ?? makeInterest(key, subjects);
      own.interests.set(key, interest);
      interest.screens.add(screen);
      screen.manifest = { ...manifest, interest };
      screen.isTouched = false;
    },
    drop(screen) {
      leave(screen);
      const own = organizations.get(screen.organizationId);
      own?.screens.delete(screen.deviceId);
      if (own?.screens.size === 0) organizations.delete(screen.organizationId);
    },
  };
}

function digestOf(ids: readonly string[]): string {
  const known = digests.get(ids);
  if (known !== undefined) return known;
  const digest = createHash("sha256").update(ids.join()).digest("base64url");
  digests.set(ids, digest);
  return digest;
}

function makeInterest(key: string, { ids }: ManifestSubjects): Interest {
  return { key, ids: new Set(ids), screens: new Set() };
}
