import type { ToStage } from "./stage-messages.ts";

/** What the stage is told of a screen that has nothing to play. */
export function idleScene({
  screenName,
  organizationName,
  color,
  logoUrl,
}: {
  screenName: string;
  organizationName: string;
  color: string | null;
  logoUrl: string | null;
}): ToStage {
  const logoSrc = logoUrl && new URL(logoUrl, globalThis.location?.href).href;
  return {
    kind: "idle",
    screenName,
    organizationName,
    serverHost: null,
    isOnline: true,
    brand: { color, logoSrc },
  };
}
