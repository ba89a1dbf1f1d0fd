import type { DeviceView } from "@vitrine/core/model/device";

/** What a downloaded log is called: the screen and when the log came. */
export function logFileName(
  { name }: Pick<DeviceView, "name">,
  { receivedAt }: { receivedAt: string },
): string {
  return `${name} ${receivedAt.slice(0, 19).replaceAll(":", "-")}.jsonl.gz`;
}
