import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { type FromStage, readStageMessage, type ToStage } from "./stage-messages.ts";

/** The address of the stage's page, told by the window around it. */
export const STAGE_URL = "/stage/?bridge=parent";

/** A frame with the real stage in it: whether it listens, and how it is told something. */
export function useStageFrame(onMessage?: (message: FromStage) => void): {
  frame: RefObject<HTMLIFrameElement | null>;
  isReady: boolean;
  say: (message: ToStage) => void;
} {
  const frame = useRef<HTMLIFrameElement>(null);
  const [isReady, setReady] = useState(false);
  const say = useCallback((message: ToStage) => {
    frame.current?.contentWindow?.postMessage(message, window.location.origin);
  }, []);
  useEffect(() => {
    const listen = (event: MessageEvent) => {
      if (event.source !== frame.current?.contentWindow || event.origin !== window.location.origin) return;
      const message = readStageMessage(event.data);
      if (message?.kind === "ready") setReady(true);
      if (message) onMessage?.(message);
    };
    window.addEventListener("message", listen);
    return () => window.removeEventListener("message", listen);
  }, [onMessage]);
  return { frame, isReady, say };
}
