import { createServer } from "node:http";
import type { Colour } from "@vitrine/harness/glass";
import { listen } from "./listen.ts";

/** A web page of one colour that does as it is told. */
export interface ObedientPage extends AsyncDisposable {
  readonly url: string;
  /** `hang`: runs for ever in its frame; `grow`: takes `GROWTH_BYTES` more memory. Obeyed once, within a second. */
  order(what: "hang" | "grow"): void;
  /** Times that the page was asked for. */
  readonly loads: number;
}

export const GROWTH_BYTES = 200 * 1024 * 1024;
const ASK_EVERY_MS = 300;

/** Serves the page at an address of this machine's. It refuses to be framed, as many sites do. */
export async function serveObedientPage([red, green, blue]: Colour, host: string): Promise<ObedientPage> {
  let next = "";
  let loads = 0;
  const script = `
    const kept = [];
    setInterval(async () => {
      const order = await (await fetch("order", { cache: "no-store" })).text();
      if (order === "grow") kept.push(new Uint8Array(${GROWTH_BYTES}).fill(1));
      while (order === "hang");
    }, ${ASK_EVERY_MS});`;
  const page = `<!doctype html><title>Page</title><body style="margin:0;background:rgb(${red},${green},${blue})"><script>${script}</script>`;
  const server = createServer(({ url }, response) => {
    if (url === "/order") {
      response.writeHead(200, { "access-control-allow-origin": "*" }).end(next);
      next = "";
      return;
    }
    loads += 1;
    response.writeHead(200, { "content-type": "text/html", "x-frame-options": "DENY" }).end(page);
  });
  const port = await listen(server, host);
  return {
    url: `http://${host}:${port}/`,
    get loads() {
      return loads;
    },
    order(what) {
      next = what;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
