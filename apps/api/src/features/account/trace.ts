import type { AccountEventKind } from "@vitrine/core/model/account";
import type { AccountTrace } from "../../auth/account-links.ts";
import type { RequestContext } from "../../trpc/context.ts";
import type { AccountMail } from "./account-mail.ts";

type Origin = Pick<RequestContext, "remoteAddress" | "userAgent">;

/** What is noted of a person's account about a request, with the messages that go out about it. */
export function traceOf(
  { remoteAddress, userAgent }: Origin,
  kind: AccountEventKind,
  { email, mails = [] }: { email?: string; mails?: readonly AccountMail[] } = {},
): AccountTrace {
  return { kind, remoteAddress, userAgent, detail: email === undefined ? {} : { email }, mails };
}

/** What messages say about where they were caused, and where they lead back to. */
export function askedBy({ services, remoteAddress, userAgent, accountOrigin }: RequestContext): {
  remoteAddress: string;
  userAgent: string;
  at: string;
  origin: string | null;
} {
  return { remoteAddress, userAgent, at: services.clock.now().toISOString(), origin: accountOrigin };
}
