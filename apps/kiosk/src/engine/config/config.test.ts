import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startKioskProcess } from "../testing/kiosk-process.ts";
import { makeFolder } from "../testing/test-kiosk.ts";
import { until } from "../testing/until.ts";
import { ConfigError, readConfig } from "./config.ts";

test("options are stronger than the environment, the environment than config.json, that than the defaults", async () => {
  await using folder = await makeFolder();
  await mkdir(folder.path, { recursive: true });
  await writeFile(
    join(folder.path, "config.json"),
    JSON.stringify({ server: "https://file.example", volume: 30, shell: "chromium" }),
  );
  const argv = ["--data", folder.path, "--window", "1280x720"];
  expect(readConfig(argv, {})).toEqual({
    server: "https://file.example",
    shell: "chromium",
    data: folder.path,
    volume: 30,
    window: "1280x720",
    forget: false,
    statusPort: 8686,
    allowPrivate: [],
    updateChannel: "stable",
  });
  const env = { VITRINE_SERVER: "https://env.example/", VITRINE_KIOSK_SHELL: "none" };
  expect(readConfig(argv, env)).toMatchObject({ server: "https://env.example", shell: "none" });
  expect(readConfig([...argv, "--server", "http://option.example:3000"], env).server).toBe(
    "http://option.example:3000",
  );
});

test("what cannot be used is said in a sentence with the way to use it", async () => {
  await using folder = await makeFolder();
  const data = ["--data", folder.path];
  const complaint = (...argv: string[]) => {
    try {
      return readConfig([...data, ...argv], {});
    } catch (error) {
      if (error instanceof ConfigError) return error.message;
      throw error;
    }
  };
  expect(complaint()).toMatch(/address of the server/);
  expect(complaint("--server", "ftp://x")).toMatch(/address of the server/);
  expect(complaint("--server", "http://x", "--window", "big")).toMatch(/WIDTHxHEIGHT/);
  expect(complaint("--server", "http://x", "--shell", "firefox")).toMatch(/electron, chromium or none/);
  expect(complaint("--surver", "http://x")).toMatch(
    /no option --surver. Did you mean --server\?[\s\S]*Usage/,
  );
  expect(complaint("--server", "http://x", "--status-port", "70000")).toMatch(/0 to 65535/);
  expect(complaint("--server", "http://x", "--allow-private", "menu.local,not a host")).toMatch(
    /name, an address/,
  );
});

test("config.json with a word that is no setting is refused with the one that was meant", async () => {
  await using folder = await makeFolder();
  const complaint = async (content: object) => {
    await writeFile(join(folder.path, "config.json"), JSON.stringify(content));
    return () => readConfig(["--data", folder.path], {});
  };
  expect(await complaint({ server: "http://x", cachelimit: 3 })).toThrow(
    /"cachelimit".*Did you mean "cacheLimit"\?/,
  );
  expect(await complaint({ server: "http://x", colour: 3 })).toThrow(
    /"colour", which is no setting. It may have server,/,
  );
  const hosts = await complaint({ server: "http://x", allowPrivate: ["Menu.local", "10.0.0.0/8"] });
  expect(hosts().allowPrivate).toEqual(["menu.local", "10.0.0.0/8"]);
});

test.each([
  ["NODE_TLS_REJECT_UNAUTHORIZED", "0", "NODE_EXTRA_CA_CERTS"],
  ["NODE_OPTIONS", "--tls-min-v1.0", "leave --tls-min-v1.0"],
])("a kiosk does not start with %s=%s, and says what to do", async (name, value, advice) => {
  await using folder = await makeFolder();
  await using kiosk = startKioskProcess("https://signage.example", folder.path, { [name]: value });
  expect(await kiosk.ended).toBe(2);
  await until("a reason", () => kiosk.logLines().some((line) => line.includes(advice)));
  expect(kiosk.output()).toBe("");
});
