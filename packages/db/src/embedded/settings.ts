import { createHash } from "node:crypto";

/** Settings of the embedded server, for a machine it shares with the API: small memory, one host, no other listeners. */
export function serverSettings(port: number, isDurable: boolean, major: number): string[] {
  const settings: Record<string, string> = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    // One that forgets serves the tests of several files at a time.
    max_connections: isDurable ? "60" : "200",
    shared_buffers: "96MB",
    work_mem: "8MB",
    maintenance_work_mem: "64MB",
    effective_cache_size: "512MB",
    max_wal_size: "512MB",
    max_parallel_workers_per_gather: "0",
    jit: "off",
    huge_pages: "off",
    random_page_cost: "1.1",
    password_encryption: "scram-sha-256",
    timezone: "UTC",
    log_timezone: "UTC",
    log_min_messages: "warning",
    log_min_error_statement: "panic",
    log_connections: "off",
    ...(major >= 18 ? { io_method: "sync" } : {}),
    ...(isDurable ? {} : { fsync: "off", full_page_writes: "off", synchronous_commit: "off" }),
  };
  const marker = settingsMarker(settings);
  return Object.entries({ ...settings, "vitrine.settings": marker }).flatMap(([name, value]) => [
    "-c",
    `${name}=${value}`,
  ]);
}

/** Names the settings but the port, so that a server found running can be told from one started with others. */
export function expectedMarker(isDurable: boolean, major: number): string {
  const found = serverSettings(0, isDurable, major).find((one) => one.startsWith("vitrine.settings="));
  return found?.slice("vitrine.settings=".length) ?? "";
}

function settingsMarker(settings: Record<string, string>): string {
  return createHash("sha256")
    .update(JSON.stringify({ ...settings, port: "" }))
    .digest("hex")
    .slice(0, 16);
}
