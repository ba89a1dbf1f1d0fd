import { readdirSync, readFileSync } from "node:fs";
import { getPriority } from "node:os";
import { afterAll, expect, test } from "vitest";
import { openPasswords } from "./passwords.ts";

const PASSWORD = "seven lamps over the harbour";
const OWNER = { name: "Ann", email: "ann@example.com" };
const passwords = openPasswords();
afterAll(() => passwords[Symbol.asyncDispose]());

const matches = async (password: string, hashed: string, isPreferred = false) => {
  using place = passwords.enter({ isPreferred });
  return place.matches(password, hashed);
};

test("a password matches its own hash in any of its forms, no other, and nobody's", async () => {
  const hashed = await passwords.hash(`${PASSWORD} é`, OWNER);
  expect(hashed).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await matches(`${PASSWORD} é`.normalize("NFD"), hashed)).toBe(true);
  expect(await matches(PASSWORD, hashed)).toBe(false);
  expect(await matches(PASSWORD, passwords.nobody)).toBe(false);
});

test("a hash that cannot be read fails, and the thread goes on", async () => {
  await expect(matches(PASSWORD, "no hash")).rejects.toThrow("could not be hashed");
  expect(await matches(PASSWORD, passwords.nobody)).toBe(false);
});

test("either row has 64 places, which are free again when they are left", async () => {
  for (const isPreferred of [false, true]) {
    using places = new DisposableStack();
    for (let place = 0; place < 64; place += 1) places.use(passwords.enter({ isPreferred }));
    expect(() => passwords.enter({ isPreferred })).toThrow("BUSY");
    passwords.enter({ isPreferred: !isPreferred })[Symbol.dispose]();
  }
  expect(await matches(PASSWORD, passwords.nobody)).toBe(false);
});

test("what is preferred goes before all that waits", async () => {
  const done: string[] = [];
  const one = async (name: string, isPreferred: boolean) => {
    await matches(PASSWORD, passwords.nobody, isPreferred);
    done.push(name);
  };
  const others = Array.from({ length: 12 }, () => one("other", false));
  await Promise.all([...others, one("preferred", true)]);
  // Four at most were under way, and as many may have ended beside it.
  expect(done.indexOf("preferred")).toBeLessThan(9);
});

test.runIf(process.platform === "linux")("threads that hash are nicer than the others", async () => {
  await matches(PASSWORD, passwords.nobody);
  const lines = readdirSync("/proc/self/task").map((id) =>
    readFileSync(`/proc/self/task/${id}/stat`, "utf8"),
  );
  const ours = lines.filter((line) => line.includes("(hashing)"));
  const niceness = ours.map((line) => Number(line.slice(line.lastIndexOf(")") + 2).split(" ")[16]));
  expect(new Set(niceness)).toEqual(new Set([Math.min(19, getPriority() + 10)]));
});
