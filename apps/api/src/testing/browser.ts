import { randomUUID } from "node:crypto";
import { createTRPCClient, httpLink, type TRPCClient, TRPCClientError } from "@trpc/client";
import { appErrorShape } from "@vitrine/core/model/errors";
import * as z from "zod";
import type { AppRouter } from "../trpc/root.ts";

/** Somebody at a browser that keeps its session cookie: nobody until they sign up or in. */
export type Visitor = TRPCClient<AppRouter>;
/** A signed-in person and their own address. */
export type Visiting = { api: Visitor; email: string; userId: string };

const failed = z.object({ app: appErrorShape });

/** A browser without a session, or one that shares these cookies, by name; `headers` go with each of its requests. */
export function openBrowser(
  url: string,
  jar = new Map<string, string>(),
  headers: Readonly<Record<string, string>> = {},
): Visitor {
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  const link = httpLink({
    url: `${url}/trpc`,
    headers: () => ({
      ...(jar.size === 0 ? {} : { cookie: cookie() }),
      ...headers,
    }),
    fetch: async (input, init) => {
      const response = await fetch(input, init as RequestInit);
      for (const line of response.headers.getSetCookie()) keep(jar, line);
      return response;
    },
  });
  return createTRPCClient<AppRouter>({ links: [link] });
}

/** An address that nobody has yet. */
export function newEmail(): string {
  return `${randomUUID()}@example.com`;
}

/** Somebody who has just made an account, and an organization with it. */
export async function signUp(
  url: string,
  name: string,
  organizationName: string,
  headers?: Readonly<Record<string, string>>,
): Promise<Visiting> {
  const api = openBrowser(url, new Map(), headers);
  const email = newEmail();
  const password = "correct horse battery";
  const { user } = await api.account.signUp.mutate({ name, email, password, organizationName });
  return { api, email, userId: user.id };
}

/** What a call over the wire is refused with; throws when it is not. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof TRPCClientError)) throw new Error(`Not refused: ${String(error)}`);
  return failed.parse(error.data).app.code;
}

function keep(jar: Map<string, string>, line: string): void {
  const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
  if (value === "") jar.delete(name);
  else jar.set(name, value);
}
