import { readdir, readFile } from "node:fs/promises";
import { networkInterfaces } from "node:os";
import type { DeviceVitals } from "@vitrine/core/model/device";

type NetworkFacts = NonNullable<DeviceVitals["network"]>;

/** The interface that leads to the rest of the world, and its address; null while there is none. */
export async function findNetwork(): Promise<NetworkFacts | null> {
  const name = (await defaultInterface()) ?? firstInterface();
  const address = name === undefined ? undefined : addressOf(name);
  return name === undefined || address === undefined ? null : { kind: await kindOf(name), address };
}

/** The interface of the route for every address, as the kernel's table has it: destination 0, lowest metric. */
async function defaultInterface(): Promise<string | undefined> {
  const table = await readFile("/proc/net/route", "utf8").catch(() => "");
  const routes = table
    .split("\n")
    .slice(1)
    .map((line) => line.split("\t"))
    .filter(([, destination]) => destination === "00000000");
  return routes.toSorted((one, other) => Number(one[6]) - Number(other[6]))[0]?.[0];
}

function firstInterface(): string | undefined {
  const outward = Object.entries(networkInterfaces()).find(([, held]) => held?.some((one) => !one.internal));
  return outward?.[0];
}

function addressOf(name: string): string | undefined {
  const held = networkInterfaces()[name] ?? [];
  return (held.find(({ family }) => family === "IPv4") ?? held[0])?.address;
}

async function kindOf(name: string): Promise<NetworkFacts["kind"]> {
  const entries = await readdir(`/sys/class/net/${name}`).catch((): string[] => []);
  if (entries.includes("wireless") || entries.includes("phy80211")) return "wireless";
  const type = (await readFile(`/sys/class/net/${name}/type`, "utf8").catch(() => "")).trim();
  return type === "1" ? "wired" : "other";
}
