import { appErrorShape } from "@vitrine/core/model/errors";
import * as z from "zod";

/** Claims screens by their codes, as a person with `devices.pair` would. */
export interface Claimer {
  /** Rejects with an `Error` that names the server's reason. */
  claim(code: string, name: string, signal: AbortSignal): Promise<void>;
}

export type Claimant = { apiKey: string } | { email: string; password: string };

const CALL_TIMEOUT_MS = 30_000;
const failure = z.object({ error: z.object({ data: z.object({ app: appErrorShape }) }) });
const retryData = z.object({ retryAfterSeconds: z.number() });

/** A claimer at the dashboard's own procedures; signs in once where there is no API key. */
export function createClaimer(serverUrl: string, claimant: Claimant): Claimer {
  let cookie: Promise<string> | undefined;

  const authorize = async (signal: AbortSignal): Promise<Record<string, string>> => {
    if ("apiKey" in claimant) return { authorization: `Bearer ${claimant.apiKey}` };
    cookie ??= signIn(serverUrl, claimant, signal);
    return { cookie: await cookie };
  };

  return {
    async claim(code, name, signal) {
      for (let attempt = 0; ; attempt += 1) {
        const response = await post(
          serverUrl,
          "devices.claim",
          { code, name },
          await authorize(signal),
          signal,
        );
        if (response.ok) return;
        const reason = failure.safeParse(await response.json().catch(() => undefined)).data?.error.data.app;
        const waitSeconds = retryData.safeParse(reason?.data).data?.retryAfterSeconds;
        if (!reason?.isRetryable || attempt >= 5) {
          throw new Error(`The server did not let ${name} be claimed: ${reason?.code ?? response.status}`);
        }
        await new Promise((resolve) => setTimeout(resolve, Math.min(60, waitSeconds ?? attempt + 1) * 1000));
        signal.throwIfAborted();
      }
    },
  };
}

async function signIn(
  serverUrl: string,
  { email, password }: { email: string; password: string },
  signal: AbortSignal,
): Promise<string> {
  const response = await post(serverUrl, "account.signIn", { email, password }, {}, signal);
  const cookies = response.headers.getSetCookie().map((line) => line.split(";")[0] ?? "");
  await response.arrayBuffer();
  if (!response.ok || cookies.length === 0)
    throw new Error("The server did not accept this e-mail and password");
  return cookies.join("; ");
}

function post(
  serverUrl: string,
  procedure: string,
  input: unknown,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<Response> {
  return fetch(`${serverUrl}/trpc/${procedure}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: serverUrl, ...headers },
    body: JSON.stringify(input),
    redirect: "error",
    signal: AbortSignal.any([signal, AbortSignal.timeout(CALL_TIMEOUT_MS)]),
  });
}
