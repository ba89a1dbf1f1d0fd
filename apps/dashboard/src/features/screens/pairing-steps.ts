import type { DeviceView } from "@vitrine/core/model/device";

export type PairingStep = {
  name: "claimed" | "heard" | "files" | "playing";
  /** `done` was confirmed by the screen, `now` is waited for, `waiting` comes later, `nothing` will not come. */
  state: "done" | "now" | "waiting" | "nothing";
};

/** How far a freshly claimed screen has come by its own word: nothing is done before the screen said so. */
export function confirmedSteps(
  device: Pick<DeviceView, "status" | "effectivePlaylist" | "lastHeardAt" | "sync" | "isUpToDate">,
): PairingStep[] {
  const isHeard = device.lastHeardAt !== null && device.status !== "never";
  const isPlaying = device.status === "playing";
  const hasFiles =
    isPlaying ||
    (isHeard &&
      device.isUpToDate &&
      (device.sync === null || device.sync.filesReady >= device.sync.filesTotal));
  const hasNothing = device.effectivePlaylist === null || (device.status === "idle" && hasFiles);
  return [
    { name: "claimed", state: "done" },
    { name: "heard", state: isHeard ? "done" : "now" },
    { name: "files", state: hasFiles ? "done" : isHeard ? "now" : "waiting" },
    { name: "playing", state: isPlaying ? "done" : hasNothing ? "nothing" : hasFiles ? "now" : "waiting" },
  ];
}
