import type { FromStage } from "../shared/messages.ts";
import type { Watchdog } from "./health/watchdog.ts";
import type { Log } from "./platform/log.ts";
import { unreachable } from "./platform/unreachable.ts";
import type { Director } from "./playback/director.ts";
import type { Recorder } from "./plays/recorder.ts";

export interface StageListenerDeps {
  recorder: Recorder;
  director: Director;
  watchdog: Watchdog;
  log: Log;
  /** A stage stands that knows nothing yet; its size in device pixels. */
  onReady(widthPixels: number, heightPixels: number): void;
  onFrames(frames: Extract<FromStage, { kind: "pulse" }>["frames"]): void;
  onRefused(): void;
  /** Another scene than a plan is on the glass. */
  onScene(): void;
}

/** Tells everyone whom it concerns what the stage says. */
export function createStageListener(deps: StageListenerDeps): (message: FromStage) => void {
  const { recorder, director, log } = deps;
  return (message) => {
    switch (message.kind) {
      case "ready":
        recorder.onGone({ isSilent: true });
        director.onStageEmpty();
        return deps.onReady(message.widthPixels, message.heightPixels);
      case "shown":
        return director.onShown(message);
      case "gone":
        recorder.onZoneGone(message);
        return director.onGone(message);
      case "failed":
        return director.onFailed(message);
      case "scene":
        recorder.onGone({ isSilent: false });
        director.onStageEmpty();
        return deps.onScene();
      case "pulse":
        deps.onFrames(message.frames);
        deps.watchdog.onPulse();
        return recorder.onPulse();
      case "refused":
        return deps.onRefused();
      case "trouble":
        return log.warn("stage_trouble", { text: message.text });
      case "prepared":
        return;
      default:
        return unreachable(message);
    }
  };
}
