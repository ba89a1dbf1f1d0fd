import type { KeyObject } from "node:crypto";
import type { AuthDatabase } from "@vitrine/db/auth";
import type { Database } from "@vitrine/db/database";
import type { JobsDatabase } from "@vitrine/db/jobs";
import type { AnchorFile } from "./audit/anchor-file.ts";
import type { ApiKeyUses } from "./auth/api-key-uses.ts";
import type { FailedSignIns } from "./auth/failed-sign-ins.ts";
import type { Passwords } from "./auth/passwords.ts";
import type { Refusals } from "./auth/refusals.ts";
import type { Sessions } from "./auth/sessions.ts";
import type { DeviceServices } from "./device/device-services.ts";
import type { EventHub } from "./events/event-hub.ts";
import type { Mailer } from "./mail/mailer.ts";
import type { Manifests } from "./manifest/manifests.ts";
import type { MediaWorkers } from "./media/media-workers.ts";
import type { BlobStore } from "./platform/blob-store.ts";
import type { Clock, NewId } from "./platform/clock.ts";
import type { Config } from "./platform/config.ts";
import type { ContentUrls } from "./platform/content-urls.ts";
import type { Log } from "./platform/log.ts";
import type { Mac } from "./platform/mac.ts";
import type { Queue } from "./platform/queue.ts";
import type { RateLimits } from "./platform/rate-limits.ts";
import type { TxtRecords } from "./platform/txt-records.ts";
import type { UploadFiles } from "./platform/upload-files.ts";
import type { Vault } from "./platform/vault/vault.ts";
import type { Hosts } from "./tenancy/hosts.ts";

/** What features are built from: made once by the composition root, passed to each request. */
export type Services = {
  config: Config;
  /** Where messages say that the dashboard is: as configured, else on this machine. Never what a request says. */
  ownOrigin(): string;
  log: Log;
  /** Where calls that are refused are put on record. */
  refusals: Refusals;
  clock: Clock;
  newId: NewId;
  mac: Mac;
  /** Seals secrets that have to be read again. */
  vault: Vault;
  /** Ed25519 key that signs manifests; screens got its public half when they were paired. */
  manifestKey: KeyObject;
  rateLimits: RateLimits;
  txtRecords: TxtRecords;
  /** What the hosts mean that requests come by. */
  hosts: Hosts;
  database: Database;
  authDatabase: AuthDatabase;
  jobsDatabase: JobsDatabase;
  sessions: Sessions;
  apiKeyUses: ApiKeyUses;
  failedSignIns: FailedSignIns;
  passwords: Passwords;
  blobs: BlobStore;
  /** Heads of audit chains outside the database. */
  auditAnchors: AnchorFile;
  /** Files that are being uploaded or wait to be processed. */
  uploads: UploadFiles;
  /** Looks at files in processes apart. */
  media: MediaWorkers;
  mailer: Mailer;
  queue: Queue;
  contentUrls: ContentUrls;
  events: EventHub;
  manifests: Manifests;
  /** What screens speak to. */
  devices: DeviceServices;
};
