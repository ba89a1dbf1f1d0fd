import type { BeatChanges, Heartbeat } from "@vitrine/core/model/device-protocol";

/** What `beat` says otherwise than `before`, whole parts of it. */
export function changesSince(before: Heartbeat, beat: Heartbeat): BeatChanges {
  const changed = Object.entries(beat).filter(
    ([part, said]) => JSON.stringify(said) !== JSON.stringify(Reflect.get(before, part)),
  );
  return Object.fromEntries(changed);
}
