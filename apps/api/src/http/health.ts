import { appError } from "@vitrine/core/model/errors";
import type { FastifyInstance } from "fastify";
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { sendFailure } from "./errors.ts";

export type HealthOptions = {
  /** False from the moment the server is asked to stop. */
  isAccepting: () => boolean;
  /** Resolves when the database answers; rejects otherwise. */
  pingDatabase: () => Promise<void>;
  /** Figures of the moment, by metric name without prefix, each with its help text. */
  gauges: Readonly<Record<string, { help: string; read: () => number }>>;
  /** Bearer token for `/metrics` from elsewhere; without one only this machine may read them. */
  metricsToken: string | undefined;
};

/** A server with nothing to do wakes for each look; a hundred times a second, as by default, is 2 % of a core. */
const EVENT_LOOP_LOOK_MS = 100;

/**
 * `GET /healthz` (the process lives), `GET /readyz` (it takes work: 503 while stopping or without database) and
 * `GET /metrics` (Prometheus).
 */
export async function healthPlugin(app: FastifyInstance, options: HealthOptions): Promise<void> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: EVENT_LOOP_LOOK_MS });
  const duration = new Histogram({
    name: "vitrine_http_request_seconds",
    help: "Time to answer HTTP requests",
    labelNames: ["method", "route", "status"],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  for (const [name, gauge] of Object.entries(options.gauges)) {
    new Gauge({
      name: `vitrine_${name}`,
      help: gauge.help,
      registers: [registry],
      collect() {
        this.set(gauge.read());
      },
    });
  }
  app.addHook("onResponse", async (request, reply) => {
    const route = request.routeOptions.url ?? "unknown";
    duration.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
  });

  app.get("/healthz", async () => ({ status: "ok" }));
  app.get("/readyz", async (_request, reply) => {
    const isReady = options.isAccepting() && (await options.pingDatabase().then(yes, no));
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? "ready" : "not ready" });
  });
  app.get("/metrics", async (request, reply) => {
    const isLocal = ["127.0.0.1", "::1", "::ffff:127.0.0.1"].includes(request.ip);
    const token = options.metricsToken;
    const hasToken = token !== undefined && request.headers.authorization === `Bearer ${token}`;
    if (!isLocal && !hasToken) return sendFailure(request, reply, appError("NOT_FOUND"));
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}

const yes = () => true;
const no = () => false;
