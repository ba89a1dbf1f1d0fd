import { randomBytes } from "node:crypto";
import { type AssetKind, isLinkKind } from "@vitrine/core/model/asset";
import { mayBeLimited } from "@vitrine/core/model/business";
import { expandGrants, ROLE_GRANTS, type Role } from "@vitrine/core/model/permissions";
import { assets, blobs, devices, organizations } from "@vitrine/db/schema";
import { type OrganizationScope, organizationScope } from "@vitrine/db/scope";
import { type Actor, type Principal, type PrincipalOrganization, scopeOf } from "../auth/principal.ts";
import type { Services } from "../services.ts";
import type { RequestContext } from "../trpc/context.ts";
import { createCallerFactory } from "../trpc/init.ts";
import { appRouter } from "../trpc/root.ts";

/** An organization of its own in a test database, and calls of somebody with a role in it. */
export type TestOrganization = Awaited<ReturnType<typeof makeTestOrganization>>;

const createCaller = createCallerFactory(appRouter);

/** Founds an organization; its callers are people who are already signed in. */
export async function makeTestOrganization(services: Services, name = "Test") {
  const scope = organizationScope(services.newId());
  const { organizationId } = scope;
  await services.database.batch(scope, (q) => [q.insert(organizations).values({ organizationId, name })]);

  const contextOf = (role: Role, businessIds: readonly string[] | null = null) => {
    const actor: Actor = {
      kind: "user",
      id: services.newId(),
      name: `A ${role}`,
      email: `${role}@example.com`,
      sessionId: services.newId(),
      sessionExpiresAt: new Date(services.clock.nowMs() + 3_600_000),
      mustVerifyEmail: false,
      steppedUpAt: services.clock.now(),
      hasSecondFactor: false,
    };
    const organization: PrincipalOrganization = {
      id: organizationId,
      businessIds,
      permissions: new Set(
        expandGrants(ROLE_GRANTS[role]).filter((one) => businessIds === null || mayBeLimited(one)),
      ),
      isSecondFactorMissing: false,
      mustSignInAgain: false,
    };
    const principal: Principal = { actor, organization, isUnavailable: false };
    const context: RequestContext = {
      services,
      requestId: services.newId(),
      remoteAddress: "127.0.0.1",
      userAgent: "test",
      contentOrigin: "http://content.test",
      accountOrigin: null,
      findHost: async () => ({ kind: "own" }),
      findPublicOrigin: async () => "http://dashboard.test",
      findMailOrigin: async () => "http://dashboard.test",
      findPrincipal: async () => principal,
      caller: () => principal,
      findPrincipalAnew: async () => principal,
      findSession: async () => null,
      sessionToken: () => null,
      requireSessionToken: () => "",
      afterAnswer: (work) => work(),
      tellLimit: () => {},
      setSessionCookie: () => {},
      deviceToken: () => null,
      setDeviceCookie: () => {},
      secondStepToken: () => null,
      setSecondStepCookie: () => {},
    };
    return { ...context, scope: scopeOf(organization), actor, organization };
  };
  return {
    scope,
    organizationId,
    contextOf,
    /** The router as somebody with this role sees it, limited to businesses or not. */
    as: (role: Role, businessIds: readonly string[] | null = null) =>
      createCaller(contextOf(role, businessIds)),
    makeAsset: (asset: Partial<TestAsset> = {}) => makeAsset(services, scope, asset),
    makeDevice: (device: { name?: string; playlistId?: string } = {}) => makeDevice(services, scope, device),
  };
}

type TestAsset = Pick<
  typeof assets.$inferInsert,
  "name" | "state" | "isEnabled" | "isActive" | "durationMs" | "url"
> & { kind: AssetKind };

/** Content as if it had been processed: ready unless told otherwise, with a file and a thumbnail unless it is an address. */
async function makeAsset(
  services: Services,
  scope: OrganizationScope,
  given: Partial<TestAsset>,
): Promise<string> {
  const { organizationId } = scope;
  const id = services.newId();
  const kind = given.kind ?? "image";
  const state = given.state ?? "ready";
  const mediaType = kind === "video" ? "video/mp4" : "image/jpeg";
  const file = { organizationId, sha256: sha256(), sizeBytes: 1000, mediaType, chunksSha256: sha256() };
  const thumbnail = { ...file, sha256: sha256(), mediaType: "image/webp" };
  const hasFile = !isLinkKind(kind) && state === "ready";
  await services.database.batch(scope, (q) => [
    q.insert(blobs).values(hasFile ? [file, thumbnail] : [thumbnail]),
    q.insert(assets).values({
      organizationId,
      id,
      kind,
      name: given.name ?? `Asset ${id}`,
      state,
      isEnabled: given.isEnabled ?? true,
      isActive: given.isActive ?? true,
      durationMs: given.durationMs ?? null,
      width: 1920,
      height: 1080,
      mediaType: hasFile ? mediaType : null,
      sizeBytes: hasFile ? file.sizeBytes : 0,
      blobSha256: hasFile ? file.sha256 : null,
      thumbnailSha256: state === "ready" ? thumbnail.sha256 : null,
      url: isLinkKind(kind) ? (given.url ?? "https://example.com/") : null,
      reloadSeconds: kind === "web" ? 60 : null,
    }),
  ]);
  return id;
}

async function makeDevice(
  services: Services,
  scope: OrganizationScope,
  { name = "Screen", playlistId }: { name?: string; playlistId?: string },
): Promise<string> {
  const id = services.newId();
  await services.database.batch(scope, (q) => [
    q.insert(devices).values({
      organizationId: scope.organizationId,
      id,
      name,
      timeZone: "Europe/Berlin",
      playlistId: playlistId ?? null,
    }),
  ]);
  return id;
}

function sha256(): string {
  return randomBytes(32).toString("hex");
}
