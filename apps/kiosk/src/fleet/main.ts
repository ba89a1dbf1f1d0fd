import { type ChildProcess, fork } from "node:child_process";
import { ConfigError } from "../engine/config/config.ts";
import { lockDataFolder } from "../engine/config/data-lock.ts";
import { createClaimQueue } from "./claim-queue.ts";
import { type Claimant, createClaimer } from "./claimer.ts";
import {
  type FleetFigures,
  type FromWorker,
  fromWorker,
  sumFigures,
  type WorkerTask,
} from "./fleet-messages.ts";
import { type FleetOptions, readFleetOptions } from "./options.ts";

// npm run fleet: N real engines without a stage, in few processes.
const SUMMARY_EVERY_MS = 5000;
const STOP_LIMIT_MS = 15_000;

try {
  await runFleet(readFleetOptions(process.argv.slice(2), process.env));
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}

async function runFleet(options: FleetOptions): Promise<void> {
  await using _lock = await lockDataFolder(options.data);
  const figures = new Map<ChildProcess, FleetFigures>();
  const abort = new AbortController();
  const complain = (text: string) => process.stderr.write(`${text}\n`);
  const claimant = claimantOf(options);
  const claims =
    claimant && createClaimQueue(createClaimer(options.server, claimant), complain, abort.signal);
  const onMessage = (worker: ChildProcess, message: FromWorker) => {
    if (message.kind === "figures") figures.set(worker, message.figures);
    else if (message.kind === "trouble") complain(message.text);
    else claims?.add(message.code, message.name);
  };
  const workers = tasksOf(options).map((task) => startWorker(task, onMessage));
  process.stdout.write(
    `${options.screens} screens in ${workers.length} processes against ${options.server}, kept in ${options.data}\n`,
  );
  const summing = setInterval(() => printSummary(figures), SUMMARY_EVERY_MS);
  let isStopping = false;
  const stop = () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    abort.abort(new Error("The fleet stops"));
    for (const worker of workers) worker.send("stop", () => {});
    setTimeout(() => {
      for (const worker of workers) worker.kill("SIGKILL");
    }, STOP_LIMIT_MS).unref();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  const codes = await Promise.all(workers.map(endOf));
  clearInterval(summing);
  printSummary(figures);
  if (codes.some((code) => code !== 0)) process.exitCode = 1;
}

function startWorker(
  task: WorkerTask,
  onMessage: (worker: ChildProcess, message: FromWorker) => void,
): ChildProcess {
  // Ctrl-C reaches the whole group of processes; only the parent shall answer it.
  const worker = fork(new URL("./worker.ts", import.meta.url), { detached: true });
  worker.on("message", (raw) => onMessage(worker, fromWorker.parse(raw)));
  worker.send(task);
  return worker;
}

function tasksOf(options: FleetOptions): WorkerTask[] {
  const { server, data, name, screens, perProcess } = options;
  const tasks: WorkerTask[] = [];
  for (let first = 1; first <= screens; first += perProcess) {
    const count = Math.min(perProcess, screens - first + 1);
    tasks.push({ server, data, name, first, count });
  }
  return tasks;
}

function claimantOf({ apiKey, email, password }: FleetOptions): Claimant | undefined {
  if (apiKey !== undefined) return { apiKey };
  if (email !== undefined && password !== undefined) return { email, password };
  return undefined;
}

function endOf(worker: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => worker.once("exit", resolve));
}

function printSummary(figures: ReadonlyMap<ChildProcess, FleetFigures>): void {
  const sum = sumFigures(figures.values());
  const memory = `${(sum.memoryBytes / 1e6).toFixed(0)} MB`;
  process.stdout.write(
    `screens ${sum.screens}  playing ${sum.playing}  syncing ${sum.syncing}  pairing ${sum.pairing}  ` +
      `unpaired ${sum.unpaired}  offline ${sum.offline}  shown ${sum.shown}  failed ${sum.failed}  memory ${memory}\n`,
  );
}
