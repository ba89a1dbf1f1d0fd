import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { type CustomScheme, protocol, type Session } from "electron/main";
import type { StageHost } from "../stage-host.ts";

/** The scheme that the stage and its media have here instead of a server. */
const SCHEME: CustomScheme = {
  scheme: "vitrine",
  privileges: { standard: true, secure: true, stream: true, supportFetchAPI: true },
};
const HOST_NAME = "stage";

/** Address of the stage page. */
export const STAGE_URL = `${SCHEME.scheme}://${HOST_NAME}/`;

/** Makes the scheme known to Chromium; has to happen before the app is ready. */
export function registerStageScheme(): void {
  protocol.registerSchemesAsPrivileged([SCHEME]);
}

/** Answers the scheme in this session from the host. */
export function serveStage(session: Session, host: StageHost): void {
  session.protocol.handle(SCHEME.scheme, async (request) => {
    const url = new URL(request.url);
    if (url.host !== HOST_NAME) return new Response(null, { status: 404 });
    const { method } = request;
    const range = request.headers.get("range");
    const { status, headers, body } = await host.handle({ method, path: url.pathname, range });
    if (body === null) return new Response(null, { status, headers });
    const { filePath, start, end } = body;
    const stream = Readable.toWeb(createReadStream(filePath, { start, end: end - 1 }));
    return new Response(stream, { status, headers });
  });
}
