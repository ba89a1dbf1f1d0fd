import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type FaultProxy, startFaultProxy } from "@vitrine/harness/fault-proxy";
import { type Display, startDisplay } from "@vitrine/harness/glass";
import { type GlassWatcher, watchGlass } from "@vitrine/harness/glass-watcher";
import { signUp } from "@vitrine/harness/person";
import { eventually, temporaryFolder } from "@vitrine/harness/processes";
import { startVitrine } from "@vitrine/harness/vitrine";
import { COLOURS, type Content, type ItemName, makeContent } from "./content.ts";
import { type Expectation, followManifests } from "./expectation.ts";
import { type FalseClock, findFalseClock } from "./false-clock.ts";
import { type IsolatedNetwork, startIsolatedNetwork, system } from "./network.ts";
import { type ObedientPage, serveObedientPage } from "./obedient-page.ts";
import { type SupervisedKiosk, superviseKiosk } from "./supervised-kiosk.ts";
import { startTamperer, type Tamperer } from "./tampering.ts";

/** A server that can be killed and started again on the same port. */
export interface RestartableServer {
  readonly dataDir: string;
  kill(): Promise<void>;
  /** Starts it, with this added to its environment; stops it in order first where it runs. */
  start(env?: Record<string, string>): Promise<void>;
}

/** One screen that plays from one server, watched, with everything between them in hand. */
export interface Rig extends AsyncDisposable {
  readonly server: RestartableServer;
  readonly kiosk: SupervisedKiosk;
  readonly deviceId: string;
  readonly display: Display;
  readonly watcher: GlassWatcher;
  readonly expectation: Expectation;
  readonly content: Content;
  readonly page: ObedientPage;
  readonly line: FaultProxy;
  readonly tamperer: Tamperer;
  /** Undefined where the rig is not isolated. */
  readonly network: IsolatedNetwork | undefined;
  readonly kioskClock: FalseClock | undefined;
  readonly serverClock: FalseClock | undefined;
  /** Items that this screen cannot play for now: in their time any other one is right. */
  readonly unplayable: Set<ItemName>;
}

export interface RigOptions {
  /** The kiosk has a network namespace and a small disk of its own; needs root. */
  isIsolated: boolean;
  extras: readonly ItemName[];
}

const DISK_MEBIBYTES = 192;
const GLASS = { width: 640, height: 360 };
const VETO_MS = 31_000;

/** Starts everything and waits until the screen plays; where it is isolated, with the banner of its pairing gone. */
export async function startRig({ isIsolated, extras }: RigOptions): Promise<Rig> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(temporaryFolder());
  const network = isIsolated ? stack.use(await startIsolatedNetwork()) : undefined;
  const host = network?.hostAddress ?? "127.0.0.1";
  const display = stack.use(await startDisplay(GLASS.width, GLASS.height));
  const serverDataDir = join(folder.path, "server");
  const kioskDir = join(folder.path, "kiosk");
  mkdirSync(kioskDir, { mode: 0o700 });
  if (isIsolated) {
    system("mount", ["-t", "tmpfs", "-o", `size=${DISK_MEBIBYTES}m,mode=700`, "tmpfs", kioskDir]);
    stack.defer(() => system("umount", ["-l", kioskDir]));
  }
  const page = stack.use(await serveObedientPage(COLOURS.page, host));
  let running = await startVitrine(serverDataDir);
  stack.defer(() => running[Symbol.asyncDispose]());
  const { port } = running;
  const server: RestartableServer = {
    dataDir: serverDataDir,
    async kill() {
      await running.process.end("SIGKILL");
    },
    async start(env = {}) {
      await running[Symbol.asyncDispose]();
      running = await startVitrine(serverDataDir, port, env);
    },
  };
  const tamperer = stack.use(await startTamperer(port));
  const line = stack.use(await startFaultProxy(tamperer.port, host));
  const linePort = new URL(line.url).port;

  const person = await signUp(running.url, "Fault", "Faults");
  const content = await makeContent({
    ...{ server: running, serverDataDir, person, folder: folder.path, extras },
    pageUrl: page.url,
  });
  const kiosk = stack.use(
    superviseKiosk({
      server: `http://${network?.hostName ?? host}:${linePort}`,
      dataDir: kioskDir,
      display,
      prefix: network?.prefix ?? [],
      env: { VITRINE_KIOSK_ALLOW_PRIVATE: host },
    }),
  );
  const { findActiveEtag } = kiosk;
  const expectation = stack.use(followManifests({ findActiveEtag, findGiven: tamperer.findGiven }));
  const watcher = stack.use(watchGlass(display, COLOURS));
  const [, code = ""] = await kiosk.current.waitFor(/enter the code (\S+)/, 60_000);
  const device = await person.api.devices.claim.mutate({
    code,
    name: "Faults",
    playlistId: content.playlistId,
  });
  const claimedAtMs = Date.now();
  await person.api.devices.update.mutate({ id: device.id, privateHosts: [host] });
  await eventually("the loop is on the glass", () => isOfLoop(watcher) || undefined, 60_000);
  if (isIsolated) await wait(claimedAtMs + VETO_MS - Date.now());

  const kept = stack.move();
  return {
    ...{ server, kiosk, deviceId: device.id, display, watcher, expectation, content, page, line, tamperer },
    network,
    kioskClock: findFalseClock(folder.path),
    serverClock: findFalseClock(folder.path),
    unplayable: new Set(),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

function isOfLoop(watcher: GlassWatcher): boolean {
  const seen = watcher.latest()?.seen;
  return seen !== undefined && seen in COLOURS;
}
