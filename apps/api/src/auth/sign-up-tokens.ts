import { SIGN_UP_LINK_MINUTES } from "@vitrine/core/model/account";
import { appError } from "@vitrine/core/model/errors";
import * as z from "zod";
import type { Clock } from "../platform/clock.ts";
import type { Mac } from "../platform/mac.ts";

const PURPOSE = "sign-up link";
const MAC_BYTES = 32;
const content = z.tuple([z.string(), z.int()]);

/**
 * The token of a link by which whoever reads the mail of an address makes an account for it. Nothing of it is stored,
 * since there is nothing yet that it could belong to: it holds the address and its own end, and a MAC over both.
 */
export function signUpToken(mac: Mac, { email, askedAt }: { email: string; askedAt: Date }): string {
  const text = JSON.stringify([email, signUpLinkEnd(askedAt).getTime()]);
  return Buffer.concat([macOf(mac, text), Buffer.from(text)]).toString("base64url");
}

/** When a link that was asked for at an instant ends. */
export function signUpLinkEnd(askedAt: Date): Date {
  return new Date(askedAt.getTime() + SIGN_UP_LINK_MINUTES * 60_000);
}

/** The address that a token is for, and its end. Errors: LINK_INVALID. */
export function readSignUpToken(
  { mac, clock }: { mac: Mac; clock: Clock },
  token: string,
): { email: string; expiresAt: Date } {
  const bytes = Buffer.from(token, "base64url");
  const text = bytes.subarray(MAC_BYTES).toString();
  if (!mac.verify(PURPOSE, text, bytes.subarray(0, MAC_BYTES).toString("base64url")))
    throw appError("LINK_INVALID");
  const [email, endMs] = content.parse(JSON.parse(text));
  if (endMs <= clock.nowMs()) throw appError("LINK_INVALID");
  return { email, expiresAt: new Date(endMs) };
}

function macOf(mac: Mac, text: string): Buffer {
  return Buffer.from(mac.sign(PURPOSE, text), "base64url");
}
