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
    const who = { accountKey: "a", remoteAddress: "10.0.0.1" };
    for (let one = 0; one < 50; one++) {
      expect(await guard.attempt(who, async () => "found")).toBe("found");
      await expect(guard.attempt(who, async () => Promise.reject(new Error("broken")))).rejects.toThrow(
        "broken",
      );
    }
  });

  test("allows an account five wrong ones in any ten minutes", async () => {
    const { guard, clock } = makeGuardAt();
    const who = { accountKey: "a", remoteAddress: "10.0.0.1" };
    for (let one = 0; one < 5; one++) {
      clock.ms = one * 60_000;
      await expect(guard.attempt(who, wrong)).rejects.toThrow("PAIRING_CODE_UNKNOWN");
    }
    clock.ms = 300_000;
    await expect(guard.attempt(who, wrong)).rejects.toMatchObject({ data: { retryAfterSeconds: 300 } });
    clock.ms = 600_000;
    await expect(guard.attempt(who, wrong)).rejects.toThrow("PAIRING_CODE_UNKNOWN");
    await expect(guard.attempt(who, wrong)).rejects.toMatchObject({ data: { retryAfterSeconds: 60 } });
  });

  test("allows an address twenty and everybody together a hundred", async () => {
    const { guard } = makeGuardAt();
    const codes = new Map<string, number>();
    for (let one = 0; one < 130; one++) {
      const remoteAddress = one < 30 ? "2001:db8::1" : `10.0.0.${one}`;
      const code = await guard.attempt({ accountKey: `${one}`, remoteAddress }, wrong).catch(String);
      const key = `${one < 30 ? "address" : "others"} ${code}`;
      codes.set(key, (codes.get(key) ?? 0) + 1);
    }
    expect(Object.fromEntries(codes)).toEqual({
      "address AppError: PAIRING_CODE_UNKNOWN": 20,
      "address AppError: PAIRING_LOCKED": 10,
      "others AppError: PAIRING_CODE_UNKNOWN": 80,
      "others AppError: PAIRING_LOCKED": 20,
    });
  });
});
