import type { AssetView, listAssetsInput } from "@vitrine/core/model/asset";
import type { AuditCheck, AuditEventView } from "@vitrine/core/model/audit";
import type { BusinessView } from "@vitrine/core/model/business";
import type { DaypartView } from "@vitrine/core/model/daypart";
import type { DeviceView, listDevicesInput } from "@vitrine/core/model/device";
import { DEVICE_STATUSES } from "@vitrine/core/model/device";
import type { EntryView } from "@vitrine/core/model/entry";
import { appError } from "@vitrine/core/model/errors";
import type { GroupView } from "@vitrine/core/model/group";
import type { LayoutView } from "@vitrine/core/model/layout";
import type { InvitationView, MemberView } from "@vitrine/core/model/member";
import {
  type OrganizationView,
  organizationView,
  type updateOrganizationInput,
} from "@vitrine/core/model/organization";
import type { listPlaylistsInput, PlaylistView } from "@vitrine/core/model/playlist";
import type * as z from "zod";
import { accountAnswers } from "./account.ts";
import { apiKeyAnswers } from "./api-keys.ts";
import { auditAnswers, auditCheck, busyRecord } from "./audit.ts";
import { businessAnswers } from "./businesses.ts";
import { DAYPARTS, daypartAnswers } from "./dayparts.ts";
import { domainAnswers, OPEN_TO_ALL, securityAnswers } from "./domains.ts";
import { GROUPS, groupAnswers } from "./groups.ts";
import { LAYOUTS, layoutAnswers } from "./layouts.ts";
import { overrideAnswers } from "./overrides.ts";
import { FOUNDER, INVITATIONS, PEOPLE, peopleAnswers } from "./people.ts";
import { busyDay, previewOf } from "./preview.ts";
import type { Answers } from "./router.ts";
import { ENTRIES, scheduleAnswers } from "./schedule.ts";
import { screenAnswers } from "./screen.ts";
import { factorAnswers } from "./second-factor.ts";
import { asset, device, idOf, item, minutesAgo, nested, playlist } from "./things.ts";
import { forecastAnswers } from "./why.ts";

/** What the world holds; tests put in what they need. */
export type Holdings = {
  assets: readonly AssetView[];
  playlists: readonly PlaylistView[];
  devices: readonly DeviceView[];
  layouts?: readonly LayoutView[];
  dayparts?: readonly DaypartView[];
  groups?: readonly GroupView[];
  entries?: readonly EntryView[];
  people?: readonly MemberView[];
  businesses?: readonly BusinessView[];
  invitations?: readonly InvitationView[];
  record?: readonly AuditEventView[];
  check?: AuditCheck;
};

/** What is out of the ordinary about some assets of the café. */
const SPECIAL: Record<number, Partial<AssetView>> = {
  7: {
    state: "processing",
    thumbnailUrl: null,
    fileUrl: null,
    width: null,
    height: null,
    sizeBytes: null,
    sha256: null,
  },
  8: { availableFrom: minutesAgo(-60 * 24 * 9) },
  10: { state: "failed", fault: "codec_unsupported", kind: "video", thumbnailUrl: null, fileUrl: null },
  12: { availableFrom: minutesAgo(60 * 24 * 30), availableUntil: minutesAgo(60 * 24 * 3) },
  14: { isEnabled: false },
  23: { kind: "stream", url: "https://live.example/harbour.m3u8", reloadSeconds: null, name: "Harbour live" },
};

