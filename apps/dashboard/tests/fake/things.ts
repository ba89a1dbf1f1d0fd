import type { SessionView } from "@vitrine/core/model/account";
import type { AssetView } from "@vitrine/core/model/asset";
import type { DeviceView } from "@vitrine/core/model/device";
import { PERMISSIONS, type Permission } from "@vitrine/core/model/permissions";
import type { PlaylistItemView, PlaylistView } from "@vitrine/core/model/playlist";

/** The instant that all things here are told from. */
export const NOW = Date.now();

/** A UUID that says which thing it is of: group and number. */
export function idOf(group: number, number: number): string {
  return `0195a3c2-7b1e-7c3d-9a${String(group).padStart(2, "0")}-${String(number).padStart(12, "0")}`;
}

/** An instant some minutes before `NOW`, as it is on the wire. */
export function minutesAgo(minutes: number): string {
  return new Date(NOW - minutes * 60_000).toISOString();
}

/** A session of an owner, or of somebody with fewer permissions. */
export function session(permissions: readonly Permission[] = PERMISSIONS): SessionView {
  const organizationId = idOf(1, 1);
  return {
    user: { id: idOf(0, 1), name: "Mara Lindqvist", email: "mara@northlight.example" },
    organization: {
      id: organizationId,
      name: "Northlight Cafés",
      slug: "northlight",
      timeZone: "Europe/Berlin",
      brandColor: null,
      hasLogo: false,
      role: permissions.length === PERMISSIONS.length ? "owner" : "viewer",
      permissions: [...permissions],
      businesses: null,
      isSecondFactorMissing: false,
      mustSignInAgain: false,
    },
    sendsMail: true,
    isBound: false,
    isUnavailable: false,
    organizations: [
      { organizationId, name: "Northlight Cafés", slug: "northlight", role: "owner" },
      { organizationId: idOf(1, 2), name: "Harbour School", slug: "harbour-school", role: "operator" },
    ],
    hasSecondFactor: false,
    mustVerifyEmail: false,
    expiresAt: minutesAgo(-60 * 24),
  };
}

const NAMES = [
  "Winter menu",
  "Cardamom buns",
  "Opening hours",
  "Harbour at dawn.jpg",
  "Barista of the month",
  "Gift cards",
  "Loyalty, explained in fifteen seconds for everybody who waits in line at noon",
  "Spring teaser",
  "Lunch offer",
  "Q",
  "Staff wanted",
  "Weather",
] as const;
const TAGS = [
  ["menu"],
  ["menu", "winter"],
  ["info"],
  [],
  ["people"],
  ["offers"],
  ["offers", "info"],
  [],
] as const;

/** An asset; every fourth a video, every sixth a web page, some not ready. */
export function asset(number: number, part: Partial<AssetView> = {}): AssetView {
  const kind = number % 6 === 5 ? "web" : number % 4 === 1 ? "video" : "image";
  const isWeb = kind === "web";
  return {
    id: idOf(2, number),
    businessId: null,
    kind,
    name: `${NAMES[number % NAMES.length]}${number >= NAMES.length ? ` ${number}` : ""}`,
    description: "",
    tags: [...(TAGS[number % TAGS.length] ?? [])],
    state: "ready",
    fault: null,
    isEnabled: true,
    isActive: true,
    width: isWeb ? null : number % 5 === 3 ? 3000 : 1920,
    height: isWeb ? null : number % 5 === 3 ? 4000 : 1080,
    durationMs: kind === "video" ? 15_000 + number * 1000 : null,
    mediaType: isWeb ? null : kind === "video" ? "video/mp4" : "image/jpeg",
    codec: kind === "video" ? "H.264 High" : null,
    sizeBytes: isWeb ? null : 1_400_000 + number * 731_000,
    sha256: isWeb ? null : "ab".repeat(32),
    url: isWeb ? "https://weather.example/city" : null,
    reloadSeconds: isWeb ? 300 : null,
    fit: number % 5 === 3 ? "cover" : "contain",
    loudness: kind === "video" ? 60 : 100,
    thumbnailUrl: `/media/${number}.svg`,
    fileUrl: isWeb ? null : `/media/${number}.svg`,
    availableFrom: null,
    availableUntil: null,
    createdAt: minutesAgo(number * 90),
    updatedAt: minutesAgo(number * 80),
    createdByName: "Mara Lindqvist",
    ...part,
  };
}

