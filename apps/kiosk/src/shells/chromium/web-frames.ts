import * as z from "zod";
import type { WebFailedMessage } from "../../shared/messages.ts";
import { withoutFrameRefusal } from "../frame-refusal.ts";
import type { CdpPipe } from "./cdp-pipe.ts";

const paused = z.object({
  requestId: z.string(),
  frameId: z.string(),
  request: z.object({ url: z.string() }),
  responseStatusCode: z.number().optional(),
  responseErrorReason: z.string().optional(),
  responseHeaders: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
});
type Paused = z.infer<typeof paused>;

const frameOwner = z.object({ backendNodeId: z.number() });
const node = z.object({ node: z.object({ attributes: z.array(z.string()).optional() }) });
const responseBody = z.object({ body: z.string(), base64Encoded: z.boolean() });

/** Their sizes and encodings are of the body as it came, not as it is answered. */
const BODY_HEADERS = new Set(["content-encoding", "content-length", "transfer-encoding"]);

/** Where the stage is and how to tell it something. */
export interface WebFramesContext {
  pipe: CdpPipe;
  /** The stage's page: its target, which is also its main frame, and the session attached to it. */
  stageFrameId: string;
  stageSessionId: string;
  tellStage(message: WebFailedMessage): Promise<void>;
  /** What kept the player's own proxy from an address. */
  whyNotReached(url: string): string | undefined;
}

/**
 * The documents of the web pages on the glass, held at their answers: a page that refuses to be framed is
 * answered anew without the refusal, and one that failed never shows a browser's error page.
 */
export class WebFrames {
  readonly #context: WebFramesContext;

  constructor(context: WebFramesContext) {
    this.#context = context;
  }

  /** Starts holding documents. Every other request passes untouched. */
  async start(signal: AbortSignal): Promise<void> {
    const patterns = [{ urlPattern: "*", resourceType: "Document", requestStage: "Response" }];
    await this.#context.pipe.call("Fetch.enable", { patterns }, { signal });
  }

  /** Takes the params of one `Fetch.requestPaused`. Never rejects: what cannot be judged passes as it is. */
  async take(params: unknown): Promise<void> {
    const request = paused.parse(params);
    try {
      await this.#judge(request);
    } catch {
      await this.#continue(request).catch(() => undefined);
    }
  }

  /** Tells the stage that the process of this frame died, if the frame is one of its own. */
  async tellCrash(frameId: string): Promise<void> {
    await this.#tell(frameId, "crash", "The page's process ended");
  }

  async #judge(request: Paused): Promise<void> {
    const { frameId, responseStatusCode: status = 0, responseErrorReason: error } = request;
    const isRedirect = status >= 300 && status < 400;
    // Asking about the page itself would wait for its navigation, which waits for us.
    if (frameId === this.#context.stageFrameId || isRedirect) return this.#continue(request);

    if (error !== undefined || status >= 400) {
      const why = this.#context.whyNotReached(request.request.url) ?? error;
      const text = why === undefined ? `HTTP ${status}` : `Not reached: ${why}`;
      const isOurs = await this.#tell(frameId, "load", text);
      return isOurs ? this.#leaveAsItIs(request) : this.#continue(request);
    }

    const headers = withoutFrameRefusal(request.responseHeaders ?? []);
    if (headers === undefined || (await this.#findFrameName(frameId)) === undefined)
      return this.#continue(request);
    await this.#answerAnew(request, headers);
  }

  async #answerAnew(request: Paused, headers: readonly { name: string; value: string }[]): Promise<void> {
    const { requestId } = request;
    const answer = responseBody.parse(await this.#call("Fetch.getResponseBody", { requestId }));
    const { body, base64Encoded } = answer;
    await this.#call("Fetch.fulfillRequest", {
      requestId,
      responseCode: request.responseStatusCode ?? 200,
      responseHeaders: headers.filter(({ name }) => !BODY_HEADERS.has(name.toLowerCase())),
      body: base64Encoded ? body : Buffer.from(body, "utf8").toString("base64"),
    });
  }

  /** "No content": the frame keeps what it has. */
  async #leaveAsItIs({ requestId }: Paused): Promise<void> {
    await this.#call("Fetch.fulfillRequest", { requestId, responseCode: 204 });
  }

  async #continue({ requestId }: Paused): Promise<void> {
    await this.#call("Fetch.continueRequest", { requestId });
  }

  async #tell(frameId: string, reason: WebFailedMessage["reason"], text: string): Promise<boolean> {
    const frameName = await this.#findFrameName(frameId);
    if (frameName === undefined) return false;
    await this.#context.tellStage({ kind: "web-failed", frameName, reason, text });
    return true;
  }

  /** The name that the stage gave to this frame; undefined for frames inside of web pages. */
  async #findFrameName(frameId: string): Promise<string | undefined> {
    const options = { sessionId: this.#context.stageSessionId };
    const { pipe } = this.#context;
    try {
      const owner = frameOwner.parse(await pipe.call("DOM.getFrameOwner", { frameId }, options));
      const described = node.parse(await pipe.call("DOM.describeNode", owner, options));
      const attributes = described.node.attributes ?? [];
      const index = attributes.findIndex((attribute, at) => at % 2 === 0 && attribute === "name");
      return index < 0 ? undefined : attributes[index + 1];
    } catch {
      return undefined;
    }
  }

  #call(method: string, params: object): Promise<unknown> {
    return this.#context.pipe.call(method, params);
  }
}
