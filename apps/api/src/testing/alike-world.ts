import { generateKeyPairSync, randomUUID } from "node:crypto";
import { DEVICE_PATHS } from "@vitrine/core/model/device-protocol";
import { until } from "./until.ts";

/** An organization with one of everything, made through the API as a person and a screen would. */
export type World = {
  cookie: string;
  organizationId: string;
  userId: string;
  sessionId: string;
  assetId: string;
  spareAssetId: string;
  playlistId: string;
  itemId: string;
  deviceId: string;
  apiKeyId: string;
  invitationId: string;
  commandId: string;
  daypartId: string;
  layoutId: string;
  groupId: string;
  entryId: string;
  overrideId: string;
  businessId: string;
  spareBusinessId: string;
};

/** Ids that belong to nothing: whoever may call changes nothing. */
export function strangeWorld(): World {
  const id = () => crypto.randomUUID();
  return {
    cookie: "",
    organizationId: id(),
    userId: id(),
    sessionId: id(),
    assetId: id(),
    spareAssetId: id(),
    playlistId: id(),
    itemId: id(),
    deviceId: id(),
    apiKeyId: id(),
    invitationId: id(),
    commandId: id(),
    daypartId: id(),
    layoutId: id(),
    groupId: id(),
    entryId: id(),
    overrideId: id(),
    businessId: id(),
    spareBusinessId: id(),
  };
}

/** A zone as wide and high as its layout. */
export const WHOLE_ZONE = {
  id: "0195a3c2-7b1e-7c3d-9a4b-0000000000a1",
  name: "Main",
  left: 0,
  top: 0,
  width: 1,
  height: 1,
  z: 0,
  playlistId: null,
};

export type Answer = { status: number; body: unknown; cookie: string | undefined };

/** Calls one procedure over real HTTP; queries by GET, everything else by POST. */
export async function callProcedure(
  url: string,
  path: string,
  { type, input, cookie }: { type: string; input?: unknown; cookie?: string },
): Promise<Answer> {
  const isQuery = type === "query";
  const query = isQuery && input !== undefined ? `?input=${encodeURIComponent(JSON.stringify(input))}` : "";
  const response = await fetch(`${url}/trpc/${path}${query}`, {
    method: isQuery ? "GET" : "POST",
    headers: {
      ...(cookie === undefined ? {} : { cookie }),
      ...(isQuery ? {} : { "content-type": "application/json" }),
    },
    ...(isQuery ? {} : { body: JSON.stringify(input ?? {}) }),
    signal: AbortSignal.timeout(20_000),
  });
  const body: unknown = await response.json();
  return { status: response.status, body, cookie: response.headers.getSetCookie()[0]?.split(";")[0] };
}

