import { readdirSync } from "node:fs";
import { join } from "node:path";
import { makeApi, type Person, untilReady, upload } from "@vitrine/harness/person";
import { fillSchedule } from "./fill-schedule.ts";

export type FilledDemo = { person: Person; playlistId: string; assetIds: string[] };

/** Signs a café's manager up on a server and gives the café its content, a playlist that is its default, and a week. */
export async function fillDemo(server: string): Promise<FilledDemo> {
  const jar = { cookie: "" };
  const api = makeApi(server, jar);
  const email = "demo@vitrine.example";
  const password = crypto.randomUUID().slice(0, 13);
  const session = await api.account.signUp.mutate({
    name: "Mara Lind",
    email,
    password,
    organizationName: "Café Morgenrot",
    timeZone: "Europe/Berlin",
  });
  const person = { api, cookie: jar.cookie, organizationId: session.organization?.id ?? "", email, password };
  const assetIds: string[] = [];
  for (const file of readdirSync(import.meta.dirname)
    .filter((name) => /\.(jpg|mp4)$/.test(name))
    .sort()) {
    assetIds.push(await upload(server, person, join(import.meta.dirname, file), displayName(file)));
  }
  for (const id of assetIds) await untilReady(person, id);
  const playlist = await api.playlists.create.mutate({ name: "All day", assetIds });
  await api.organization.update.mutate({ defaultPlaylistId: playlist.id });
  await fillSchedule(person, assetIds);
  return { person, playlistId: playlist.id, assetIds };
}

function displayName(file: string): string {
  return file.charAt(0).toUpperCase() + file.slice(1);
}
