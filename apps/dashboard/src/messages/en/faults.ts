import type { AssetFault } from "@vitrine/core/model/asset";
import type { ErrorCode } from "@vitrine/core/model/errors";

/** What went wrong, for people: one text for every code of the catalogues. */
export const faults = {
  errors: {
    API_KEY_INVALID: "This API key is not good: it is unknown, has ended or was revoked.",
    API_KEY_NETWORK: "This API key may not be used from {address}.",
    API_KEY_OVER: "This key has ended, or was replaced already. Create a new one.",
    ASSET_NOT_READY: "This content is still being prepared. Try again in a moment.",
    BUSINESS_IN_USE: "Something belongs to this business, or somebody is limited to it.",
    BUSY: "The server has too much to do right now. Try again in {seconds} s.",
    CROSS_SITE_REQUEST: "The browser says that this came from another site. Reload the page and try again.",
    DEVICE_CLOCK_WRONG: "The clock of the screen is wrong.",
    DEVICE_REVOKED: "This screen was revoked.",
    DEVICE_SESSION_EXPIRED: "The screen has to sign in again.",
    DEVICE_SIGNATURE_WRONG: "The screen could not prove who it is.",
    DNS_UNREACHABLE:
      "Nobody could say what {name} holds. The name servers of the domain may be down; try again later.",
    DOMAIN_RECORD_MISSING:
      "The record is not at {name} yet, or holds something else. New records can take an hour until they are seen everywhere.",
    DOMAIN_TAKEN: "This domain leads to another organization. It has to let go of it first.",
    EDITED_MEANWHILE: "Somebody else changed this meanwhile. Look at it and try again.",
    EMAIL_DOMAIN_REFUSED: "{organization} takes no addresses of {domain}.",
    EMAIL_UNVERIFIED:
      "Confirm your address first: open the link that was sent to {email}, or have it sent again by the notice at the top.",
    SIGN_UP_BY_INVITATION: "At this address people come in by invitation only.",
    SIGN_UP_BY_LINK:
      "Here a new account begins with a link that is sent to your address. Load the page again.",
    EMAIL_TAKEN: "There is an account with this e-mail already. Sign in instead.",
    FILE_TOO_LARGE: "The file is too large.",
    HOST_UNKNOWN:
      "Nobody told this server that it is reached at {host}, so it sends no links there. Set VITRINE_PUBLIC_ORIGIN on the server.",
    INTERNAL: "Something went wrong on the server. It has been noted; try again in a moment.",
    INVALID_INPUT: "Something in this is not right.",
    INVITATION_FOR_ANOTHER: "This invitation is for {email}. Sign in with that address to take it up.",
    INVITATION_INVALID: "This invitation is no longer good. Ask for a new one.",
    IN_USE: "It is in use.",
    LAST_OWNER: "An organization needs an owner. Hand ownership over to somebody else first.",
    LIMITED_TO_BUSINESSES:
      "You are limited to some businesses here, and this concerns the organization as a whole. Ask an administrator.",
    LINK_INVALID: "This link is no longer good. Ask for a new one.",
    NAME_TAKEN: "There is one with this name already.",
    NETWORK: "The server cannot be reached. Check the connection and try again.",
    NOT_FOUND: "It is not there. It may have been removed meanwhile.",
    NOT_SIGNED_IN: "You are signed out. Sign in again.",
    NO_ORGANIZATION: "You belong to no organization yet.",
    ORGANIZATION_UNAVAILABLE:
      "This address leads to no organization that you can use: there is none, it was removed, or you do not belong to it.",
    OWNER_NOT_LIMITED: "Owners see everything, so they cannot be limited to businesses.",
    PAIRING_CODE_UNKNOWN: "No screen shows this code. Check the letters; codes are good for ten minutes.",
    PAIRING_LOCKED: "Too many wrong codes. Try again in {minutes} min.",
    PASSWORD_UNSAFE:
      "{reason, select, common {This password is on the lists that attackers try first. Choose one that is yours alone.} name {This is little more than your name, which is tried first. Add words that are not about you.} email {This is little more than your address, which is tried first. Add words that are not about you.} product {This is little more than our name, which is tried first. Add words of your own.} other {This password is too easy to guess. Choose another.}}",
    PEOPLE_ONLY: "Only people can do this; an API key cannot.",
    PERMISSION_MISSING: "Your role does not allow this. Ask an administrator.",
    PLAN_FEATURE:
      "{feature, select, layouts {Layouts are} branding {Branding is} apiKeys {API keys are} other {This is}} not part of your plan, {plan, select, basic {Basic} professional {Professional} enterprise {Enterprise} legacy {Legacy} other {Unlimited}}. {lifts, select, professional {Professional} enterprise {Enterprise} other {Unlimited}} has them.",
    PLAN_LIMIT:
      "Your plan, {plan, select, basic {Basic} professional {Professional} enterprise {Enterprise} legacy {Legacy} other {Unlimited}}, holds {what, select, screens {{limit} screens} people {{limit} people, invited ones among them} assets {{limit} pieces of content} storage {{limit} of content} other {{limit}}}; you have {use}. Remove some, or move to {lifts, select, basic {Basic} professional {Professional} enterprise {Enterprise} other {Unlimited}}.",
    PLAYLISTS_TOO_DEEP:
      "Playlists lie within each other at most {limit} deep. Put the content of the innermost in directly.",
    PLAYLIST_CYCLE: "A playlist cannot play within itself: {names}.",
    PLAYLIST_FULL: "A playlist holds at most {limit} items.",
    SECOND_FACTOR_ON: "Two-step sign-in is on already. Turn it off first to set it up on another phone.",
    SECOND_FACTOR_REQUIRED: "This needs two-step sign-in. Turn it on under Security first.",
    SECOND_STEP_EXPIRED: "That took too long. Sign in again.",
    SIGN_IN_AGAIN: "The organization wants to know again that it is you. Enter your password.",
    SLUG_TAKEN: "This short name is taken.",
    STEP_UP_REQUIRED: "Nothing was changed: confirm first that it is you.",
    TOO_MANY:
      "{what, select, entries {At most {limit} entries fit in a schedule.} layouts {At most {limit} layouts fit in an organization.} dayparts {At most {limit} dayparts fit in an organization.} groups {At most {limit} groups fit in an organization.} invitations {At most {limit} invitations can be open at once.} apiKeys {At most {limit} API keys fit in an organization.} domains {An organization can have at most {limit} domains.} businesses {At most {limit} businesses fit in an organization.} other {There are too many already.}} Remove some first.",
    TOO_MANY_REQUESTS: "That was too often. Try again in {seconds} s.",
    WRONG_CODE: "This code is not right, or was used already. Wait for the next one.",
    WRONG_CREDENTIALS: "E-mail or password is wrong.",
    WRONG_KIND: "This does not work with content of this kind.",
    WRONG_PASSWORD: "The current password is wrong.",
  } satisfies Record<ErrorCode | "NETWORK", string>,
  assetFault: {
    codec_unsupported: "Screens cannot play this video’s codec. Export it as H.264 (MP4) or VP9 (WebM).",
    damaged: "The file is damaged or incomplete. Export it again and upload that.",
    empty: "The file is empty.",
    no_picture: "There is no picture in this file.",
    processing_stopped: "Preparing it was interrupted. Try again.",
    too_long: "The video is too long.",
    too_many_pixels: "The picture is too large: at most 50 million pixels.",
    unsupported_type:
      "This is not an image or video that screens can play. JPEG, PNG, WebP, AVIF, GIF, SVG, MP4 and WebM work.",
  } satisfies Record<AssetFault, string>,
};
