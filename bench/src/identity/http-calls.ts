import { Agent, request } from "undici";

export type HttpCalls = AsyncDisposable & {
  /** Calls a procedure; throws unless it answers 200. */
  call(path: string, input: unknown, headers: Record<string, string>): Promise<void>;
  /** Signs somebody in from an address, as behind a proxy that is trusted, and gives the status of the answer. */
  signIn(
    given: { email: string; password: string },
    from: { address: string; browser?: string },
  ): Promise<number>;
};

const QUERIES: ReadonlySet<string> = new Set(["assets.list"]);

/** Calls of a server's router over connections that stay open. */
export function callsOverHttp(url: string, connections = 32): HttpCalls {
  const dispatcher = new Agent({ connections, pipelining: 1 });
  const send = async (path: string, input: unknown, headers: Record<string, string>) => {
    const body = JSON.stringify(input);
    const { statusCode, body: answer } = QUERIES.has(path)
      ? await request(`${url}/trpc/${path}?input=${encodeURIComponent(body)}`, { dispatcher, headers })
      : await request(`${url}/trpc/${path}`, {
          dispatcher,
          method: "POST",
          headers: { ...headers, "content-type": "application/json" },
          body,
        });
    return { statusCode, text: await answer.text() };
  };
  return {
    async call(path, input, headers) {
      const { statusCode, text } = await send(path, input, headers);
      if (statusCode !== 200) throw new Error(`${path} answered ${statusCode}: ${text.slice(0, 200)}`);
    },
    async signIn(given, { address, browser }) {
      const headers = { "x-forwarded-for": address, ...(browser === undefined ? {} : { cookie: browser }) };
      return (await send("account.signIn", given, headers)).statusCode;
    },
    [Symbol.asyncDispose]: () => dispatcher.close(),
  };
}

/** An address that nobody had before: one of 16 million. */
export function anyAddress(): string {
  const part = () => Math.floor(Math.random() * 256);
  return `10.${part()}.${part()}.${part()}`;
}
