import { findBindingBridge } from "./binding-bridge.ts";
import type { Bridge } from "./bridge.ts";
import { openParentBridge } from "./parent-bridge.ts";
import { findPreloadBridge } from "./preload-bridge.ts";

/**
 * The way out of this page: `?bridge=parent` asks for the page around it, else what the shell has put into
 * the window. Throws where there is neither.
 */
export function openBridge(page: Window): Bridge {
  const wanted = new URLSearchParams(page.location.search).get("bridge");
  if (wanted === "parent") return openParentBridge(page);
  const bridge = findPreloadBridge(page) ?? findBindingBridge(page);
  if (bridge === undefined)
    throw new Error("This page is drawn by a Vitrine screen; nothing drives it here.");
  return bridge;
}
