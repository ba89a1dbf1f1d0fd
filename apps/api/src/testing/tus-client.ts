/** A small tus client for tests: one request a call, so that a test decides what happens between them. */
export type TusClient = {
  create(file: {
    sizeBytes: number;
    metadata?: Record<string, string>;
    headers?: Record<string, string>;
  }): Promise<Response>;
  head(location: string): Promise<Response>;
  patch(location: string, offset: number, body: Uint8Array | ReadableStream): Promise<Response>;
  remove(location: string): Promise<Response>;
  /** Creates and sends everything; gives the id of the asset that it became. */
  upload(bytes: Uint8Array, metadata: Record<string, string>): Promise<string>;
};

export function makeTusClient(url: string, credentials: Record<string, string>): TusClient {
  const send = (path: string, init: RequestInit & { duplex?: "half" }) =>
    fetch(new URL(path, url), {
      ...init,
      headers: { "tus-resumable": "1.0.0", ...credentials, ...Object.fromEntries(new Headers(init.headers)) },
      signal: AbortSignal.timeout(60_000),
    });
  const client: TusClient = {
    create: ({ sizeBytes, metadata = {}, headers = {} }) =>
      send("/uploads", {
        method: "POST",
        headers: { "upload-length": String(sizeBytes), "upload-metadata": encode(metadata), ...headers },
      }),
    head: (location) => send(location, { method: "HEAD" }),
    patch: (location, offset, body) =>
      send(location, {
        method: "PATCH",
        headers: { "content-type": "application/offset+octet-stream", "upload-offset": String(offset) },
        body,
        duplex: "half",
      }),
    remove: (location) => send(location, { method: "DELETE" }),
    async upload(bytes, metadata) {
      const created = await client.create({ sizeBytes: bytes.byteLength, metadata });
      if (created.status !== 201) throw new Error(`Creating gave ${created.status}: ${await created.text()}`);
      const location = created.headers.get("location") ?? "";
      const sent = bytes.byteLength === 0 ? created : await client.patch(location, 0, bytes);
      const assetId = sent.headers.get("x-vitrine-asset");
      if (assetId === null) throw new Error(`Sending gave ${sent.status}: ${await sent.text()}`);
      return assetId;
    },
  };
  return client;
}

function encode(metadata: Record<string, string>): string {
  return Object.entries(metadata)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString("base64")}`)
    .join(",");
}
