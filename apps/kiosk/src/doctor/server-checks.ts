import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { DEVICE_PATHS } from "@vitrine/core/model/device-protocol";
import { findNetwork } from "../engine/health/network-facts.ts";
import { exchange, toLinkError } from "../engine/link/http.ts";
import { systemClock } from "../engine/platform/clock.ts";
import { describe } from "../engine/platform/log.ts";
import { bad, type Finding, ok, warn } from "./finding.ts";

const TIMEOUT_MS = 10_000;
const ANSWER_LIMIT_BYTES = 64 * 1024;

/** Looks at network, name resolution, the server behind the address, and this machine's clock against its. */
export async function checkServer(server: string): Promise<Finding[]> {
  const network = await findNetwork();
  const { hostname } = new URL(server);
  const isHere = hostname === "localhost" || hostname.startsWith("127.");
  const findings = [
    network
      ? ok("network", `${network.kind}, address ${network.address}`)
      : isHere
        ? warn("network", "there is no network but this machine's own", "Look at cable or wireless.")
        : bad("network", "there is no network", "Look at cable or wireless."),
  ];
  const name = await checkName(hostname);
  findings.push(name);
  return name.verdict === "bad" ? findings : [...findings, ...(await checkAnswer(server))];
}

async function checkName(hostname: string): Promise<Finding> {
  if (isIP(hostname.replace(/^\[|\]$/g, "")) !== 0) return ok("name", `${hostname} is an address`);
  try {
    const { address } = await lookup(hostname);
    return ok("name", `${hostname} is ${address}`);
  } catch (error) {
    return bad(
      "name",
      `${hostname} is not found: ${describe(error)}`,
      "Look at the server's address for a slip, and at the resolver of this machine (/etc/resolv.conf).",
    );
  }
}

/** Asks for a manifest without saying who asks: a Vitrine server refuses that in its own words. */
async function checkAnswer(server: string): Promise<Finding[]> {
  const network = { fetch: (url: string, init: RequestInit) => fetch(url, init) };
  const sentAtMs = Date.now();
  try {
    const answer = await exchange(
      { network, clock: systemClock },
      {
        url: `${server}${DEVICE_PATHS.manifest}`,
        method: "GET",
        timeoutMs: TIMEOUT_MS,
        limitBytes: ANSWER_LIMIT_BYTES,
        signal: new AbortController().signal,
      },
    );
    const tookMs = Date.now() - sentAtMs;
    const { failure } = toLinkError(answer);
    const clock = checkClock(answer.headers.get("date"), sentAtMs + tookMs / 2);
    if (failure.kind === "app") return [ok("server", `a Vitrine server answers in ${tookMs} ms`), clock];
    const advice =
      "Give the address that opens the dashboard in a browser; look at proxies that ask for a password.";
    return [
      bad("server", `${server} answers ${answer.status}, but not as a Vitrine server does`, advice),
      clock,
    ];
  } catch (error) {
    const advice = "Look whether the server runs, and whether a firewall lets this machine reach it.";
    return [bad("server", `${server} does not answer: ${describe(error)}`, advice)];
  }
}

/** The header is good to the second. */
function checkClock(date: string | null, atMs: number): Finding {
  const offMs = Date.parse(date ?? "") + 500 - atMs;
  if (!Number.isFinite(offMs))
    return warn("clock", "the server does not tell its time", "Look at proxies on the way.");
  const seconds = Math.round(Math.abs(offMs) / 1000);
  if (seconds <= 5) return ok("clock", "this machine's clock agrees with the server's");
  const text = `this machine's clock is ${seconds} s ${offMs > 0 ? "behind" : "ahead"}; the player corrects for that`;
  return warn("clock", text, "Have the clock kept by time synchronization: timedatectl set-ntp true");
}
