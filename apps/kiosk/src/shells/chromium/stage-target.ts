import * as z from "zod";
import { type FromStage, fromStage, type ToStage } from "../../shared/messages.ts";
import type { CdpEvent, CdpPipe } from "./cdp-pipe.ts";

/** The names by which page and shell find each other; the page's side is in `stage/bridges`. */
const SEND_BINDING = "vitrineSend";
const RECEIVE_FUNCTION = "vitrineReceive";
const BACKGROUND = { r: 11, g: 11, b: 13, a: 255 };

const attached = z.object({ sessionId: z.string() });
const HISTORY_TRIES = 50;
const HISTORY_RETRY_MS = 100;

const targets = z.object({ targetInfos: z.array(z.object({ targetId: z.string(), type: z.string() })) });
const navigated = z.object({ errorText: z.string().optional() });
const contextCreated = z.object({
  context: z.object({ id: z.number(), auxData: z.object({ isDefault: z.boolean(), frameId: z.string() }) }),
});
const bindingCalled = z.object({ name: z.string(), payload: z.string(), executionContextId: z.number() });
const dialogOpening = z.object({ type: z.string() });
const screenshot = z.object({ data: z.string() });
const evaluated = z.object({ result: z.object({ value: z.unknown().optional() }) });

/** The page that the stage lives in, over its own DevTools session. */
export class StageTarget {
  readonly targetId: string;
  readonly sessionId: string;
  readonly #pipe: CdpPipe;
  #contextId: number | undefined;

  private constructor(pipe: CdpPipe, targetId: string, sessionId: string) {
    this.#pipe = pipe;
    this.targetId = targetId;
    this.sessionId = sessionId;
  }

  /** Attaches to the browser's first page and prepares it: our binding, dialogs and crashes told, dark before it loads. */
  static async attach(pipe: CdpPipe, signal: AbortSignal): Promise<StageTarget> {
    const { targetInfos } = targets.parse(await pipe.call("Target.getTargets", {}, { signal }));
    const page = targetInfos.find((target) => target.type === "page");
    if (page === undefined) throw new Error("Chromium opened no window");
    const { targetId } = page;
    const session = attached.parse(
      await pipe.call("Target.attachToTarget", { targetId, flatten: true }, { signal }),
    );
    const target = new StageTarget(pipe, targetId, session.sessionId);
    await Promise.all([
      target.call("Page.enable", {}, signal),
      target.call("Runtime.enable", {}, signal),
      target.call("DOM.enable", {}, signal),
      target.call("Emulation.setDefaultBackgroundColorOverride", { color: BACKGROUND }, signal),
      target.call("Runtime.addBinding", { name: SEND_BINDING }, signal),
    ]);
    return target;
  }

  /** Loads the stage, also after its process died. Rejects when the address cannot be opened. */
  async load(url: string, signal: AbortSignal): Promise<void> {
    this.#contextId = undefined;
    const { errorText } = navigated.parse(await this.call("Page.navigate", { url }, signal));
    if (errorText !== undefined) throw new Error(`The stage could not be opened: ${errorText}`);
    await this.#forgetHistory(signal);
  }

  /** Nothing to go back to, as by the buttons of a mouse. Refused while the page moves to another process. */
  async #forgetHistory(signal: AbortSignal): Promise<void> {
    for (let left = HISTORY_TRIES; ; left -= 1) {
      try {
        await this.call("Page.resetNavigationHistory", {}, signal);
        return;
      } catch (error) {
        if (left <= 1 || signal.aborted) throw error;
        await new Promise((resolve) => setTimeout(resolve, HISTORY_RETRY_MS));
      }
    }
  }

  /** Hands one message to the page; does nothing while no page stands. */
  async tell(message: ToStage): Promise<void> {
    if (this.#contextId === undefined) return;
    const expression = `globalThis.${RECEIVE_FUNCTION}?.(${JSON.stringify(message)})`;
    await this.call("Runtime.evaluate", { expression, contextId: this.#contextId });
  }

  /** A JPEG of the composited page. */
  async capture(signal: AbortSignal): Promise<Uint8Array> {
    const options = { format: "jpeg", quality: 82, optimizeForSpeed: true };
    return Buffer.from(
      screenshot.parse(await this.call("Page.captureScreenshot", options, signal)).data,
      "base64",
    );
  }

  /** The value of an expression in the page. */
  async evaluate(expression: string, signal: AbortSignal): Promise<unknown> {
    const options = { expression, returnByValue: true };
    return evaluated.parse(await this.call("Runtime.evaluate", options, signal)).result.value;
  }

  /** Takes an event of this session; gives the stage's message if it was one from its own main frame. */
  takeEvent({ method, params }: CdpEvent): FromStage | undefined {
    switch (method) {
      case "Runtime.executionContextsCleared":
        this.#contextId = undefined;
        return undefined;
      case "Runtime.executionContextCreated":
        this.#takeContext(params);
        return undefined;
      case "Runtime.bindingCalled":
        return this.#takeBindingCall(params);
      case "Page.javascriptDialogOpening":
        this.#refuseDialog(params);
        return undefined;
      default:
        return undefined;
    }
  }

  async call(method: string, params: object, signal?: AbortSignal): Promise<unknown> {
    return await this.#pipe.call(method, params, { sessionId: this.sessionId, signal });
  }

  #takeContext(params: unknown): void {
    const created = contextCreated.safeParse(params);
    if (!created.success) return;
    const { id, auxData } = created.data.context;
    if (auxData.isDefault && auxData.frameId === this.targetId) this.#contextId = id;
  }

  /** A frame that shares the page's process has the binding too, but not the page's context. */
  #takeBindingCall(params: unknown): FromStage | undefined {
    const called = bindingCalled.safeParse(params);
    if (!called.success || called.data.name !== SEND_BINDING) return undefined;
    if (called.data.executionContextId !== this.#contextId) return undefined;
    const message = fromStage.safeParse(parseJson(called.data.payload));
    if (!message.success) return undefined;
    // From now on there is nothing to go back to, as by the buttons of a mouse.
    if (message.data.kind === "ready") this.call("Page.resetNavigationHistory", {}).catch(() => undefined);
    return message.data;
  }

  /** Nobody is there to answer; leaving is allowed so that a page cannot hold the window. */
  #refuseDialog(params: unknown): void {
    const dialog = dialogOpening.safeParse(params);
    const accept = dialog.success && dialog.data.type === "beforeunload";
    this.call("Page.handleJavaScriptDialog", { accept }).catch(() => undefined);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