/** Makes a world; every name in it is the same as in any other. */
export async function makeAlikeWorld(url: string): Promise<World> {
  const email = `sam-${randomUUID()}@example.com`;
  const password = "correct horse battery";
  const signedUp = await callProcedure(url, "account.signUp", {
    type: "mutation",
    input: {
      name: "Sam Alike",
      email,
      password,
      organizationName: "Alike",
    },
  });
  const cookie = signedUp.cookie ?? "";
  const mutate = async (path: string, input: unknown) => {
    const answer = await callProcedure(url, path, { type: "mutation", input, cookie });
    if (answer.status !== 200) throw new Error(`${path} failed: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const assetId = text(
    await mutate("assets.createWeb", { name: "Page", url: "https://example.com/" }),
    "result.data.id",
  );
  const spareAssetId = text(
    await mutate("assets.createWeb", { name: "Spare", url: "https://example.com/spare" }),
    "result.data.id",
  );
  for (const id of [assetId, spareAssetId]) await untilDrawn(url, cookie, id);
  const playlist = await mutate("playlists.create", { name: "Loop", assetIds: [assetId] });
  const playlistId = text(playlist, "result.data.id");
  const device = await mutate("devices.claim", { code: await startPairing(url), name: "Window", playlistId });
  const deviceId = text(device, "result.data.id");
  const daypart = await mutate("dayparts.create", {
    name: "Breakfast",
    windows: [{ weekdays: ["MO", "TU"], start: "06:00", end: "10:30" }],
  });
  const daypartId = text(daypart, "result.data.id");
  const layout = await mutate("layouts.create", {
    name: "Split",
    zones: [{ ...WHOLE_ZONE, playlistId }],
    mainZoneId: WHOLE_ZONE.id,
  });
  const group = await mutate("groups.create", { name: "Doors", deviceIds: [deviceId] });
  const groupId = text(group, "result.data.id");
  const entry = await mutate("schedule.create", {
    content: { kind: "layout", layoutId: text(layout, "result.data.id") },
    targets: { groupIds: [groupId], tags: ["window"] },
    when: {
      start: "2026-11-24T09:00",
      end: "2026-11-24T11:00",
      recurrence: "FREQ=WEEKLY;BYDAY=TU",
      exceptDates: [],
      extraDates: [],
    },
    daypartIds: [daypartId],
  });
  const override = await mutate("schedule.override", {
    content: { kind: "asset", assetId },
    targets: { isEverywhere: true },
    endsAt: "2099-01-01T00:00:00.000Z",
  });
  const key = await mutate("apiKeys.create", { name: "Key", grants: ["devices.view"] });
  const asked = await mutate("invitations.create", {
    emails: [`asked-${randomUUID()}@example.com`],
    role: "viewer",
  });
  const invitationId = text(asked, "result.data.rows.0.id");
  await untilMailed(url, cookie);
  const business = await mutate("businesses.create", { name: "Harbour" });
  const spareBusiness = await mutate("businesses.create", { name: "Spare" });
  const command = await mutate("devices.sendCommand", { deviceId, kind: "identify" });
  return {
    cookie,
    organizationId: text(signedUp.body, "result.data.organization.id"),
    userId: text(signedUp.body, "result.data.user.id"),
    sessionId: await otherSession(url, { email, password, cookie }),
    assetId,
    spareAssetId,
    playlistId,
    itemId: text(playlist, "result.data.items.0.id"),
    deviceId,
    apiKeyId: text(key, "result.data.key.id"),
    invitationId,
    commandId: text(command, "result.data.id"),
    daypartId,
    layoutId: text(layout, "result.data.id"),
    groupId,
    entryId: text(entry, "result.data.id"),
    overrideId: text(override, "result.data.id"),
    businessId: text(business, "result.data.id"),
    spareBusinessId: text(spareBusiness, "result.data.id"),
  };
}

/** Signs in once more; gives that session's public id. */
async function otherSession(
  url: string,
  { cookie, ...credentials }: { email: string; password: string; cookie: string },
): Promise<string> {
  const signedIn = await callProcedure(url, "account.signIn", { type: "mutation", input: credentials });
  if (signedIn.status !== 200) throw new Error(`account.signIn failed: ${JSON.stringify(signedIn.body)}`);
  const sessions = await callProcedure(url, "account.sessions", { type: "query", cookie });
  return text(sessions.body, "result.data.rows.0.id");
}

/** Waits until a web page's card was drawn, so that no job changes the world any more. */
async function untilDrawn(url: string, cookie: string, id: string): Promise<void> {
  await until("the card is drawn", async () => {
    const answer = await callProcedure(url, "assets.get", { type: "query", input: { id }, cookie });
    return !JSON.stringify(answer.body).includes('"thumbnailUrl":null');
  });
}

/** Waits until the one invitation's message went out, so that no job changes the world any more. */
async function untilMailed(url: string, cookie: string): Promise<void> {
  await until("the invitation is sent", async () => {
    const answer = await callProcedure(url, "invitations.list", { type: "query", input: {}, cookie });
    return JSON.stringify(answer.body).includes('"mail":"written"');
  });
}

/** A screen asks to be paired; gives the code on its glass. */
export async function startPairing(url: string): Promise<string> {
  const { publicKey } = generateKeyPairSync("ed25519");
  const jwk = publicKey.export({ format: "jwk" });
  const response = await fetch(`${url}${DEVICE_PATHS.trpc}/pairing.start`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      publicKey: jwk.x,
      hardware: {
        model: "Test board",
        os: "Linux",
        appVersion: "0.1.0",
        shell: "none",
        displayWidth: 1280,
        displayHeight: 720,
      },
    }),
    signal: AbortSignal.timeout(20_000),
  });
  const body: unknown = await response.json();
  return text(body, "result.data.userCode");
}

/** The text at a path of an answer; throws when there is none. */
export function text(body: unknown, path: string): string {
  let value = body;
  for (const key of path.split(".")) {
    value = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  }
  if (typeof value !== "string") throw new Error(`No ${path} in ${JSON.stringify(body)}`);
  return value;
}
