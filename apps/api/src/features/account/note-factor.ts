import type { AuthStatements } from "../../auth/sessions.ts";
import type { Notice } from "../../mail/templates/account.ts";
import type { RequestContext } from "../../trpc/context.ts";
import { askedBy, traceOf } from "./trace.ts";

export type Person = { id: string; name: string; email: string };
type FactorNotice = Extract<
  Notice,
  "secondFactorOn" | "secondFactorOff" | "recoveryCodesRenewed" | "recoveryCodeUsed"
>;

/** Notes what happened to a person's second factor, and has them told by mail. */
export async function noteFactor(
  ctx: RequestContext,
  auth: AuthStatements,
  person: Person,
  kind: FactorNotice,
): Promise<void> {
  const notice = { kind: "notice", notice: kind, to: person.email, name: person.name } as const;
  const trace = traceOf(ctx, kind, { mails: [{ ...notice, ...askedBy(ctx) }] });
  await auth.noteAccountEvent(person.id, trace);
}
