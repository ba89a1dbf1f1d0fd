import { createPrivateKey } from "node:crypto";
import { anchorPath, openAnchorFile } from "./audit/anchor-file.ts";
import { startAnchoring } from "./audit/anchoring.ts";
import { startApiKeyUses } from "./auth/api-key-uses.ts";
import { startFailedSignIns } from "./auth/failed-sign-ins.ts";
import { openPasswords } from "./auth/passwords.ts";
import { startRefusals } from "./auth/refusals.ts";
import { makeSessions } from "./auth/sessions.ts";
import { startDeviceServices } from "./device/device-services.ts";
import { devicePlugin } from "./device/http-plugin.ts";
import { startEventHub } from "./events/event-hub.ts";
import { processAsset } from "./features/assets/process-asset.ts";
import { performCheck } from "./features/audit/verify.ts";
import { sendMail } from "./features/send-mail.ts";
import { auditExportPlugin } from "./http/audit-export.ts";
import { contentPlugin } from "./http/content.ts";
import { makeContextFactory } from "./http/context.ts";
import { dashboardPlugin } from "./http/dashboard.ts";
import { healthPlugin } from "./http/health.ts";
import { noteRefusals } from "./http/note-refusals.ts";
import { listen, makeHttpServer } from "./http/server.ts";
import { trpcPlugin } from "./http/trpc.ts";
import { uploadsPlugin } from "./http/uploads.ts";
import { openMailer } from "./mail/mailer.ts";
import { makeManifests } from "./manifest/manifests.ts";
import { openMediaWorkers } from "./media/media-workers.ts";
import { newId, systemClock } from "./platform/clock.ts";
import type { Config } from "./platform/config.ts";
import { makeContentUrls } from "./platform/content-urls.ts";
import { lockDataDir } from "./platform/data-lock.ts";
import { openLocalBlobStore } from "./platform/local-blob-store.ts";
import { makeLog } from "./platform/log.ts";
import { makeMac } from "./platform/mac.ts";
import { openQueue } from "./platform/queue.ts";
import { makeRateLimits } from "./platform/rate-limits.ts";
import { loadSecrets } from "./platform/secrets.ts";
import { makeTxtRecords } from "./platform/txt-records.ts";
import { openUploadFiles } from "./platform/upload-files.ts";
import { makeDataKeyStore } from "./platform/vault/data-key-store.ts";
import { requireKeyRing } from "./platform/vault/key-ring.ts";
import { makeVault } from "./platform/vault/vault.ts";
import type { Services } from "./services.ts";
import { startDomainChecks } from "./system/domain-checks.ts";
import { openDatabases, type RoleUrls } from "./system/open-databases.ts";
import { startOutboxHousekeeping } from "./system/outbox-housekeeping.ts";
import { makeOutboxReader } from "./system/outbox-reader.ts";
import { openSignals } from "./system/signals.ts";
import { startUploadHousekeeping } from "./system/upload-housekeeping.ts";
import { makeHosts } from "./tenancy/hosts.ts";

export type RunningServer = {
  /** Address of the dashboard as this machine reaches it. */
  url: string;
  port: number;
  contentPort: number;
  services: Services;
  /** Finishes what is under way and stops everything, the embedded database last. */
  stop(): Promise<void>;
};

/**
 * Starts the whole server on a configuration. Rejects with StartupError, whose message says what to do, when a port
 * or the data folder is in use, or the database cannot be used; what had been started is stopped again. `roleUrls`
 * name a database that is migrated already, in place of the configured one.
 */
