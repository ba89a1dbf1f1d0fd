import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { readConfig } from "../platform/config.ts";
import { makeLog } from "../platform/log.ts";
import { listen, makeHttpServer } from "./server.ts";

test("a server that stops does not wait for somebody who never ends, and lets others end", async () => {
  const app = makeHttpServer({ config: readConfig({}, "/"), log: makeLog("silent") });
  const gate = Promise.withResolvers<string>();
  const entered = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
  app.get("/slow", () => {
    entered[0].resolve();
    return gate.promise;
  });
  app.post("/endless", (request) => {
    entered[1].resolve();
    return once(request.raw, "close");
  });
  app.addContentTypeParser("*", (_request, _payload, done) => done(null));
  const port = await listen(app, "127.0.0.1", 0, "PORT");
  const endless = connect(port, "127.0.0.1");
  endless.write(
    "POST /endless HTTP/1.1\r\nhost: x\r\ncontent-type: a/b\r\ncontent-length: 9999999\r\n\r\nbegin",
  );
  endless.on("error", () => {});
  const slow = fetch(`http://127.0.0.1:${port}/slow`);
  await Promise.all(entered.map(({ promise }) => promise));
  const isCut = once(endless, "close");
  const closing = app.close();
  gate.resolve("done");
  expect(await (await slow).text()).toBe("done");
  await isCut;
  await closing;
});
