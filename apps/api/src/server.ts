import { startServer } from "./app.ts";
import { readConfig } from "./platform/config.ts";
import { StartupError } from "./platform/startup-error.ts";

// The process: starts the server, stops it on SIGINT and SIGTERM, and says in one sentence why it cannot start.
try {
  const server = await startServer(readConfig(process.env, process.cwd()));
  process.stdout.write(`Vitrine is ready at ${server.url}\n`);
  let isStopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (isStopping) return;
      isStopping = true;
      process.stdout.write("Stopping: finishing what is under way …\n");
      server.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`The server did not stop cleanly: ${String(error)}\n`);
          process.exit(1);
        },
      );
    });
  }
} catch (error) {
  const text = error instanceof StartupError ? error.message : `Vitrine could not start: ${String(error)}`;
  process.stderr.write(`${text}\n`);
  if (!(error instanceof StartupError) && error instanceof Error)
    process.stderr.write(`${error.stack ?? ""}\n`);
  process.exit(1);
}
