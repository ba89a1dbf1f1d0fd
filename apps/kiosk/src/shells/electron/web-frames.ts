import type { WebContents, WebFrameMain } from "electron/main";
import type { WebFailedMessage } from "../../shared/messages.ts";
import { type Header, withoutFrameRefusal } from "../frame-refusal.ts";

/** The documents of frames, whatever their scheme may be. */
const FRAME_DOCUMENTS = { urls: ["http://*/*", "https://*/*"], types: ["subFrame" as const] };
/** A request that was given up for another one has not failed. */
const GIVEN_UP = new Set(["net::ERR_ABORTED", "net::ERR_BLOCKED_BY_CLIENT"]);

/** How the stage is told, and what kept the player's own proxy from an address. */
interface WebFramesContext {
  tellStage(message: WebFailedMessage): void;
  whyNotReached(url: string): string | undefined;
}

/**
 * Lets web pages that refuse to be framed be shown, and tells the stage of those that could not be loaded.
 * Only frames of the stage itself are meant, not frames inside of web pages.
 */
export function watchWebFrames(contents: WebContents, { tellStage, whyNotReached }: WebFramesContext): void {
  const { session } = contents;
  const tell = (frameName: string, text: string) =>
    tellStage({ kind: "web-failed", frameName, reason: "load", text: text.slice(0, 300) });

  session.webRequest.onHeadersReceived(FRAME_DOCUMENTS, (details, answer) => {
    const frameName = findFrameName(contents, details.frame);
    if (frameName === undefined) return answer({});
    if (details.statusCode >= 400) {
      const why = whyNotReached(details.url);
      tell(frameName, why === undefined ? `HTTP ${details.statusCode}` : `Not reached: ${why}`);
      return answer({ cancel: true });
    }
    const headers = withoutFrameRefusal(listHeaders(details.responseHeaders ?? {}));
    return answer(headers === undefined ? {} : { responseHeaders: groupHeaders(headers) });
  });

  session.webRequest.onErrorOccurred(FRAME_DOCUMENTS, (details) => {
    const frameName = findFrameName(contents, details.frame);
    if (frameName === undefined || GIVEN_UP.has(details.error)) return;
    tell(frameName, `Not reached: ${whyNotReached(details.url) ?? details.error}`);
  });
}

/** The name that the stage gave to this frame; undefined for any other. */
function findFrameName(contents: WebContents, frame: WebFrameMain | null | undefined): string | undefined {
  if (!frame || frame.isDestroyed() || contents.isDestroyed()) return undefined;
  const isOurs = frame.parent !== null && frame.parent.frameTreeNodeId === contents.mainFrame.frameTreeNodeId;
  return isOurs && frame.name !== "" ? frame.name : undefined;
}

function listHeaders(grouped: Record<string, string[]>): Header[] {
  return Object.entries(grouped).flatMap(([name, values]) => values.map((value) => ({ name, value })));
}

function groupHeaders(headers: readonly Header[]): Record<string, string[]> {
  const grouped: Record<string, string[]> = {};
  for (const { name, value } of headers) {
    const values = grouped[name] ?? [];
    values.push(value);
    grouped[name] = values;
  }
  return grouped;
}
