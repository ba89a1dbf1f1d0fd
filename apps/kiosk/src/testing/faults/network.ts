import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startNameServer } from "./name-server.ts";

/** A network namespace with one cable to this machine, and a resolver at its other end. Needs root and iproute2. */
export interface IsolatedNetwork extends AsyncDisposable {
  /** This machine, as those within reach it. */
  readonly hostAddress: string;
  /** A name of this machine that the resolver knows. */
  readonly hostName: string;
  /** Words that, put before a command, run it within. */
  readonly prefix: readonly string[];
  plug(isPlugged: boolean): void;
  /** Of both directions; undefined: as fast as it goes. */
  limitRate(kilobitsPerSecond: number | undefined): void;
  setResolver(isAlive: boolean): Promise<void>;
}

const HOST_NAME = "signage.test";

/** Sets one up under names that hold this process's id. Throws, with what the system said, where that is not allowed. */
export async function startIsolatedNetwork(): Promise<IsolatedNetwork> {
  const name = `vitrine${process.pid}`;
  const outer = `vo${process.pid}`;
  const inner = `vi${process.pid}`;
  const third = process.pid % 256;
  const [hostAddress, guestAddress] = [`10.213.${third}.1`, `10.213.${third}.2`];
  const settings = join("/etc/netns", name);
  const ip = (...args: string[]) => system("ip", args);
  const within = (...args: string[]) => system("ip", ["-n", name, ...args]);
  ip("netns", "add", name);
  ip("link", "add", outer, "type", "veth", "peer", "name", inner, "netns", name);
  ip("addr", "add", `${hostAddress}/30`, "dev", outer);
  ip("link", "set", outer, "up");
  within("addr", "add", `${guestAddress}/30`, "dev", inner);
  within("link", "set", inner, "up");
  within("link", "set", "lo", "up");
  within("route", "add", "default", "via", hostAddress);
  mkdirSync(settings, { recursive: true });
  writeFileSync(join(settings, "resolv.conf"), `nameserver ${hostAddress}\noptions timeout:1 attempts:2\n`);
  let resolver: AsyncDisposable | undefined = await startNameServer(hostAddress, HOST_NAME);
  const setResolver = async (isAlive: boolean) => {
    if (isAlive) resolver ??= await startNameServer(hostAddress, HOST_NAME);
    else {
      await resolver?.[Symbol.asyncDispose]();
      resolver = undefined;
    }
  };
  return {
    ...{ hostAddress, hostName: HOST_NAME, prefix: ["ip", "netns", "exec", name], setResolver },
    plug: (isPlugged) => ip("link", "set", outer, isPlugged ? "up" : "down"),
    limitRate(kilobitsPerSecond) {
      const shape = (namespace: readonly string[], device: string) => {
        if (kilobitsPerSecond === undefined)
          return system("tc", [...namespace, "qdisc", "del", "dev", device, "root"]);
        const limits = ["rate", `${kilobitsPerSecond}kbit`, "burst", "4kb", "latency", "800ms"];
        system("tc", [...namespace, "qdisc", "replace", "dev", device, "root", "tbf", ...limits]);
      };
      shape([], outer);
      shape(["-n", name], inner);
    },
    async [Symbol.asyncDispose]() {
      await setResolver(false);
      ip("netns", "del", name);
      rmSync(settings, { recursive: true, force: true });
    },
  };
}

/** Runs a program of the system's to its end. Throws with what it said when it fails. */
export function system(command: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${error?.message ?? stderr.trim()}`);
}
