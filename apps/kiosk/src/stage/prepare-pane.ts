import type { StageItem } from "../shared/messages.ts";
import type { AnyPane } from "./panes/any-pane.ts";
import { PaneFailure } from "./panes/pane.ts";

/** What to get ready, where, and how long it may take. */
export interface Preparation {
  pane: AnyPane;
  item: StageItem;
  offsetMs(): number;
  durationMs: number;
  timeoutMs: number;
  signal: AbortSignal;
}

/**
 * Gets a pane ready for its item. Rejects with a `PaneFailure`: its own, `timeout` after `timeoutMs`, or what
 * the signal was aborted with, even where the pane itself cannot be interrupted.
 */
export async function preparePane(preparation: Preparation): Promise<void> {
  const { timeoutMs } = preparation;
  const overdue = new AbortController();
  const timer = setTimeout(
    () => overdue.abort(new PaneFailure("timeout", `Not ready after ${timeoutMs / 1000} s`)),
    timeoutMs,
  );
  const signal = AbortSignal.any([preparation.signal, overdue.signal]);
  try {
    await Promise.race([hand(preparation, signal), rejection(signal)]);
  } finally {
    clearTimeout(timer);
  }
}

function hand({ pane, item, offsetMs, durationMs }: Preparation, signal: AbortSignal): Promise<void> {
  if (pane.kind === "image" && item.kind === "image")
    return pane.prepare({ item, offsetMs, durationMs }, signal);
  if (pane.kind === "video" && item.kind === "video")
    return pane.prepare({ item, offsetMs, durationMs }, signal);
  if (pane.kind === "stream" && item.kind === "stream")
    return pane.prepare({ item, offsetMs, durationMs }, signal);
  if (pane.kind === "web" && item.kind === "web") return pane.prepare({ item, offsetMs, durationMs }, signal);
  if (pane.kind === "none") return pane.prepare();
  throw new Error(`A pane for ${pane.kind} cannot show ${item.kind}`);
}

function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
