import { residentBytes } from "@vitrine/harness/process-facts";
import { WebSocket } from "ws";
import * as z from "zod";

const INSPECTOR = "http://127.0.0.1:9229/json/list";
const TRIES = 50;

/**
 * What a Node process holds, in bytes resident, once it has collected its garbage: what came and went while thousands
 * connected is no memory of theirs. Its inspector is opened for that (SIGUSR1), on its usual port.
 */
export async function heldBytes(pid: number): Promise<number> {
  process.kill(pid, "SIGUSR1");
  const socket = new WebSocket(await findInspector());
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  for (const id of [1, 2]) {
    const done = new Promise((resolve) => socket.once("message", resolve));
    socket.send(JSON.stringify({ id, method: "HeapProfiler.collectGarbage" }));
    await done;
  }
  socket.terminate();
  return residentBytes(pid);
}

const targets = z.array(z.object({ webSocketDebuggerUrl: z.string() }));

async function findInspector(): Promise<string> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const answer = await fetch(INSPECTOR).catch(() => undefined);
    const [target] = answer ? targets.parse(await answer.json()) : [];
    if (target) return target.webSocketDebuggerUrl;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The process shows no inspector at ${INSPECTOR}`);
}
