import { createReadStream, statSync } from "node:fs";
import { basename } from "node:path";
import { createTRPCClient, httpBatchLink, type TRPCClient } from "@trpc/client";
import type { AppRouter } from "@vitrine/api/router";
import { Upload } from "tus-js-client";
import { eventually } from "./processes.ts";

/** A signed-in person with a typed client, for setting a journey's stage. */
export type Person = {
  api: TRPCClient<AppRouter>;
  /** The session as a `Cookie` header. */
  cookie: string;
  organizationId: string;
  email: string;
  password: string;
};

/** A client that keeps the session cookie it is given, as a browser does. */
export function makeApi(url: string, jar: { cookie: string }): TRPCClient<AppRouter> {
  return createTRPCClient<AppRouter>({
    links: [
      httpBatchLink({
        url: `${url}/trpc`,
        headers: () => (jar.cookie === "" ? {} : { cookie: jar.cookie }),
        fetch: async (input, init) => {
          const response = await fetch(input, init as RequestInit);
          const session = response.headers
            .getSetCookie()
            .find((line) => /^(__Host-)?vitrine_session=/.test(line));
          if (session !== undefined) jar.cookie = session.split(";")[0] ?? "";
          return response;
        },
      }),
    ],
  });
}

/** Signs a new person up with an organization of their own. */
export async function signUp(url: string, name: string, organizationName: string): Promise<Person> {
  const jar = { cookie: "" };
  const api = makeApi(url, jar);
  const email = `${name.toLowerCase().replace(/\W/g, "")}-${crypto.randomUUID().slice(0, 8)}@example.com`;
  const password = `pass-${crypto.randomUUID()}`;
  const session = await api.account.signUp.mutate({ name, email, password, organizationName });
  if (!session.organization) throw new Error("A new person has an organization");
  return { api, cookie: jar.cookie, organizationId: session.organization.id, email, password };
}

/** Uploads a real file by tus and gives the asset's id, not yet processed. */
export async function upload(
  url: string,
  person: Person,
  path: string,
  name = basename(path),
): Promise<string> {
  return new Promise((resolve, reject) => {
    let assetId: string | undefined;
    const transfer = new Upload(createReadStream(path), {
      endpoint: `${url}/uploads`,
      chunkSize: 8 * 1024 * 1024,
      uploadSize: statSync(path).size,
      metadata: { filename: name },
      headers: { cookie: person.cookie },
      retryDelays: [0, 200, 500, 1000],
      onAfterResponse: (_request, response) => {
        assetId ??= response.getHeader("X-Vitrine-Asset");
      },
      onError: reject,
      onSuccess: () => (assetId === undefined ? reject(new Error("No asset was named")) : resolve(assetId)),
    });
    transfer.start();
  });
}

/** Waits until an asset is ready; rejects when it failed. */
export async function untilReady(person: Person, assetId: string): Promise<void> {
  await eventually(
    "the asset is ready",
    async () => {
      const asset = await person.api.assets.get.query({ id: assetId });
      if (asset.state === "failed") throw new Error(`The asset failed: ${asset.fault}`);
      return asset.state === "ready" ? true : undefined;
    },
    90_000,
    150,
  );
}
