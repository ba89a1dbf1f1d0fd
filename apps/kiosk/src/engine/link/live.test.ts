import { randomUUID } from "node:crypto";
import { type heartbeatInput, type LiveCall, liveCall } from "@vitrine/core/model/device-protocol";
import { expect, test } from "vitest";
import type * as z from "zod";
import { createLog } from "../platform/log.ts";
import { systemRandom } from "../platform/random.ts";
import { createVirtualClock } from "../testing/virtual-clock.ts";
import type { Connection } from "./http.ts";
import type { Link } from "./link.ts";
import { createLive } from "./live.ts";
import { createServerClock } from "./server-clock.ts";

test("K1: what a beat lay with the server is no part of the round trip that the time is told by", async () => {
  const clock = createVirtualClock();
  const serverAheadMs = 5000;
  const [lineMs, heldMs] = [20, 50];
  const connect: Link["connect"] = async (onText): Promise<Connection> => {
    return {
      closed: new Promise(() => {}),
      close() {},
      send(text) {
        const { id } = liveCall.parse(JSON.parse(text));
        clock.after(lineMs + heldMs, () => {
          const serverTime = new Date(clock.wallMs() + serverAheadMs).toISOString();
          const word = {
            kind: "beaten",
            id,
            heldMs,
            answer: { serverTime, manifestEtag: null, commands: [] },
          };
          clock.after(lineMs, () => onText(JSON.stringify(word)));
        });
      },
    };
  };
  const serverClock = createServerClock(clock, undefined);
  const end = new AbortController();
  const live = createLive({
    ...{ clock, serverClock, random: systemRandom, log: createLog(clock, []) },
    // Guarantee: a connection uses no more of the link.
    link: { connect } as unknown as Link,
    onHint: () => {},
  });
  void live.run(end.signal);
  await Promise.resolve();
  await Promise.resolve();
  const beaten = live.beat(beat(), end.signal);
  for (let passed = 0; passed < 100; passed += 10) clock.advance(10);
  await beaten;
  expect(serverClock.offsetMs()).toBe(serverAheadMs);
  expect(serverClock.errorMs()).toBeLessThanOrEqual(lineMs + 1);
  end.abort();
});

test("a beat says only what changed since the last one answered on the same connection", async () => {
  const clock = createVirtualClock();
  const sent: LiveCall[] = [];
  let isAnswering = true;
  let lose: () => void = () => {};
  const connect: Link["connect"] = async (onText): Promise<Connection> => {
    const closed = Promise.withResolvers<void>();
    lose = closed.resolve;
    return {
      closed: closed.promise,
      close: closed.resolve,
      send(text) {
        const call = liveCall.parse(JSON.parse(text));
        sent.push(call);
        const answer = {
          serverTime: new Date(clock.wallMs()).toISOString(),
          manifestEtag: null,
          commands: [],
        };
        if (isAnswering) onText(JSON.stringify({ kind: "beaten", id: call.id, answer }));
      },
    };
  };
  const live = createLive({
    ...{ clock, serverClock: createServerClock(clock, undefined), random: systemRandom },
    log: createLog(clock, []),
    // Guarantee: a connection uses no more of the link.
    link: { connect } as unknown as Link,
    onHint: () => {},
  });
  const end = new AbortController();
  void live.run(end.signal);
  const whole = beat();
  const tell = async (changes: object) => {
    for (;;) {
      const answer = live.beat({ ...whole, ...changes }, end.signal);
      if (answer) return answer;
      clock.advance(500);
      await Promise.resolve();
    }
  };
  const last = () => sent.at(-1);

  await tell({});
  expect(last()).toMatchObject({ kind: "beat", id: 1, beat: whole });
  await tell({ faults: [{ kind: "disk", text: "full" }] });
  expect(last()).toEqual({
    ...{ kind: "change", id: 2, since: 1 },
    changes: { faults: [{ kind: "disk", text: "full" }] },
  });
  await tell({ state: "syncing" });
  expect(last()).toEqual({ kind: "change", id: 3, since: 2, changes: { state: "syncing", faults: [] } });

  isAnswering = false;
  const unanswered = tell({}).catch(() => "lost");
  void live.beat(whole, end.signal)?.catch(() => {});
  expect(sent.slice(-2).map(({ kind }) => kind)).toEqual(["change", "beat"]);
  lose();
  expect(await unanswered).toBe("lost");
  isAnswering = true;
  await tell({});
  expect(last()).toMatchObject({ kind: "beat", beat: whole });
  end.abort();
});

function beat(): z.input<typeof heartbeatInput> {
  return {
    ...{ bootId: randomUUID(), state: "playing", onGlass: null, sync: null, faults: [] },
    ...{ activeManifest: null, newestManifest: null },
    hardware: {
      ...{ model: "Test board", os: "Test", appVersion: "1" },
      ...{ shell: "none", displayWidth: 1920, displayHeight: 1080 },
    },
    vitals: {
      ...{ uptimeSeconds: 1, memoryUsedBytes: null, diskFreeBytes: null, cpuLoad: null },
      ...{ temperatureCelsius: null, clockOffsetMs: null, stageRestarts: 0 },
    },
  };
}
