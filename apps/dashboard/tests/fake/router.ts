import { initTRPC, TRPCError, tracked } from "@trpc/server";
import * as account from "@vitrine/core/model/account";
import * as apiKey from "@vitrine/core/model/api-key";
import * as asset from "@vitrine/core/model/asset";
import * as audit from "@vitrine/core/model/audit";
import * as business from "@vitrine/core/model/business";
import * as daypart from "@vitrine/core/model/daypart";
import * as device from "@vitrine/core/model/device";
import * as health from "@vitrine/core/model/device-health";
import * as domain from "@vitrine/core/model/domain";
import * as entry from "@vitrine/core/model/entry";
import type { AppErrorShape, ErrorCode } from "@vitrine/core/model/errors";
import { AppError, ERRORS } from "@vitrine/core/model/errors";
import { type StreamEvent, streamEvent } from "@vitrine/core/model/event";
import * as group from "@vitrine/core/model/group";
import { id } from "@vitrine/core/model/ids";
import * as layout from "@vitrine/core/model/layout";
import { manifestPreview } from "@vitrine/core/model/manifest";
import * as member from "@vitrine/core/model/member";
import * as notifications from "@vitrine/core/model/notifications";
import * as organization from "@vitrine/core/model/organization";
import { overviewView } from "@vitrine/core/model/overview";
import { page, pageInput } from "@vitrine/core/model/paging";
import * as plan from "@vitrine/core/model/plan";
import * as playlist from "@vitrine/core/model/playlist";
import * as factor from "@vitrine/core/model/second-factor";
import * as z from "zod";

/** Answers of the world that stands in for the server, by procedure name; a promise may never end. */
export type Answers = Record<string, (input: never) => unknown>;

export type FakeContext = {
  answers: Answers;
  requestId: string;
  events: (signal: AbortSignal | undefined) => AsyncIterable<[id: string, event: StreamEvent]>;
};

const t = initTRPC.context<FakeContext>().create({
  errorFormatter({ shape, error, ctx }) {
    const cause: unknown = error.cause;
    const code: ErrorCode = cause instanceof AppError ? cause.code : "INTERNAL";
    const data: unknown = cause instanceof AppError ? cause.data : {};
    const app: AppErrorShape = {
      code,
      isRetryable: ERRORS[code].isRetryable,
      requestId: ctx?.requestId ?? "",
      data,
    };
    return { ...shape, message: code, data: { ...shape.data, app } };
  },
});

const none = z.void();
const ids = z.strictObject({ ids: z.array(id).min(1).max(200) });
const one = z.strictObject({ id });
const removing = ids.extend({ force: z.boolean().default(false) });
const done = z.unknown();