/** A screen of this number and status. */
export function device(number: number, part: Partial<DeviceView> = {}): DeviceView {
  const names = [
    "Window",
    "Counter left",
    "Counter right",
    "Harbour terrace",
    "Meeting room",
    "Entrance",
    "Kitchen",
  ];
  const isOff = part.status === "offline";
  return {
    id: idOf(3, number),
    businessId: null,
    name: names[number % names.length] ?? `Screen ${number}`,
    timeZone: "Europe/Berlin",
    rotation: number % 5 === 3 ? 90 : 0,
    volumePercent: null,
    privateHosts: number === 1 ? ["menu.local", "192.168.4.0/24"] : [],
    playlist: { id: idOf(4, 0), name: "All day" },
    effectivePlaylist: { id: idOf(4, 0), name: "All day" },
    tags: number % 2 ? ["café"] : [],
    groups: number % 2 ? [] : [{ id: idOf(12, 1), name: "Counters" }],
    status: "playing",
    offlineReason: isOff ? "connection_lost" : null,
    lastHeardAt: minutesAgo(isOff ? 95 : 0),
    playerState: "playing",
    onGlass: {
      assetId: idOf(2, number),
      itemId: null,
      entryId: null,
      shownSince: minutesAgo(0.2),
      assetName: NAMES[number % NAMES.length] ?? "",
      thumbnailUrl: `/media/${number}.svg`,
    },
    isUpToDate: true,
    isRecovering: false,
    sync: { filesReady: 24, filesTotal: 24, bytesReady: 184_000_000, bytesTotal: 184_000_000 },
    faults: [],
    hardware: {
      model: "Raspberry Pi 5 Model B",
      os: "Debian GNU/Linux 13",
      appVersion: "0.1.0",
      shell: "electron",
      displayWidth: 1920,
      displayHeight: 1080,
    },
    vitals: {
      uptimeSeconds: 862_000,
      memoryUsedBytes: 1_120_000_000,
      diskFreeBytes: 21_400_000_000,
      cpuLoad: 0.34,
      temperatureCelsius: 54.2,
      clockOffsetMs: -12,
      clockErrorMs: 8,
      stageRestarts: 0,
      memoryTotalBytes: 4_150_000_000,
      diskTotalBytes: 31_000_000_000,
      cacheBytes: 2_600_000_000,
      cacheLimitBytes: 12_000_000_000,
      engineBytes: 96_000_000,
      stageBytes: 310_000_000,
      playsWaiting: 0,
      framesDropped: 3,
      network: { kind: "wired", address: "192.168.4.31" },
    },
    display: { backend: "wayland", output: "HDMI-A-1", desired: "on", observed: "on", problem: null },
    update: { channel: "stable", state: "current", version: null, problem: null },
    identityCopiedAt: null,
    screenshot: { url: `/media/${number}.svg`, takenAt: minutesAgo(120) },
    pairedAt: minutesAgo(60 * 24 * 40),
    isActive: true,
    ...part,
  };
}

/** An item that shows an asset. */
export function item(number: number, of: AssetView, part: Partial<PlaylistItemView> = {}): PlaylistItemView {
  const { name, kind, state, isEnabled, isActive, width, height, thumbnailUrl, fileUrl, url } = of;
  return {
    id: idOf(5, number),
    assetId: of.id,
    playlistId: null,
    durationMs: null,
    isEnabled: true,
    take: null,
    weight: 1,
    daypartIds: [],
    playlist: null,
    effectiveDurationMs: of.durationMs ?? 10_000,
    asset: { name, kind, state, isEnabled, isActive, width, height, thumbnailUrl, fileUrl, url },
    ...part,
  };
}

/** An item that plays another playlist in its place. */
export function nested(
  number: number,
  of: PlaylistView,
  part: Partial<PlaylistItemView> = {},
): PlaylistItemView {
  return {
    ...item(number, asset(0)),
    assetId: null,
    asset: null,
    playlistId: of.id,
    playlist: { name: of.name, itemCount: of.itemCount, isActive: true },
    effectiveDurationMs: of.totalDurationMs,
    ...part,
  };
}

/** A playlist of these items. */
export function playlist(number: number, name: string, items: readonly PlaylistItemView[]): PlaylistView {
  return {
    id: idOf(4, number),
    businessId: null,
    name,
    order: "sequence",
    fadeMs: 0,
    itemCount: items.length,
    totalDurationMs: items
      .filter((one) => one.isEnabled)
      .reduce((sum, one) => sum + one.effectiveDurationMs, 0),
    isDefault: number === 0,
    isActive: true,
    deviceCount: number === 0 ? 4 : number % 3,
    thumbnailUrls: items.slice(0, 4).flatMap((one) => one.asset?.thumbnailUrl ?? []),
    updatedAt: minutesAgo(number * 55),
    version: 1,
    items: [...items],
  };
}
