/** One simulated screen: who it is, and the key that it signs with (PKCS#8 in base64). */
export type SimulatedScreen = { deviceId: string; organizationId: string; privateKey: string };

/** What the process that simulates screens is told. */
export type SwarmOrder =
  /** Open a stream of hints for each; `bare`: against the plain server, without sessions. */
  | { kind: "open"; port: number; screens: readonly SimulatedScreen[]; isBare: boolean }
  /** Tell when every stream has had one hint more from now on. */
  | { kind: "expect" }
  /** Fetch manifests when a hint asks for it, as screens do; and once now. */
  | { kind: "fetch" }
  /** Beat every 30 s, or no more. */
  | { kind: "beats"; isOn: boolean }
  /** Come back with the delays of a kiosk, or at once, when a stream ends. */
  | { kind: "jitter"; isOn: boolean }
  | { kind: "count" };

/** What it tells. Instants are epoch milliseconds. */
export type SwarmReport =
  | { kind: "ready" }
  /** All streams are open. */
  | { kind: "open"; atMs: number }
  | { kind: "heard"; atMs: number }
  /** Every screen has a manifest. */
  | { kind: "fetched"; atMs: number }
  | SwarmCounts;

export type SwarmCounts = {
  kind: "counts";
  open: number;
  beats: number;
  failedBeats: number;
  lastError: string;
  /** Streams opened since the last count, most in one second, and when the last of them was. */
  opened: number;
  mostOpenedPerSecond: number;
  lastOpenedAtMs: number;
};
