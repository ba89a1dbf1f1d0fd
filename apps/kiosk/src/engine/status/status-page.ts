import type { ScreenStatus } from "./screen-status.ts";

const STYLE = `
:root{color-scheme:light dark;font:15px/1.5 system-ui,sans-serif}
body{max-width:60rem;margin:1.5rem auto;padding:0 1rem}
h1{font-size:1.4rem}h2{font-size:1.05rem;margin:1.6rem 0 .4rem}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.2rem .8rem .2rem 0;vertical-align:top}
th{font-weight:500;white-space:nowrap;width:14rem}
.bad{color:#c0392b}ul{margin:.3rem 0;padding-left:1.2rem}
pre{overflow-x:auto;font-size:12px;border:1px solid #8886;padding:.6rem;border-radius:6px}`;

/** The page of a status: one document without scripts that loads itself again every five seconds. */
export function statusPage(status: ScreenStatus): string {
  const { life, onGlass, sync, clock, vitals, display, update, start } = status;
  const conditions = [
    life.isOffline && "offline",
    life.isRecovering && "recovering",
    life.isVetoOpen && "may be refused at the glass",
  ].filter((one) => one !== false);
  const state = [life.state, ...conditions].join(", ");
  const machine: [string, string][] = [
    ["Player", `${status.version}, shell ${status.shell}, started by ${start.reason}`],
    ["Server", status.server],
    ["Time of the server", `${status.at}${clock.isTrusted ? "" : " (not confirmed since the start)"}`],
    [
      "Time of the machine",
      `${clock.machine}, ${clock.offsetMs} ms off, known to ${rounded(clock.errorMs)} ms`,
    ],
    ["Network", vitals.network ? `${vitals.network.kind}, ${vitals.network.address}` : "none"],
    ["Disk", `${gigabytes(vitals.diskFreeBytes)} free of ${gigabytes(vitals.diskTotalBytes)}`],
    ["Content on disk", `${gigabytes(vitals.cacheBytes)} of at most ${gigabytes(vitals.cacheLimitBytes)}`],
    ["Memory", `engine ${gigabytes(vitals.engineBytes)}, stage ${gigabytes(vitals.stageBytes)}`],
    ["Temperature", vitals.temperatureCelsius === null ? "not told" : `${vitals.temperatureCelsius} °C`],
    ["Display", `${display.observed} (shall be ${display.desired}), by ${display.backend}`],
    ["Updates", `${update.channel}: ${update.state}${update.version === null ? "" : ` ${update.version}`}`],
    ["Plays to be sent", String(vitals.playsWaiting ?? "not known")],
    ["Stage brought back", `${vitals.stageRestarts} times`],
  ];
  const content: [string, string][] = [
    ["State", state],
    ["Screen", `${status.screen ?? "without a name yet"} of ${status.organization ?? "nobody yet"}`],
    [
      "On the glass",
      onGlass ? `${onGlass.name}, since ${onGlass.since}` : (status.scene ?? "nothing of a schedule"),
    ],
    ["Why", onGlass?.why ?? "–"],
    [
      "Content",
      `revision ${status.manifest.activeRevision ?? "none"}, newest ${status.manifest.newestRevision ?? "none"}`,
    ],
    ["Files", sync ? `${sync.filesReady} of ${sync.filesTotal}, ${percent(sync)}` : "none known"],
  ];
  const name = escapeHtml(status.screen ?? "This screen");
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="5">
<meta name="viewport" content="width=device-width"><title>${name} · Vitrine</title><style>${STYLE}</style></head><body>
<h1>${name}</h1>
${section("What to do", list(status.advice))}
${section("Faults", list(status.faults.map(({ kind, text }) => `${kind}: ${text}`)), "bad")}
${section("Playing", table(content))}
${section("Files on their way", table((sync?.missing ?? []).map((file) => fileRow(file, status))))}
${section("Machine", table(machine))}
${section("Log", status.log.length === 0 ? "" : `<pre>${status.log.map(escapeHtml).join("\n")}</pre>`)}
</body></html>
`;
}

type Missing = NonNullable<ScreenStatus["sync"]>["missing"][number];

function fileRow(file: Missing, { missingNames }: ScreenStatus): [string, string] {
  const problem = file.problem === null ? "" : `, ${file.failures} failures: ${file.problem}`;
  const bytes = `${megabytes(file.bytesReady)} of ${megabytes(file.sizeBytes)}`;
  return [missingNames[file.sha256] ?? file.sha256.slice(0, 8), `${file.state}, ${bytes}${problem}`];
}

function section(title: string, inner: string, style = ""): string {
  return inner === "" ? "" : `<h2${style === "" ? "" : ` class="${style}"`}>${title}</h2>\n${inner}`;
}

function list(texts: readonly string[]): string {
  if (texts.length === 0) return "";
  return `<ul>${texts.map((text) => `<li>${escapeHtml(text)}</li>`).join("")}</ul>`;
}

function table(rows: readonly [string, string][]): string {
  if (rows.length === 0) return "";
  const lines = rows.map(
    ([name, value]) => `<tr><th>${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`,
  );
  return `<table>${lines.join("\n")}</table>`;
}

function percent({ bytesReady, bytesTotal }: { bytesReady: number; bytesTotal: number }): string {
  return bytesTotal === 0 ? "100 %" : `${Math.floor((bytesReady / bytesTotal) * 100)} %`;
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
const gigabytes = (bytes: number | null) => (bytes === null ? "unknown" : `${(bytes / 1e9).toFixed(2)} GB`);
const rounded = (ms: number | null) => (ms === null ? "unknown" : Math.ceil(ms));

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? "");
}
