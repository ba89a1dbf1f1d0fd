import { email } from "@vitrine/core/model/account";
import { id as idSchema } from "@vitrine/core/model/ids";
import { MailFault } from "./mail-fault.ts";
import type { ComposedMail } from "./mail-route.ts";
import type { Mail } from "./mailer.ts";
import { messages } from "./messages.ts";
import type { MailAddress } from "./settings.ts";

/**
 * Puts a message into headers and parts. Nothing in it can begin a header or name a second recipient. Throws a
 * permanent MailFault where `to` is not one address, ZodError where `id` is not a UUID.
 */
export function compose(mail: Mail, facts: { from: MailAddress; id: string; date: Date }): ComposedMail {
  const to = email.safeParse(mail.to);
  if (!to.success) throw new MailFault(messages.en.fault.notAnAddress, { isPermanent: true });
  const id = idSchema.parse(facts.id);
  const domain = facts.from.address.slice(facts.from.address.lastIndexOf("@") + 1);
  return {
    id,
    messageId: `<${id}@${domain}>`,
    date: facts.date,
    from: facts.from,
    to: { name: "", address: to.data },
    subject: oneLine(mail.subject),
    // RFC 3834: those who are away do not answer a machine.
    headers: { "Auto-Submitted": "auto-generated" },
    text: mail.text,
    html: mail.html,
    attachments: (mail.pictures ?? []).map(({ id: cid, mediaType, bytes }) => ({
      cid,
      contentType: mediaType,
      content: Buffer.from(bytes),
      contentDisposition: "inline" as const,
      filename: `${cid}.${mediaType === "image/png" ? "png" : "jpg"}`,
    })),
    // Long lines, such as an address, are folded so that every program joins them again (RFC 2045, 6.7).
    textEncoding: "quoted-printable",
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, " ").trim();
}
