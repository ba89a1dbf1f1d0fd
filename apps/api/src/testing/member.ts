import { join } from "node:path";
import type { Role } from "@vitrine/core/model/permissions";
import { newEmail, openBrowser, type Visiting } from "./browser.ts";
import { receiveMail, tokenIn } from "./mailbox.ts";
import type { TestServer } from "./test-server.ts";

/** Somebody whom a member invited and who took it up. */
export async function memberOf(
  server: TestServer,
  inviter: Visiting,
  role: Role,
  name = `A ${role}`,
): Promise<Visiting> {
  const email = newEmail();
  await inviter.api.invitations.create.mutate({ emails: [email], role });
  const token = tokenIn(await receiveMail(join(server.folder, "data"), email));
  const api = openBrowser(server.url);
  const { user } = await api.invitations.acceptAsNew.mutate({ token, name, password: "a long password" });
  return { api, email, userId: user.id };
}