/** The dashboard's side of the contract: every input and answer goes through the schemas of the core. */
export const fakeRouter = t.router({
  account: t.router({
    session: query(none, account.sessionView.nullable()),
    signUpWay: query(none, account.signUpWay),
    requestSignUp: mutation(account.requestSignUpInput, done),
    openSignUp: mutation(account.heldSignUpInput, account.openedLink),
    signUp: mutation(account.signUpInput, account.sessionView),
    signIn: mutation(account.signInInput, account.signInOutcome),
    completeSignIn: mutation(account.completeSignInInput, account.sessionView),
    stepUp: mutation(account.stepUpInput, account.sessionView),
    signOut: mutation(none, done),
    changePassword: mutation(account.changePasswordInput, done),
    updateProfile: mutation(account.updateProfileInput, done),
    requestPasswordReset: mutation(account.requestPasswordResetInput, done),
    openPasswordReset: mutation(account.heldLinkInput, account.openedLink),
    resetPassword: mutation(account.resetPasswordInput, done),
    sendVerification: mutation(none, done),
    requestEmailChange: mutation(account.requestEmailChangeInput, done),
    openEmailLink: mutation(account.heldLinkInput, account.openedLink),
    confirmEmail: mutation(account.heldLinkInput, account.confirmedEmail),
    sessions: query(none, account.ownSessions),
    revokeSession: mutation(account.revokeSessionInput, done),
    revokeOtherSessions: mutation(none, account.revokedSessions),
    events: query(account.listAccountEventsInput, page(account.accountEventView)),
  }),
  organization: t.router({
    get: query(none, organization.organizationView),
    plan: query(none, plan.planView),
    update: mutation(organization.updateOrganizationInput, organization.organizationView),
    requireSecondFactor: mutation(organization.requireSecondFactorInput, organization.organizationView),
    setSecurity: mutation(organization.setSecurityInput, organization.organizationView),
    atAddress: query(none, organization.addressView),
    create: mutation(organization.createOrganizationInput, account.sessionView),
    select: mutation(z.strictObject({ organizationId: id }), account.sessionView),
    remove: mutation(organization.removeOrganizationInput, done),
    removed: query(none, z.strictObject({ rows: z.array(organization.removedOrganization) })),
    restore: mutation(z.strictObject({ organizationId: id }), account.sessionView),
  }),
  secondFactor: t.router({
    get: query(none, factor.secondFactorView),
    begin: mutation(none, factor.begunSecondFactor),
    confirm: mutation(factor.confirmSecondFactorInput, factor.confirmedSecondFactor),
    renewRecoveryCodes: mutation(none, factor.recoveryCodes),
    turnOff: mutation(none, account.sessionView),
  }),
  members: t.router({
    list: query(member.listMembersInput, page(member.memberView)),
    setRole: mutation(member.setRoleInput, member.memberView),
    setExtra: mutation(member.setExtraInput, member.memberView),
    setBusinesses: mutation(member.setBusinessesInput, member.memberView),
    whoMay: query(member.whoMayInput, page(member.memberView)),
    remove: mutation(member.memberInput, done),
    restore: mutation(member.memberInput, member.memberView),
    handOver: mutation(member.memberInput, done),
    notifications: query(none, notifications.notificationChoices),
    muteNotifications: mutation(notifications.muteNotificationsInput, notifications.notificationChoices),
    leave: mutation(none, account.sessionView),
  }),
  invitations: t.router({
    list: query(member.listInvitationsInput, page(member.invitationView)),
    create: mutation(member.inviteInput, member.invited),
    resend: mutation(member.invitationInput, member.invitationView),
    withdraw: mutation(member.invitationInput, done),
    link: mutation(member.invitationInput, member.invitationLink),
    open: mutation(member.heldInvitationInput, member.openedInvitation),
    acceptAsNew: mutation(member.acceptAsNewInput, account.sessionView),
    accept: mutation(member.heldInvitationInput, account.sessionView),
  }),
  businesses: t.router({
    list: query(business.listBusinessesInput, business.businessPage),
    names: query(none, business.businessNames),
    get: query(one, business.businessView),
    create: mutation(business.createBusinessInput, business.businessView),
    update: mutation(business.updateBusinessInput, business.businessView),
    remove: mutation(one, done),
  }),
  apiKeys: t.router({
    list: query(pageInput, page(apiKey.apiKeyView)),
    create: mutation(apiKey.createApiKeyInput, apiKey.createdApiKey),
    update: mutation(apiKey.updateApiKeyInput, apiKey.apiKeyView),
    rotate: mutation(apiKey.rotateApiKeyInput, apiKey.createdApiKey),
    revoke: mutation(one, done),
  }),
  assets: t.router({
    list: query(asset.listAssetsInput, asset.assetPage),
    get: query(one, asset.assetView),
    tags: query(none, z.strictObject({ tags: z.array(z.strictObject({ tag: z.string(), count: z.int() })) })),
    createWeb: mutation(asset.createWebAssetInput, asset.assetView),
    createStream: mutation(asset.createStreamAssetInput, asset.assetView),
    update: mutation(asset.updateAssetInput, asset.assetView),
    remove: mutation(removing, done),
    restore: mutation(ids, done),
    usedBy: query(one, asset.usedBy),
    retry: mutation(one, done),
  }),
  audit: t.router({
    list: query(audit.listAuditInput, audit.auditPage),
    get: query(audit.auditEventInput, audit.auditEventView),
    actors: query(none, z.strictObject({ rows: z.array(audit.auditActor) })),
    state: query(none, audit.auditState),
    verify: mutation(none, audit.auditCheck),
  }),
  playlists: t.router({
    list: query(playlist.listPlaylistsInput, playlist.playlistPage),
    get: query(one, playlist.playlistView),
    create: mutation(playlist.createPlaylistInput, playlist.playlistView),
    update: mutation(playlist.updatePlaylistInput, done),
    duplicate: mutation(one, playlist.playlistView),
    remove: mutation(removing, done),
    restore: mutation(ids, done),
    usedBy: query(one, asset.usedBy),
    addItems: mutation(playlist.addItemsInput, playlist.playlistView),
    updateItem: mutation(playlist.updateItemInput, playlist.playlistView),
    moveItem: mutation(playlist.moveItemInput, playlist.playlistView),
    removeItems: mutation(playlist.removeItemsInput, playlist.playlistView),
    preview: query(one, manifestPreview),
  }),
  layouts: t.router({
    list: query(layout.listLayoutsInput, layout.layoutPage),
    get: query(one, layout.layoutView),
    create: mutation(layout.createLayoutInput, layout.layoutView),
    update: mutation(layout.updateLayoutInput, layout.layoutView),
    duplicate: mutation(one, layout.layoutView),
    remove: mutation(removing, done),
    restore: mutation(ids, done),
    usedBy: query(one, asset.usedBy),
  }),
  dayparts: t.router({
    list: query(daypart.listDaypartsInput, daypart.daypartPage),
    create: mutation(daypart.createDaypartInput, daypart.daypartView),
    update: mutation(daypart.updateDaypartInput, daypart.daypartView),
    duplicate: mutation(one, daypart.daypartView),
    remove: mutation(removing, done),
    restore: mutation(ids, done),
    usedBy: query(one, asset.usedBy),
  }),
  groups: t.router({
    list: query(group.listGroupsInput, group.groupPage),
    create: mutation(group.createGroupInput, group.groupView),
    rename: mutation(group.renameGroupInput, group.groupView),
    change: mutation(group.changeGroupInput, group.groupView),
    duplicate: mutation(one, group.groupView),
    remove: mutation(removing, done),
    restore: mutation(ids, done),
    usedBy: query(one, asset.usedBy),
  }),
  devices: t.router({
    list: query(device.listDevicesInput, device.devicePage),
    get: query(one, device.deviceView),
    counts: query(none, device.deviceCounts),
    tags: query(none, z.strictObject({ tags: z.array(z.strictObject({ tag: z.string(), count: z.int() })) })),
    findPairing: query(device.findPairingInput, device.pairingRequestView),
    claim: mutation(device.claimDeviceInput, device.deviceView),
    update: mutation(device.updateDeviceInput, device.deviceView),
    assignPlaylist: mutation(device.assignPlaylistInput, done),
    revoke: mutation(one, done),
    sendCommand: mutation(device.sendCommandInput, device.commandView),
    commands: query(
      z.strictObject({ deviceId: id }),
      z.strictObject({ commands: z.array(device.commandView) }),
    ),
    diagnose: query(one, health.deviceDiagnosis),
    timeline: query(health.deviceTimelineInput, health.deviceTimeline),
    events: query(health.listDeviceEventsInput, health.deviceEventPage),
    files: query(one, health.deviceFiles),
    logs: query(z.strictObject({ deviceId: id }), health.deviceLogs),
    readLog: query(health.readDeviceLogInput, health.deviceLog),
    preview: query(one, manifestPreview),
  }),
  schedule: t.router({
    list: query(entry.listEntriesInput, entry.entryPage),
    get: query(one, entry.entryView),
    create: mutation(entry.createEntryInput, entry.entryView),
    update: mutation(entry.updateEntryInput, entry.entryView),
    duplicate: mutation(one, entry.entryView),
    moveOccurrence: mutation(entry.moveOccurrenceInput, entry.entryView),
    removeOccurrence: mutation(entry.removeOccurrenceInput, done),
    remove: mutation(entry.entryIdsInput, done),
    restore: mutation(entry.entryIdsInput, done),
    override: mutation(entry.overrideInput, entry.entryView),
    endOverride: mutation(one, done),
    overrides: query(none, z.strictObject({ rows: z.array(entry.runningOverride) })),
    receipts: query(entry.receiptsInput, entry.receiptPage),
    preview: query(entry.previewInput, entry.previewView),
    explain: query(entry.explainInput, entry.explanationView),
    airtime: query(entry.airtimeInput, entry.airtimeView),
    lint: query(entry.lintInput, entry.lintView),
  }),
  overview: t.router({ get: query(none, overviewView) }),
  domains: t.router({
    list: query(none, domain.domainList),
    add: mutation(domain.domainInput, domain.domainView),
    verify: mutation(domain.domainInput, domain.domainList),
    remove: mutation(domain.domainInput, done),
  }),
  events: t.router({
    stream: t.procedure
      .input(z.strictObject({ lastEventId: z.string().nullish() }))
      .subscription(async function* ({ ctx, signal }) {
        for await (const [eventId, event] of ctx.events(signal)) {
          yield tracked(eventId, streamEvent.parse(event));
        }
      }),
  }),
});
export type FakeRouter = typeof fakeRouter;

function query<Input extends z.ZodType, Output extends z.ZodType>(input: Input, output: Output) {
  return t.procedure.input(input).query(async ({ ctx, path, input: given }) => {
    return parsed(output, await answer(ctx, path, given));
  });
}

function mutation<Input extends z.ZodType, Output extends z.ZodType>(input: Input, output: Output) {
  return t.procedure.input(input).mutation(async ({ ctx, path, input: given }) => {
    return parsed(output, await answer(ctx, path, given));
  });
}

function parsed<Output extends z.ZodType>(output: Output, value: unknown): z.infer<Output> {
  return output.parse(value);
}

async function answer(ctx: FakeContext, path: string, input: unknown): Promise<unknown> {
  const give = ctx.answers[path];
  if (!give) throw new TRPCError({ code: "NOT_FOUND", message: `No answer for ${path}` });
  try {
    return await give(input as never);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const code: ErrorCode = error.code;
    throw new TRPCError({ code: ERRORS[code].transport, cause: error });
  }
}
