import { LINK_MINUTES, type LinkPurpose } from "@vitrine/core/model/account";
import { AppError } from "@vitrine/core/model/errors";
import * as z from "zod";
import { accountLinkUrl } from "../../auth/account-links.ts";
import { signUpLinkEnd, signUpToken } from "../../auth/sign-up-tokens.ts";
import { MailFault } from "../../mail/mail-fault.ts";
import { type AccountLetter, accountLetter, NOTICES } from "../../mail/templates/account.ts";
import type { QueuedJob } from "../../platform/queue.ts";
import { readUserAgent } from "../../platform/user-agent.ts";
import type { Services } from "../../services.ts";
import { traceOf } from "./trace.ts";

const asked = {
  remoteAddress: z.string(),
  userAgent: z.string(),
  at: z.iso.datetime({ precision: 3 }),
  /** The sub-domain that it leads back to; null: it leads to our own origin. */
  origin: z.url().nullable().default(null),
};

/** A message about a person's account, as the job that sends it is put in. No link is in it: the sender makes it. */
export const accountMail = z.discriminatedUnion("kind", [
  /** For whoever has the address, if anybody has. */
  z.object({ kind: z.literal("resetPassword"), email: z.string(), ...asked }),
  /** For whoever reads what comes to the address, whether or not there is an account. */
  z.object({ kind: z.literal("signUp"), email: z.string(), ...asked }),
  z.object({ kind: z.literal("verifyEmail"), userId: z.uuid(), ...asked }),
  /** To the address that is to be theirs. */
  z.object({ kind: z.literal("changeEmail"), userId: z.uuid(), email: z.string(), ...asked }),
  z.object({
    kind: z.literal("notice"),
    notice: z.enum(NOTICES),
    to: z.string(),
    name: z.string(),
    newEmail: z.string().optional(),
    ...asked,
  }),
]);
export type AccountMail = z.infer<typeof accountMail>;

type Addressed = { to: string; letter: ReturnType<typeof accountLetter> };
type Linking = Exclude<AccountMail, { kind: "notice" | "signUp" }>;
type Receiver = { id: string; name: string; email: string };

/** An address gets at most this many links of a kind; beyond that, those sent last stay good. */
const LINKS = { limit: 5, windowMs: 3_600_000 };

/**
 * Sends a message about an account, with a link that is made here and stored nowhere. Nothing is sent to nobody, and
 * nothing where something newer was asked for. Rejects, to be tried again, while the mail server may still take it.
 */
export async function sendAccountMail(services: Services, job: QueuedJob): Promise<void> {
  const mail = accountMail.parse(job.data);
  const addressed = await write(services, job.id, mail);
  if (!addressed) return;
  try {
    // Sent again by another try, it is the same message to mail programs.
    await services.mailer.send({ id: job.id, to: addressed.to, ...addressed.letter }, job.signal);
  } catch (error) {
    if (!(error instanceof MailFault) || (!error.isPermanent && !job.isLastTry)) throw error;
    services.log.warn({ fault: error.message, kind: mail.kind }, "a message about an account was given up");
  }
}

async function write(services: Services, id: string, mail: AccountMail): Promise<Addressed | undefined> {
  if (mail.kind === "notice") return writeNotice(services, mail);
  return mail.kind === "signUp" ? writeSignUp(services, mail) : writeLink(services, id, mail);
}

/** Each link of several is good, since it lets in nobody but who reads the mail of its address. */
async function writeSignUp(
  services: Services,
  mail: Extract<AccountMail, { kind: "signUp" }>,
): Promise<Addressed | undefined> {
  const { email } = mail;
  if (!mayHaveLink(services, `signUp\0${email}`)) return undefined;
  const origin = originOf(services, mail);
  const facts = { ...factsOf(mail), name: "", email };
  if (await services.authDatabase.findUserByEmail(email))
    return { to: email, letter: accountLetter("signUpTaken", { ...facts, url: `${origin}/sign-in` }) };
  const token = signUpToken(services.mac, { email, askedAt: facts.at });
  const link = { url: `${origin}/sign-up#${token}`, until: signUpLinkEnd(facts.at) };
  return { to: email, letter: accountLetter("signUp", { ...facts, ...link }) };
}

function writeNotice(services: Services, mail: Extract<AccountMail, { kind: "notice" }>): Addressed {
  const page = mail.notice === "passwordChanged" ? "forgot-password" : "settings/security";
  const url = `${originOf(services, mail)}/${page}`;
  return {
    to: mail.to,
    letter: accountLetter(mail.notice, {
      ...factsOf(mail),
      name: mail.name,
      email: mail.to,
      newEmail: mail.newEmail,
      url,
    }),
  };
}

async function writeLink(services: Services, id: string, mail: Linking): Promise<Addressed | undefined> {
  const receiver = await findReceiver(services, mail);
  if (!receiver) return undefined;
  const email = mail.kind === "changeEmail" ? mail.email : receiver.email;
  const { name } = receiver;
  if (mail.kind === "changeEmail" && (await services.authDatabase.findUserByEmail(email))) {
    const url = `${originOf(services, mail)}/sign-in`;
    return { to: email, letter: accountLetter("addressTaken", { ...factsOf(mail), name: "", email, url }) };
  }
  const expiresAt = await issue(services, { id, mail, receiver, email });
  if (!expiresAt) return undefined;
  const url = accountLinkUrl(services.mac, originOf(services, mail), { id, purpose: mail.kind, email });
  return {
    to: email,
    letter: accountLetter(mail.kind, { ...factsOf(mail), name, email, url, until: expiresAt }),
  };
}

async function findReceiver({ authDatabase }: Services, mail: Linking): Promise<Receiver | undefined> {
  const user =
    mail.kind === "resetPassword"
      ? await authDatabase.findUserByEmail(mail.email)
      : await authDatabase.findUser(mail.userId);
  return user?.isActive ? user : undefined;
}

/** The end of the link of this job, made at its first try; null when it is not to be sent. */
async function issue(
  services: Services,
  { id, mail, receiver, email }: { id: string; mail: Linking; receiver: Receiver; email: string },
): Promise<Date | null> {
  const purpose: LinkPurpose = mail.kind;
  const known = await services.authDatabase.findLink(id);
  if (known) return known.expiresAt;
  if (!mayHaveLink(services, `${purpose}\0${receiver.id}`)) return null;
  if (purpose === "resetPassword")
    await services.authDatabase.noteAccountEvent(receiver.id, traceOf(mail, "passwordResetAsked"));
  return services.authDatabase.issueLink({
    id,
    userId: receiver.id,
    purpose,
    email,
    requestedAt: new Date(mail.at),
    expiresAt: new Date(services.clock.nowMs() + LINK_MINUTES[purpose] * 60_000),
  });
}

function mayHaveLink({ rateLimits }: Services, key: string): boolean {
  try {
    rateLimits.take("account-link", key, LINKS);
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

function originOf({ ownOrigin }: Services, { origin }: AccountMail): string {
  return origin ?? ownOrigin();
}

function factsOf({
  remoteAddress,
  userAgent,
  at,
}: AccountMail): Pick<AccountLetter, "at" | "device" | "address"> {
  return { at: new Date(at), device: readUserAgent(userAgent), address: remoteAddress };
}
