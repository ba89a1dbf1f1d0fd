import type { AuthStatements } from "../../auth/sessions.ts";
import type { RequestContext } from "../../trpc/context.ts";

/**
 * Changes a person's account: all that `work` writes in one transaction. What is remembered of the person is dropped, and
 * their messages are sent, once that is committed; so `work` gives a session's new secret back instead of setting cookies.
 * Streams hear of it when the browser has its answer: those that end by it come back with the new cookie.
 */
export async function changeAccount<Result>(
  { services, afterAnswer }: Pick<RequestContext, "services" | "afterAnswer">,
  userId: string,
  work: (auth: AuthStatements) => Promise<Result>,
): Promise<Result> {
  const result = await services.authDatabase.inTransaction(work);
  services.sessions.forget(userId, afterAnswer);
  services.queue.wake("send-mail");
  return result;
}
