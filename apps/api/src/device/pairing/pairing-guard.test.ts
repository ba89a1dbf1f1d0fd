import { appError } from "@vitrine/core/model/errors";
import { describe, expect, test } from "vitest";
import { makePairingGuard } from "./pairing-guard.ts";

const wrong = async () => {
  throw appError("PAIRING_CODE_UNKNOWN");
};

function makeGuardAt() {
  const clock = { ms: 0, now: () => new Date(clock.ms), nowMs: () => clock.ms };
  return { clock, guard: makePairingGuard(clock) };
}

describe("the guard", () => {
  test("lets in the right ones and forgets what failed for another reason", async () => {
    const { guard } = makeGuardAt();
    for (let one = 0; one < 50; one++) {
      expect(await guard.attempt("a", async () => "found")).toBe("found");
      await expect(guard.attempt("a", async () => Promise.reject(new Error("broken")))).rejects.toThrow(
        "broken",
      );
    }
  });

  test("allows five wrong ones in any ten minutes, and says until when", async () => {
    const { guard, clock } = makeGuardAt();
    for (let one = 0; one < 5; one++) {
      clock.ms = one * 60_000;
      await expect(guard.attempt("a", wrong)).rejects.toThrow("PAIRING_CODE_UNKNOWN");
    }
    clock.ms = 300_000;
    await expect(guard.attempt("a", wrong)).rejects.toMatchObject({ data: { retryAfterSeconds: 300 } });
    clock.ms = 600_000;
    await expect(guard.attempt("a", wrong)).rejects.toThrow("PAIRING_CODE_UNKNOWN");
    await expect(guard.attempt("a", wrong)).rejects.toMatchObject({ data: { retryAfterSeconds: 60 } });
  });

  test("allows twenty in any day, and says until when", async () => {
    const { guard, clock } = makeGuardAt();
    for (let one = 0; one < 20; one++) {
      clock.ms = one * 600_000;
      await expect(guard.attempt("a", wrong)).rejects.toThrow("PAIRING_CODE_UNKNOWN");
    }
    clock.ms = 12 * 3_600_000;
    const locked = { code: "PAIRING_LOCKED", data: { retryAfterSeconds: 12 * 3600 } };
    await expect(guard.attempt("a", async () => "found")).rejects.toMatchObject(locked);
    clock.ms = 24 * 3_600_000;
    expect(await guard.attempt("a", async () => "found")).toBe("found");
  });

  test("locks nobody for what any number of others tried", async () => {
    const { guard } = makeGuardAt();
    for (let one = 0; one < 1000; one++) await guard.attempt(`stranger ${one}`, wrong).catch(() => {});
    for (let one = 0; one < 5; one++) await guard.attempt("stranger 0", wrong).catch(() => {});
    await expect(guard.attempt("stranger 0", wrong)).rejects.toThrow("PAIRING_LOCKED");
    expect(await guard.attempt("honest", async () => "found")).toBe("found");
  });
});
