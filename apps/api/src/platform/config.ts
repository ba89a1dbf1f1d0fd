import { resolve } from "node:path";
import { DEFAULT_MIN_VERSION } from "node:tls";
import { hostName } from "@vitrine/core/model/domain";
import { type PlanName, planName } from "@vitrine/core/model/plan";
import { findTlsFault } from "@vitrine/core/model/tls";
import * as z from "zod";
import { type MailAddress, type MailServer, mailAddress, mailServer } from "../mail/settings.ts";
import { StartupError } from "./startup-error.ts";

/** Everything the server is told from outside, checked once at start. */
export type Config = {
  /** Port of the API and dashboard; 0 takes a free one. */
  port: number;
  host: string;
  /** Port of the content origin, which serves what organizations upload; 0 takes a free one. */
  contentPort: number;
  /** Folder of everything the server keeps: embedded database, files, secrets. Absolute. */
  dataDir: string;
  /** Set: use this PostgreSQL. Unset: run the embedded one under `dataDir`. */
  databaseUrl: string | undefined;
  /** Public address of dashboard and API, where a proxy stands in front; else derived from each request. */
  publicOrigin: string | undefined;
  /** Each organization has a sub-domain of it, by its slug; undefined: none has. */
  baseDomain: string | undefined;
  /** Servers that domains of organizations are looked up at; none: those of the machine. */
  dnsServers: readonly string[];
  /** Whether `?organization=` names the organization of a request. */
  isDevelopment: boolean;
  /** Public address of the content origin, where it differs from this host and `contentPort`. */
  contentOrigin: string | undefined;
  /** How many proxies in front are trusted to name the client's address. 0: none. */
  trustedProxies: number;
  /** The plan of organizations that are founded. */
  defaultPlan: PlanName;
  /** Multiplies how often anybody may call. */
  callLimitFactor: number;
  /** Set: messages go out by it. Unset: each is a file under `dataDir`. */
  mailServer: MailServer | undefined;
  /** Messages that anybody may ask for, about any address, go out at random moments within so many seconds. */
  mailSpreadSeconds: number;
  /** Who messages are from. */
  mailFrom: MailAddress;
  /**
   * Keys that data keys are kept under, 32 bytes base64url each: the first keeps new ones, all open. None: those of the
   * data folder, which open what they kept in either case.
   */
  keyEncryptionKeys: readonly string[];
  /** How often the heads of audit chains are written outside the database. */
  auditAnchorSeconds: number;
  logLevel: "debug" | "info" | "warn" | "error" | "silent";
  /** Built dashboard and stage that are served; a folder that is absent is a clear error at start. */
  dashboardDir: string;
  stageDir: string;
};

const repository = resolve(import.meta.dirname, "../../../..");

const NOBODY: MailAddress = { name: "Vitrine", address: "vitrine@localhost" };

const keyEncryptionKeys = z
  .string()
  .transform((text) => text.split(","))
  .pipe(
    z.array(z.string().regex(/^[\w-]{43}$/, "must be keys of 32 bytes in base64url, with commas between")),
  );

const dnsServers = z
  .string()
  .transform((text) => text.split(","))
  .pipe(
    z.array(
      z.union([
        z.ipv4(),
        z.ipv6(),
        z.string().regex(/^(\[[0-9a-f:.]+\]|[\d.]+):\d+$/i, "must be addresses, with commas between"),
      ]),
    ),
  );

const variables = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().default("0.0.0.0"),
  VITRINE_CONTENT_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  VITRINE_DATA: z.string().min(1).default(".data"),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must begin with postgres://")
    .optional(),
  VITRINE_PUBLIC_ORIGIN: z.url().optional(),
  VITRINE_CONTENT_ORIGIN: z.url().optional(),
  VITRINE_BASE_DOMAIN: z.union([z.literal("localhost"), hostName]).optional(),
  VITRINE_DNS_SERVERS: dnsServers.default([]),
  NODE_ENV: z.string().optional(),
  VITRINE_TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  VITRINE_DEFAULT_PLAN: planName.default("unlimited"),
  VITRINE_CALL_LIMIT_FACTOR: z.coerce.number().min(0.001).max(1000).default(1),
  VITRINE_SMTP_URL: mailServer.optional(),
  VITRINE_MAIL_FROM: mailAddress.optional(),
  VITRINE_MAIL_SPREAD_SECONDS: z.coerce.number().int().min(0).max(60).default(5),
  VITRINE_KEY_ENCRYPTION_KEYS: keyEncryptionKeys.default([]),
  VITRINE_AUDIT_ANCHOR_SECONDS: z.coerce.number().int().min(1).max(86_400).default(3600),
  VITRINE_LOG: z.enum(["debug", "info", "warn", "error", "silent"]).default("warn"),
  VITRINE_DASHBOARD_DIR: z.string().default(resolve(repository, "apps/dashboard/dist")),
  VITRINE_STAGE_DIR: z.string().default(resolve(repository, "apps/kiosk/dist/stage")),
});
const environment = variables.refine(
  (value) => value.VITRINE_SMTP_URL === undefined || value.VITRINE_MAIL_FROM !== undefined,
  {
    path: ["VITRINE_MAIL_FROM"],
    message: "must name the sender, such as Vitrine <signage@example.com>, where VITRINE_SMTP_URL is set",
  },
);

/**
 * Reads the configuration from environment variables; relative folders are relative to `cwd`. Throws StartupError for
 * what cannot be used, and where certificates would not be checked.
 */
export function readConfig(env: Record<string, string | undefined>, cwd: string): Config {
  const tlsFault = findTlsFault(env, DEFAULT_MIN_VERSION);
  if (tlsFault !== undefined) throw new StartupError(tlsFault);
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = environment.safeParse(present);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`).join("; ");
    throw new StartupError(
      `The configuration is not usable: ${faults}. Correct the environment variable and start again.`,
    );
  }
  const value = parsed.data;
  return {
    port: value.PORT,
    host: value.HOST,
    contentPort: value.VITRINE_CONTENT_PORT ?? (value.PORT === 0 ? 0 : value.PORT + 1),
    dataDir: resolve(cwd, value.VITRINE_DATA),
    databaseUrl: value.DATABASE_URL,
    publicOrigin: origin(value.VITRINE_PUBLIC_ORIGIN),
    contentOrigin: origin(value.VITRINE_CONTENT_ORIGIN),
    baseDomain: value.VITRINE_BASE_DOMAIN,
    dnsServers: value.VITRINE_DNS_SERVERS,
    isDevelopment: value.NODE_ENV === "development",
    trustedProxies: value.VITRINE_TRUSTED_PROXIES,
    defaultPlan: value.VITRINE_DEFAULT_PLAN,
    callLimitFactor: value.VITRINE_CALL_LIMIT_FACTOR,
    mailServer: value.VITRINE_SMTP_URL,
    mailSpreadSeconds: value.VITRINE_MAIL_SPREAD_SECONDS,
    mailFrom: value.VITRINE_MAIL_FROM ?? NOBODY,
    keyEncryptionKeys: value.VITRINE_KEY_ENCRYPTION_KEYS,
    auditAnchorSeconds: value.VITRINE_AUDIT_ANCHOR_SECONDS,
    logLevel: value.VITRINE_LOG,
    dashboardDir: value.VITRINE_DASHBOARD_DIR,
    stageDir: value.VITRINE_STAGE_DIR,
  };
}

function origin(url: string | undefined): string | undefined {
  return url === undefined ? undefined : new URL(url).origin;
}
