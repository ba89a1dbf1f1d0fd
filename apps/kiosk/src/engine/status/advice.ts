import type { ScreenStatus } from "./screen-status.ts";

/** For each kind of fault, what somebody before the screen can do about it. */
const FAULT_ADVICE: Readonly<Record<string, string>> = {
  disk_full: "Make room on the disk: other programs fill it, or give the player a larger one.",
  disk_read_only:
    "The disk cannot be written. A memory card that is worn out does this: replace it and pair the screen again.",
  disk_error: "The disk fails. Replace it; the screen plays on from what can be read.",
  clock_wrong:
    "Set the machine's clock, and have it kept by time synchronization (timedatectl set-ntp true).",
  content_set_aside: "Replace the named content in the dashboard: this machine cannot show it.",
  file_gone: "Upload the content again in the dashboard: the server has lost its file.",
  file_wrong:
    "Something between server and screen changes files on their way: look at proxies and the network.",
  manifest_refused:
    "Look at the server's version against this player's, and at who answers in the server's name.",
  server_not_understood: "Update the player, or look at who answers in the server's name.",
  manifest_out_of_date: "Bring the screen online: what it plays is older than its organization wants.",
  often_restarting: "Send the log to whoever looks after the screens; if it goes on, reinstall the player.",
};

/** What to do, from what is known. Most important first, each once. */
export function adviceFor(status: Omit<ScreenStatus, "advice">): string[] {
  const { life, faults, display, update, vitals } = status;
  const advice = [
    life.state === "pairing"
      ? "Enter the code that is on the glass in the dashboard, under Screens."
      : undefined,
    life.isOffline
      ? "The server cannot be reached: look at cable or wireless, and run the player's doctor."
      : undefined,
    life.isOffline && vitals.network === null
      ? "This machine has no network: look at cable or wireless."
      : undefined,
    display.problem ?? undefined,
    display.desired === "off"
      ? "The display was switched off in the dashboard; switch it on there."
      : undefined,
    status.scene === "idle"
      ? "Nothing is scheduled for now: give the screen a playlist or an entry in the dashboard."
      : undefined,
    ...faults.map(({ kind }) => FAULT_ADVICE[kind]),
    update.problem ?? undefined,
    (vitals.temperatureCelsius ?? 0) >= 80
      ? "The machine is too hot: give it air, or it will slow down."
      : undefined,
  ];
  return [...new Set(advice.filter((one) => one !== undefined))];
}
