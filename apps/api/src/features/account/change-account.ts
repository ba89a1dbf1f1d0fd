import type { AuthStatements } from "../../auth/sessions.ts";
import type { RequestContext } from "../../trpc/context.ts";

/**
 * Changes a person's account: all that `work` writes in one transaction. What is remembered of the person is dropped, and
 * their messages are sent, once that is committed; so `work` gives a session's new secret back instead of setting cookies.
 */
export async function changeAccount<Result>(
  { services }: Pick<RequestContext, "services">,
  userId: string,
  work: (auth: AuthStatements) => Promise<Result>,
): Promise<Result> {
  const result = await services.authDatabase.inTransaction(work);
  services.sessions.forget(userId);
  services.queue.wake("send-mail");
  return result;
}
