import { anyAddress, callsOverHttp } from "./http-calls.ts";

/** What the process of the flood is told. */
export type FloodOrder =
  | { kind: "start"; url: string; perSecond: number; emails: readonly string[] }
  | { kind: "stop" };

/** What it tells when it has stopped: how long it went on, and how many answers had which status. */
export type FloodReport = { seconds: number; statuses: Record<number, number> };

/** Beyond so many without an answer none is sent: the rate that is told is the one that was answered. */
const MOST_OPEN = 1000;
const TICK_MS = 10;

// Wrong sign-ins of people whose accounts exist, at a steady rate whatever the answers, each from an address of its own.
let timer: NodeJS.Timeout | undefined;
let startedMs = 0;
let statuses: Record<number, number> = {};

process.on("message", (order: FloodOrder) => {
  if (order.kind === "start") start(order);
  else stop();
});

function start({ url, perSecond, emails }: Extract<FloodOrder, { kind: "start" }>): void {
  const calls = callsOverHttp(url, 256);
  let open = 0;
  let sent = 0;
  statuses = {};
  startedMs = performance.now();
  const guess = async () => {
    open += 1;
    const email = emails[Math.floor(Math.random() * emails.length)] ?? "";
    const status = await calls.signIn({ email, password: "not the password" }, { address: anyAddress() });
    statuses[status] = (statuses[status] ?? 0) + 1;
    open -= 1;
  };
  timer = setInterval(() => {
    const due = ((performance.now() - startedMs) * perSecond) / 1000;
    for (; sent < due; sent += 1) if (open < MOST_OPEN) void guess();
  }, TICK_MS);
}

function stop(): void {
  clearInterval(timer);
  const report: FloodReport = { seconds: (performance.now() - startedMs) / 1000, statuses };
  process.send?.(report);
}
