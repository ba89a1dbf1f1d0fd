import { setTimeout as wait } from "node:timers/promises";
import { type Fault, untilSwitched } from "./fault.ts";
import { findPageProcess, findProcesses, signalAll } from "./kiosk-processes.ts";

const PASSES_MS = 34_000;

/** Content that does harm. */
export const CONTENT_FAULTS: readonly Fault[] = [
  {
    name: "undecodable-video",
    title: "undecodable video",
    async happen(rig) {
      rig.unplayable.add("spoiled");
      await rig.content.add("spoiled");
      await untilSwitched(rig, "spoiled", true);
      await wait(PASSES_MS);
      await rig.content.remove("spoiled");
      await untilSwitched(rig, "spoiled", false);
      return "three passes of the loop with it";
    },
  },
  {
    name: "page-hangs",
    title: "web page that hangs",
    async happen(rig) {
      const pid = await findPageProcess(rig.kiosk.dataDir, rig.page);
      rig.unplayable.add("page");
      const loads = rig.page.loads;
      rig.page.order("hang");
      await wait(PASSES_MS);
      const isGone = !findProcesses(rig.kiosk.dataDir, "renderer").includes(pid);
      return `its process was ${isGone ? "ended" : "left to itself"}, the page loaded ${rig.page.loads - loads} times again`;
    },
  },
  {
    name: "page-crashes",
    title: "web page whose renderer crashes",
    async happen(rig) {
      const pid = await findPageProcess(rig.kiosk.dataDir, rig.page);
      rig.unplayable.add("page");
      const loads = rig.page.loads;
      signalAll([pid], "SIGKILL");
      await wait(PASSES_MS);
      return `the page loaded ${rig.page.loads - loads} times again`;
    },
  },
];
