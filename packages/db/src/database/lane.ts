import type { Socket } from "node:net";
import postgres from "postgres";
import { isConnectionFailure } from "./errors.ts";
import { closeSoon, openSocket, type SocketTarget } from "./open-socket.ts";
import { WIRE_TYPES } from "./wire-types.ts";

/** How rows come back: arrays in the order of the columns, or objects by column name. */
export type RowShape = "arrays" | "objects";

/** One statement's outcome. `backend` is the server process that ran it: equal within one connection's life. */
export interface Answer {
  rows: unknown[];
  command: string;
  count: number;
  backend: number;
}

export interface LaneOptions {
  url: string;
  applicationName: string;
  connectTimeoutMs: number;
  /** Distinct texts prepared on the connection; texts beyond are sent unprepared, so that the server's memory is bounded. */
  preparedTexts: number;
}

type Client = postgres.Sql;
type Sent = ReturnType<Client["unsafe"]>;

/**
 * One connection to the server, where statements sent without waiting run in the order sent. A lost connection
 * fails everything outstanding, sends nothing more of it, and the next statement opens a new one.
 */
export class Lane {
  readonly #options: LaneOptions;
  readonly #prepared = new Set<string>();
  #client: Client | undefined;
  #socket: Socket | undefined;
  #connection = 0;
  #outstanding = 0;
  /** Rejects each statement that waits on this connection, which the driver may forget when it ends one. */
  #waiting = new Set<(reason: Error) => void>();
  #lastAnswerAt = 0;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  /** Sends one prepared statement at once; rejects with the server's error or with a connection failure. */
  send(text: string, parameters: (string | boolean | null)[], shape: RowShape): Promise<Answer> {
    const isPrepared = this.#prepared.has(text) || this.#remember(text);
    const query = this.#open().unsafe(text, parameters, { prepare: isPrepared, ...EXTENDED });
    return this.#settle(shape === "arrays" ? query.values() : query);
  }

  /** Sends transaction control in one unprepared message, which may hold several statements that give no rows. */
  control(text: string): Promise<Answer> {
    return this.#settle(this.#open().unsafe(text));
  }

  /** Grows with every connection given up: what was begun under another number is gone. */
  get connection(): number {
    return this.#connection;
  }

  /** How many statements wait for their answer. */
  get outstanding(): number {
    return this.#outstanding;
  }

  /** Milliseconds since the last sign of life while something is outstanding; 0 when nothing is. */
  silentMs(now: number): number {
    return this.#outstanding === 0 ? 0 : now - this.#lastAnswerAt;
  }

  /** Drops the connection: everything outstanding rejects; resolves when it is closed. */
  async drop(): Promise<void> {
    const client = this.#client;
    const socket = this.#socket;
    if (client === undefined) return;
    this.#client = undefined;
    this.#socket = undefined;
    this.#connection++;
    this.#prepared.clear();
    const waiting = this.#waiting;
    this.#waiting = new Set();
    await client.end({ timeout: 0 });
    if (socket !== undefined) closeSoon(socket);
    for (const reject of waiting) reject(new Error("The connection was given up"));
  }

  #remember(text: string): boolean {
    if (this.#prepared.size >= this.#options.preparedTexts) return false;
    this.#prepared.add(text);
    return true;
  }

  #open(): Client {
    this.#client ??= this.#connect();
    return this.#client;
  }

  #connect(): Client {
    let client: Client | undefined;
    const isCurrent = () => client !== undefined && this.#client === client;
    const options = {
      max: 1,
      prepare: true,
      fetch_types: false,
      max_lifetime: null,
      max_pipeline: 10_000,
      connect_timeout: Math.ceil(this.#options.connectTimeoutMs / 1000),
      connection: { application_name: this.#options.applicationName, TimeZone: "UTC" },
      types: WIRE_TYPES,
      onnotice: () => {},
      onclose: () => {
        if (isCurrent()) this.#abandon();
      },
      socket: async (target: SocketTarget) => {
        if (!isCurrent()) throw new Error("The connection was given up");
        const socket = await openSocket(target, this.#options.connectTimeoutMs);
        if (!isCurrent()) {
          socket.destroy();
          throw new Error("The connection was given up");
        }
        this.#socket = socket;
        return socket;
      },
    };
    client = postgres(this.#options.url, asDriverOptions(options));
    return client;
  }

  async #settle(query: Sent | ReturnType<Sent["values"]>): Promise<Answer> {
    if (this.#outstanding++ === 0) this.#lastAnswerAt = performance.now();
    const client = this.#client;
    const waiting = this.#waiting;
    const { promise: lost, reject } = Promise.withResolvers<never>();
    waiting.add(reject);
    try {
      const result = await Promise.race([query.execute(), lost]);
      return { rows: result, command: result.command, count: result.count, backend: result.state.pid };
    } catch (error) {
      if (this.#client === client && isConnectionFailure(error)) this.#abandon();
      throw error;
    } finally {
      waiting.delete(reject);
      this.#outstanding--;
      this.#lastAnswerAt = performance.now();
    }
  }

  #abandon(): void {
    this.drop().catch(() => {});
  }
}

const EXTENDED = { simple: false };

/** Guarantee: postgres 3.4 reads `socket` and `max_pipeline`, which its types leave out. */
function asDriverOptions(options: object): postgres.Options<Record<never, never>> {
  return options;
}
