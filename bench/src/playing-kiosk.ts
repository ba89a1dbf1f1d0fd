import { join } from "node:path";
import { type Display, startDisplay } from "@vitrine/harness/glass";
import { type Person, signUp, untilReady, upload } from "@vitrine/harness/person";
import { eventually, type Running, temporaryFolder } from "@vitrine/harness/processes";
import { startKiosk, startVitrine, type VitrineServer } from "@vitrine/harness/vitrine";

export type PlayingKiosk = AsyncDisposable & {
  folder: string;
  dataDir: string;
  kioskDir: string;
  server: VitrineServer;
  person: Person;
  display: Display;
  kiosk: Running;
  playlistId: string;
  deviceId: string;
  assetIds: string[];
  /** The events of one name that the kiosk has logged so far, oldest first. */
  events(name: string): KioskEvent[];
};
export type KioskEvent = { timeMs: number; [field: string]: unknown };

/** What may lie between kiosk and server: made when the content is there, it is where the kiosk finds its server. */
export type Between = (
  server: VitrineServer,
  person: Person,
  assetIds: readonly string[],
) => Promise<AsyncDisposable & { url: string }>;

/** A real server and a real kiosk with a stage, playing a playlist of the files that `make` puts in a folder. */
export async function startPlayingKiosk(
  make: (folder: string) => Promise<string[]>,
  itemMs: number | null,
  between?: Between,
): Promise<PlayingKiosk> {
  // Until it plays, whatever goes wrong ends all that was started.
  await using stack = new AsyncDisposableStack();
  const temporary = temporaryFolder();
  stack.defer(() => temporary[Symbol.dispose]());
  const folder = temporary.path;
  const dataDir = join(folder, "server");
  const kioskDir = join(folder, "kiosk");
  const display = stack.use(await startDisplay());
  const server = stack.use(await startVitrine(dataDir));
  const person = await signUp(server.url, "Bench", "Bench");
  const assetIds: string[] = [];
  for (const path of await make(folder)) assetIds.push(await upload(server.url, person, path));
  for (const id of assetIds) await untilReady(person, id);
  const playlist = await person.api.playlists.create.mutate({ name: "Loop", assetIds });
  if (itemMs !== null) {
    for (const item of playlist.items) {
      const change = { playlistId: playlist.id, itemId: item.id, durationMs: itemMs };
      await person.api.playlists.updateItem.mutate(change);
    }
  }
  const { url } = between ? stack.use(await between(server, person, assetIds)) : server;
  const kiosk = stack.use(startKiosk({ server: url, dataDir: kioskDir, display: display.name }));
  const [, code = ""] = await kiosk.waitFor(/enter the code (\S+)/, 60_000);
  const device = await person.api.devices.claim.mutate({ code, name: "Bench", playlistId: playlist.id });
  const events = (name: string) => readEvents(kiosk.output(), name);
  await eventually(
    "the kiosk shows something",
    () => (events("shown").length > 0 ? true : undefined),
    90_000,
  );
  const started = stack.move();
  return {
    folder,
    dataDir,
    kioskDir,
    server,
    person,
    display,
    kiosk,
    playlistId: playlist.id,
    deviceId: device.id,
    assetIds,
    events,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

/** The events of one name in a kiosk's log. */
export function readEvents(output: string, name: string): KioskEvent[] {
  return output.split("\n").flatMap((line) => {
    if (!line.includes(`"event":"${name}"`)) return [];
    const fields: { time: string } = JSON.parse(line);
    return [{ ...fields, timeMs: Date.parse(fields.time) }];
  });
}