/** A café with a dozen things to show, three playlists and seven screens, not all of them well. */
export function busyCafe(): Holdings {
  const assets = Array.from({ length: 24 }, (_, number) => asset(number, SPECIAL[number]));
  const line = (number: number, of: number, part = {}) => item(number, assets[of] ?? asset(of), part);
  const lunch = playlist(1, "Lunch", [line(11, 8), line(12, 4), line(13, 3)]);
  const playlists = [
    playlist(0, "All day", [
      line(1, 0),
      line(2, 1, { durationMs: 22_500, effectiveDurationMs: 22_500 }),
      line(3, 2, { weight: 3 }),
      line(4, 7),
      line(5, 5, { durationMs: 45_000, effectiveDurationMs: 45_000 }),
      line(6, 6, { isEnabled: false }),
      line(7, 9),
      line(8, 11, { durationMs: 5_000, effectiveDurationMs: 5_000 }),
      nested(9, lunch, { take: 2, daypartIds: [idOf(11, 2)] }),
    ]),
    lunch,
    playlist(2, "A playlist whose name somebody wrote out in full, with the season, the year and the city", [
      line(21, 13),
    ]),
    playlist(3, "Empty so far", []),
  ];
  const devices = [
    device(0),
    device(1, {
      display: { backend: "cec", output: "HDMI-A-1", desired: "off", observed: "off", problem: null },
      isUpToDate: false,
    }),
    device(2, {
      status: "syncing",
      sync: { filesReady: 4, filesTotal: 9, bytesReady: 41_000_000, bytesTotal: 120_000_000 },
      isUpToDate: false,
    }),
    device(3),
    device(4, { status: "offline" }),
    device(5, {
      status: "trouble",
      identityCopiedAt: minutesAgo(31),
      faults: [{ kind: "decode", text: "“Spring teaser” could not be decoded three times and is left out" }],
    }),
    device(6, {
      status: "never",
      offlineReason: "never_connected",
      lastHeardAt: null,
      onGlass: null,
      screenshot: null,
      vitals: null,
      hardware: null,
    }),
  ];
  return {
    assets,
    playlists,
    devices,
    layouts: LAYOUTS,
    dayparts: DAYPARTS,
    groups: GROUPS,
    entries: ENTRIES,
    people: PEOPLE,
    invitations: INVITATIONS,
    record: busyRecord(),
    check: auditCheck(58),
  };
}

/** An organization on its first day. */
export const NOTHING: Holdings = { assets: [], playlists: [], devices: [] };

type List<Schema extends z.ZodType> = z.infer<Schema>;

