import { setTimeout as wait } from "node:timers/promises";
import type { FaultProxy } from "@vitrine/harness/fault-proxy";
import { type Fault, untilSwitched } from "./fault.ts";
import type { IsolatedNetwork } from "./network.ts";
import type { Rig } from "./rig.ts";

const OUTAGE_MS = 20_000;
const SLOW_KILOBITS = 64;
const REFUSED_MS = 15_000;

/** What befalls the way to the server, and the server. */
export const LINE_FAULTS: readonly Fault[] = [
  {
    name: "server-killed",
    title: "server killed",
    async happen({ server }) {
      await server.kill();
      await wait(OUTAGE_MS);
      await server.start();
      return `away for ${OUTAGE_MS / 1000} s`;
    },
  },
  {
    name: "network-cut",
    title: "network cut",
    needs: "isolation",
    async happen(rig) {
      const network = networkOf(rig);
      network.plug(false);
      await wait(OUTAGE_MS);
      network.plug(true);
      return `cable out for ${OUTAGE_MS / 1000} s`;
    },
  },
  {
    name: "slow",
    title: `slowed to ${SLOW_KILOBITS} kbit/s`,
    needs: "isolation",
    async happen(rig) {
      const network = networkOf(rig);
      network.limitRate(SLOW_KILOBITS);
      const tookMs = await addAndRemove(rig, "cyan", () => network.limitRate(undefined));
      return `an edit with a new picture was on the screen after ${(tookMs / 1000).toFixed(0)} s`;
    },
  },
  {
    name: "lossy",
    title: "lossy line",
    async happen(rig) {
      const { line } = rig;
      const cutsBefore = line.cuts;
      line.cutAfter = () => 4_000 + Math.floor(Math.random() * 40_000);
      // It holds for connections that are made from now on.
      cutConnections(line);
      line.holdMs = () => (Math.random() < 0.03 ? 2500 : 20 + Math.random() * 180);
      const tookMs = await addAndRemove(rig, "orange", () => {
        line.cutAfter = undefined;
        line.holdMs = undefined;
      });
      return `${line.cuts - cutsBefore} connections cut, pieces held 20 to 2,500 ms; an edit took ${(tookMs / 1000).toFixed(0)} s`;
    },
  },
  {
    name: "dns-dead",
    title: "DNS dead",
    needs: "isolation",
    async happen(rig) {
      const network = networkOf(rig);
      await network.setResolver(false);
      // What is connected needs no resolver: it has to connect anew.
      cutConnections(rig.line);
      await wait(OUTAGE_MS);
      await network.setResolver(true);
      return `resolver gone for ${OUTAGE_MS / 1000} s, connections cut`;
    },
  },
  {
    name: "manifest-altered",
    title: "manifest refused: altered",
    happen: (rig) => withTampering(rig, "altered"),
  },
  {
    name: "manifest-old",
    title: "manifest refused: an older one",
    happen: (rig) => withTampering(rig, "old"),
  },
];

function cutConnections(line: FaultProxy): void {
  line.isDown = true;
  line.isDown = false;
}

function networkOf({ network }: Rig): IsolatedNetwork {
  if (!network) throw new Error("This rig is not isolated");
  return network;
}

/** Adds an item while the line is bad, heals the line once it is there, and takes it out again. Gives the time it took. */
async function addAndRemove(rig: Rig, name: "cyan" | "orange", heal: () => void): Promise<number> {
  const startedMs = performance.now();
  try {
    await rig.content.add(name);
    await untilSwitched(rig, name, true, 120_000);
  } finally {
    heal();
  }
  const tookMs = performance.now() - startedMs;
  await wait(5000);
  await rig.content.remove(name);
  await untilSwitched(rig, name, false);
  return tookMs;
}

/** An edit reaches the screen only in a form that it must not take; afterwards the true one does. */
async function withTampering(rig: Rig, mode: "altered" | "old"): Promise<string> {
  const { tamperer, content, expectation } = rig;
  if (mode === "old") {
    tamperer.keep();
    await content.add("white");
    await untilSwitched(rig, "white", true);
    await content.remove("white");
    await untilSwitched(rig, "white", false);
  }
  const { revision } = expectation.current();
  const before = tamperer.count;
  tamperer.mode = mode;
  await content.add("cyan");
  await wait(REFUSED_MS);
  const isKept = expectation.current().revision === revision;
  tamperer.mode = "none";
  const count = tamperer.count - before;
  await untilSwitched(rig, "cyan", true);
  await content.remove("cyan");
  await untilSwitched(rig, "cyan", false);
  if (!isKept || count === 0) throw new Error(`${count} were given, and the screen took one`);
  return `${count} given, none taken; the true one was taken afterwards`;
}
