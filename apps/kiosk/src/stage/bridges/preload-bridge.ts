import * as z from "zod";
import type { FromStage } from "../../shared/messages.ts";
import type { Bridge } from "./bridge.ts";

/** The object that the Electron preload puts into this page, one function an operation. */
export const PRELOAD_GLOBAL = "vitrineShell";

const preloadApi = z.object({
  send: z.custom<(message: FromStage) => void>((value) => typeof value === "function"),
  listen: z.custom<(onMessage: (message: unknown) => void) => void>((value) => typeof value === "function"),
});

/** The bridge over the Electron preload, if this page has one. */
export function findPreloadBridge(page: Window): Bridge | undefined {
  const api = preloadApi.safeParse(Reflect.get(page, PRELOAD_GLOBAL));
  return api.success ? api.data : undefined;
}
