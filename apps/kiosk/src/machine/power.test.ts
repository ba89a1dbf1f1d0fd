import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, it } from "vitest";
import { createPower, type PowerDeps, RESTART_EXIT_CODE } from "./power.ts";

/** Listens as systemd does, and prints each message on a line, told apart by whether it came from a process that still is. */
const LISTENER = `
import socket, sys
listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
listener.bind(sys.argv[1])
print("listening", flush=True)
while True:
    print(listener.recv(4096).decode().replace("\\n", " "), flush=True)
`;

function keeperOf(deps: Partial<PowerDeps>, told: string[] = []) {
  return createPower({
    env: {},
    stop: async (reason) => void told.push(`stopped: ${reason}`),
    end: (code) => void told.push(`ended with ${code}`),
    startAnew: () => void told.push("started anew"),
    ...deps,
  });
}

it("tells systemd that it is ready once, and that it lives, over the real socket", async () => {
  const folder = await mkdtemp(join(tmpdir(), "vitrine-notify-"));
  const path = join(folder, "notify");
  const listener = spawn("python3", ["-c", LISTENER, path], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const lines = createInterface({ input: listener.stdout })[Symbol.asyncIterator]();
    expect((await lines.next()).value).toBe("listening");
    const power = keeperOf({ env: { PATH: process.env.PATH, NOTIFY_SOCKET: path, WATCHDOG_USEC: "3000" } });
    const heard: string[] = [];
    const feeding = setInterval(() => power.feed(), 5);
    // systemd-notify ends with a barrier, a message of its own.
    while (heard.length < 3) {
      const { value } = await lines.next();
      if (String(value).includes("WATCHDOG")) heard.push(String(value));
    }
    clearInterval(feeding);
    expect(heard).toEqual(["READY=1 WATCHDOG=1", "WATCHDOG=1", "WATCHDOG=1"]);
  } finally {
    listener.kill();
    await once(listener, "exit");
    await rm(folder, { recursive: true, force: true });
  }
});

it("stops in good order, then ends as one who is kept, or starts anew", async () => {
  const kept: string[] = [];
  await keeperOf({ env: { VITRINE_KEPT: "1" } }, kept).restart("a command");
  expect(kept).toEqual(["stopped: a command", `ended with ${RESTART_EXIT_CODE}`]);
  const alone: string[] = [];
  await keeperOf({}, alone).restart("an update");
  expect(alone).toEqual(["stopped: an update", "started anew"]);
});

it("says why the machine cannot be rebooted", async () => {
  const reboot = keeperOf({ env: { PATH: "/nowhere" } }).reboot(AbortSignal.timeout(5000));
  await expect(reboot).rejects.toThrow("systemctl is not installed");
});