export async function startServer(config: Config, roleUrls?: RoleUrls): Promise<RunningServer> {
  const stack = new AsyncDisposableStack();
  try {
    return await start(config, roleUrls, stack);
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

async function start(
  config: Config,
  roleUrls: RoleUrls | undefined,
  stack: AsyncDisposableStack,
): Promise<RunningServer> {
  stack.use(await lockDataDir(config.dataDir));
  const ports = { main: config.port, content: config.contentPort };
  const ownOrigin = () => config.publicOrigin ?? `http://localhost:${ports.main}`;
  const services: Services = { ...(await makeServices(config, roleUrls, stack)), ownOrigin };
  let isAccepting = true;

  const content = makeHttpServer(services);
  await content.register(contentPlugin, services);
  stack.defer(() => content.close());
  const app = makeHttpServer(services);
  app.addHook("preClose", async () => services.events.closeStreams());
  stack.defer(() => app.close());
  noteRefusals(app, services.refusals);
  await app.register(healthPlugin, {
    isAccepting: () => isAccepting,
    pingDatabase: async () => {
      await services.jobsDatabase.currentSnapshot();
    },
    gauges: {
      event_streams: { help: "Open event streams of dashboards", read: () => services.events.streamCount() },
      event_lag_seconds: {
        help: "How long ago all committed changes had last been told",
        read: () => (services.clock.nowMs() - services.events.settledAtMs()) / 1000,
      },
      hint_streams: {
        help: "Open hint streams of screens",
        read: () => services.devices.hints.streamCount(),
      },
    },
    metricsToken: process.env.VITRINE_METRICS_TOKEN,
  });
  const makeContext = makeContextFactory(services, () => ports.content);
  await app.register(trpcPlugin, { services, makeContext });
  await app.register(uploadsPlugin, { services });
  await app.register(auditExportPlugin, { services });
  await app.register(devicePlugin, { services });
  await app.register(dashboardPlugin, { services, contentPort: () => ports.content });

  stack.use(startDomainChecks(services));
  await services.queue.work("process-asset", 2, (job) => processAsset(services, job));
  await services.queue.work("send-mail", 2, (job) => sendMail(services, job));
  await services.queue.work("verify-audit", 1, (job) => performCheck(services, job));
  ports.content = await listen(content, config.host, config.contentPort, "VITRINE_CONTENT_PORT");
  ports.main = await listen(app, config.host, config.port, "PORT");
  return {
    url: `http://localhost:${ports.main}`,
    port: ports.main,
    contentPort: ports.content,
    services,
    async stop() {
      isAccepting = false;
      await stack.disposeAsync();
    },
  };
}

/** Everything that features are built from; what holds a resource is put on the stack. */
async function makeServices(
  config: Config,
  roleUrls: RoleUrls | undefined,
  stack: AsyncDisposableStack,
): Promise<Omit<Services, "ownOrigin">> {
  const log = makeLog(config.logLevel);
  if (config.mailServer && config.publicOrigin === undefined)
    log.warn("set VITRINE_PUBLIC_ORIGIN: until then the links in messages lead to this machine alone");
  const secrets = loadSecrets(config.dataDir);
  const clock = systemClock;
  const mac = makeMac(secrets.macKey);
  const ring = requireKeyRing(config.keyEncryptionKeys, secrets);
  const manifestKey = createPrivateKey(secrets.manifestKey);
  let wake = () => {};
  const onOutboxCommit = () => wake();
  const databases = await openDatabases({ config, roleUrls, secrets, log, stack, onOutboxCommit });
  const { database, authDatabase, jobsDatabase } = databases;
  const outbox = makeOutboxReader(jobsDatabase);
  const signals = stack.use(openSignals({ url: databases.jobsUrl, log }));
  const events = stack.use(await startEventHub({ database, outbox, signals, mac, clock, log }));
  wake = () => events.wake();
  stack.use(startOutboxHousekeeping({ jobs: jobsDatabase, clock, log }));
  const auditAnchors = await openAnchorFile({ path: anchorPath(config.dataDir), mac, log });
  const everyMs = config.auditAnchorSeconds * 1000;
  stack.use(startAnchoring({ jobs: jobsDatabase, file: auditAnchors, mac, clock, log, everyMs }));
  const devices = await startDeviceServices({ mac, clock, log, newId, database, jobsDatabase, events });
  stack.use(devices);
  const uploads = await openUploadFiles(config.dataDir, clock);
  stack.use(startUploadHousekeeping({ uploads, log }));
  const media = stack.use(await openMediaWorkers({ dataDir: config.dataDir, log }));
  const mailer = stack.use(await openMailer({ config, log }));
  const queue = stack.use(await openQueue({ url: databases.jobsUrl, log }));
  return {
    config,
    log,
    refusals: stack.use(startRefusals(log)),
    clock,
    newId,
    mac,
    vault: makeVault({ ring, store: makeDataKeyStore({ database, authDatabase }) }),
    manifestKey,
    rateLimits: makeRateLimits(clock),
    txtRecords: makeTxtRecords(config.dnsServers),
    hosts: makeHosts({ config, authDatabase, clock }),
    database,
    authDatabase,
    jobsDatabase,
    sessions: makeSessions({
      authDatabase,
      clock,
      newId,
      asksForVerification: config.mailServer !== undefined,
    }),
    apiKeyUses: stack.use(startApiKeyUses({ authDatabase, clock, log })),
    failedSignIns: stack.use(startFailedSignIns({ authDatabase, clock, log })),
    passwords: stack.use(openPasswords()),
    events,
    devices,
    manifests: makeManifests({ database, manifestKey, clock }),
    auditAnchors,
    blobs: await openLocalBlobStore(config.dataDir),
    uploads,
    media,
    mailer,
    queue,
    contentUrls: makeContentUrls({ mac, clock }),
  };
}
