import { buildApps } from "./build.ts";

// npm run bench -- [name …]: some benchmarks start the whole server, which serves what is built.
await buildApps();
const benchmarks = new URL("../bench/src/main.ts", import.meta.url);
await import(benchmarks.href);
