import type { LifeDetails } from "./engine/engine-deps.ts";
import type { Life } from "./engine/life/machine.ts";
import { unreachable } from "./engine/platform/unreachable.ts";

/** One line for the console that says how the screen is. */
export function lifeLine(life: Life, details: LifeDetails): string {
  const conditions = [life.isOffline ? "offline" : "", life.isRecovering ? "recovering" : ""].filter(Boolean);
  const suffix = conditions.length > 0 ? ` (${conditions.join(", ")})` : "";
  return `${stateText(life, details)}${suffix}`;
}

function stateText(life: Life, { userCode, organizationName }: LifeDetails): string {
  switch (life.state) {
    case "unpaired":
      return "Not paired; asking the server for a code";
    case "pairing":
      return `Pairing: enter the code ${userCode?.replace(/(.{4})(?=.)/g, "$1-") ?? ""} in the dashboard`;
    case "syncing":
      return `Fetching content for ${organizationName ?? "its organization"}`;
    case "playing":
      return `Playing for ${organizationName ?? "its organization"}`;
    default:
      return unreachable(life.state);
  }
}