/** Answers of a server that holds these things; what a test needs otherwise, it puts over them. */
export function answersOf(holdings: Holdings): Answers {
  const { assets, playlists, devices } = holdings;
  const counts = Object.fromEntries(
    DEVICE_STATUSES.map((status) => [status, devices.filter((one) => one.status === status).length]),
  );
  const used = {
    playlists: playlists.slice(0, 2).map(named),
    layouts: [],
    entries: [],
    devices: devices.slice(0, 1).map(named),
    isOrganizationDefault: false,
    isBrandLogo: false,
  };
  const logo = assets.find(({ kind, state }) => kind === "image" && state === "ready") ?? null;
  const organization: OrganizationView = {
    id: idOf(1, 1),
    name: "Northlight Cafés",
    slug: "northlight",
    timeZone: "Europe/Berlin",
    defaultDurationMs: 10_000,
    defaultPlaylistId: playlists[0]?.id ?? null,
    graceMs: 15_000,
    brandColor: "#7c3aed",
    brandLogo: logo && { assetId: logo.id, url: logo.thumbnailUrl },
    ...OPEN_TO_ALL,
    storageBytes: assets.reduce((sum, one) => sum + (one.sizeBytes ?? 0), 0),
    createdAt: minutesAgo(60 * 24 * 90),
  };
  return {
    ...layoutAnswers(holdings.layouts ?? []),
    ...daypartAnswers(holdings.dayparts ?? []),
    ...domainAnswers(),
    ...securityAnswers(organization),
    ...groupAnswers(holdings.groups ?? []),
    ...scheduleAnswers(holdings.entries ?? []),
    ...peopleAnswers(holdings.people ?? FOUNDER, holdings.invitations ?? []),
    ...businessAnswers(holdings.businesses ?? []),
    ...accountAnswers(),
    ...auditAnswers(holdings.record ?? [], holdings.check),
    ...factorAnswers(),
    "account.signOut": () => ({}),
    "organization.get": () => organization,
    "organization.plan": () => ({
      plan: "professional",
      features: ["layouts", "branding", "apiKeys"],
      uses: [
        { thing: "screens", use: 84, limit: 100 },
        { thing: "people", use: 12, limit: 50 },
        { thing: "assets", use: 1203, limit: 5000 },
        { thing: "storage", use: 268_435_456_000, limit: 268_435_456_000 },
      ],
    }),
    "organization.update": ({ brandLogoAssetId, ...change }: z.infer<typeof updateOrganizationInput>) =>
      organizationView.parse({
        ...organization,
        ...change,
        ...(brandLogoAssetId && { brandLogo: { assetId: brandLogoAssetId, url: null } }),
      }),
    ...apiKeyAnswers(),
    "assets.list": (input: List<typeof listAssetsInput>) =>
      paged(
        assets.filter(
          (one) =>
            (input.search === undefined || one.name.toLowerCase().includes(input.search.toLowerCase())) &&
            (input.kind === undefined || one.kind === input.kind) &&
            (input.state === undefined || one.state === input.state) &&
            (input.tag === undefined || one.tags.includes(input.tag)) &&
            one.isActive === !input.removed,
        ),
        input,
      ),
    "assets.get": ({ id }: { id: string }) => found(assets, id),
    "assets.tags": () => ({
      tags: [...new Set(assets.flatMap((one) => one.tags))].map((tag) => ({ tag, count: 1 })),
    }),
    "assets.usedBy": () => used,
    "assets.createStream": ({ url, name }: { url: string; name?: string }) =>
      asset(99, { kind: "stream", url, name: name ?? new URL(url).hostname }),
    "assets.update": ({ id, ...change }: { id: string }) => ({ ...found(assets, id), ...change }),
    "assets.remove": () => ({}),
    "assets.restore": () => ({}),
    "playlists.list": (input: List<typeof listPlaylistsInput>) =>
      paged(
        playlists
          .filter(
            (one) =>
              (input.search === undefined || one.name.toLowerCase().includes(input.search.toLowerCase())) &&
              one.isActive === !input.removed,
          )
          .map(({ version: _version, items: _items, ...summary }) => summary),
        input,
      ),
    "playlists.get": ({ id }: { id: string }) => found(playlists, id),
    "playlists.update": () => ({}),
    "playlists.usedBy": () => used,
    "playlists.preview": ({ id }: { id: string }) => previewOf(found(playlists, id), "Preview"),
    "devices.list": (input: List<typeof listDevicesInput>) =>
      paged(
        devices.filter(
          (one) =>
            (input.search === undefined || one.name.toLowerCase().includes(input.search.toLowerCase())) &&
            (input.status === undefined || one.status === input.status) &&
            (input.groupId === undefined || one.groups.some(({ id }) => id === input.groupId)),
        ),
        input,
      ),
    "devices.get": ({ id }: { id: string }) => found(devices, id),
    "devices.counts": () => counts,
    "devices.tags": () => ({
      tags: [...new Set(devices.flatMap((one) => one.tags))].map((tag) => ({ tag, count: 1 })),
    }),
    ...screenAnswers(devices),
    "devices.preview": () => busyDay(playlists, "Window"),
    ...forecastAnswers(busyDay(playlists, "Window")),
    ...overrideAnswers(),
    "devices.findPairing": () => ({
      hardware: device(0).hardware,
      remoteAddress: "192.168.1.34",
      requestedAt: minutesAgo(1),
      expiresAt: minutesAgo(-9),
    }),
    "overview.get": () => ({
      firstSteps: {
        hasContent: assets.length > 0,
        hasPlaylist: playlists.length > 0,
        hasScreen: devices.length > 0,
        isPlaying: devices.some((one) => one.status === "playing"),
      },
      counts,
      assetCount: assets.length,
      playlistCount: playlists.length,
      storageBytes: assets.reduce((sum, one) => sum + (one.sizeBytes ?? 0), 0),
      recentDevices: devices.slice(0, 12),
    }),
  };
}

function named({ id, name }: { id: string; name: string }) {
  return { id, name };
}

function found<Thing extends { id: string }>(things: readonly Thing[], id: string): Thing {
  const thing = things.find((one) => one.id === id);
  if (!thing) throw appError("NOT_FOUND");
  return thing;
}

function paged<Row>(
  rows: readonly Row[],
  input: { cursor?: string | undefined; limit: number } = { limit: 200 },
) {
  const start = Number(input.cursor ?? 0);
  const end = start + input.limit;
  return {
    rows: rows.slice(start, end),
    nextCursor: end < rows.length ? String(end) : null,
    total: rows.length,
  };
}
