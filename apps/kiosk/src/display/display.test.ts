import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "../engine/platform/clock.ts";
import { openDiskFileStore } from "../engine/platform/disk-file-store.ts";
import { createLog } from "../engine/platform/log.ts";
import { until } from "../engine/testing/until.ts";
import { createVirtualClock } from "../engine/testing/virtual-clock.ts";
import { startDisplay } from "../testing/display.ts";
import { parsePowerStatus } from "./cec.ts";
import { createDisplay } from "./display.ts";
import { createRunTool } from "./run-tool.ts";
import { parseWlrRandr } from "./wayland.ts";
import { parseXrandr } from "./x11.ts";

describe("what the tools print", () => {
  it("is read of wlr-randr 0.2 and of later ones", () => {
    const old = `HDMI-A-1 "Dell Inc. DELL U2412M 0x00000000 (HDMI-A-1)"
  Physical size: 520x320 mm
  Enabled: yes
  Modes:
    1920x1200 px, 59.950001 Hz (preferred, current)
    1600x1200 px, 60.000000 Hz
  Position: 0,0
  Transform: normal
  Scale: 1.000000
HEADLESS-1 "Headless output 1"
  Enabled: no
  Modes:
    0x0 px
`;
    expect(parseWlrRandr(old)).toEqual([
      { name: "HDMI-A-1", isOn: true },
      { name: "HEADLESS-1", isOn: false },
    ]);
    const later = `HDMI-A-2 "Samsung Electric Company SAMSUNG (HDMI-A-2)"
  Make: Samsung Electric Company
  Model: Enabled: yes
  Serial: 0x01000E00
  Physical size: 1600x900 mm
  Enabled: no
`;
    expect(parseWlrRandr(later)).toEqual([{ name: "HDMI-A-2", isOn: false }]);
    expect(parseWlrRandr("")).toEqual([]);
  });

  it("is read of xrandr, on a Pi, off, and where nothing is plugged in", () => {
    const on = `Screen 0: minimum 320 x 200, current 1920 x 1080, maximum 7680 x 7680
HDMI-1 connected primary 1920x1080+0+0 (normal left inverted right x axis y axis) 1600mm x 900mm
   1920x1080     60.00*+  50.00
HDMI-2 disconnected (normal left inverted right x axis y axis)
`;
    expect(parseXrandr(on)).toEqual({
      size: "1920x1080",
      outputs: [
        { name: "HDMI-1", isConnected: true, isOn: true },
        { name: "HDMI-2", isConnected: false, isOn: false },
      ],
    });
    const off = `Screen 0: minimum 64 x 64, current 1280 x 720, maximum 32767 x 32767
DUMMY0 connected primary
   1280x720      59.86
DUMMY1 disconnected
`;
    expect(parseXrandr(off).outputs[0]).toEqual({ name: "DUMMY0", isConnected: true, isOn: false });
  });

  it.each([
    ["\tpwr-state: on (0x00)", "on"],
    ["\tpwr-state: to-on (0x02)", "on"],
    ["\tpwr-state: standby (0x01)", "off"],
    ["\tpwr-state: to-standby (0x03)", "off"],
    ["    Received from TV (0 to 4):\n    FEATURE_ABORT (0x00):", undefined],
    ["\tTx, Not Acknowledged (4), Max Retries", undefined],
  ])("is read of cec-ctl: %j", (text, observed) => {
    expect(parsePowerStatus(text)).toBe(observed);
  });
});

/**
 * Small programs with the names, options, words and exit codes of the real ones, which keep the display's state in
 * a file: there is no compositor and no television here.
 */
const FAKES = {
  "wlr-randr": `#!/bin/sh
s="$(dirname "$0")/state"; echo "wlr-randr $*" >>"$(dirname "$0")/calls"
[ "$(cat "$s")" = unplugged ] && exit 0
if [ "$1" = --output ]; then
  [ "$2" = HDMI-A-1 ] || { echo "unknown output $2" >&2; exit 1; }
  [ -e "$(dirname "$0")/refuses" ] && { echo "failed to apply configuration" >&2; exit 1; }
  [ -e "$(dirname "$0")/ignores" ] || echo "\${3#--}" >"$s"; exit 0
fi
printf 'HDMI-A-1 "Some TV"\\n  Enabled: %s\\n' "$([ "$(cat "$s")" = on ] && echo yes || echo no)"
`,
  "cec-ctl": `#!/bin/sh
s="$(dirname "$0")/state"; echo "cec-ctl $*" >>"$(dirname "$0")/calls"
for argument; do case "$argument" in
  --image-view-on) echo on >"$s";; --standby) echo standby >"$s";;
  --give-device-power-status)
    if [ "$(cat "$s")" = unplugged ]; then printf '\\tTx, Not Acknowledged (4), Max Retries\\n'
    else printf '    REPORT_POWER_STATUS (0x90):\\n\\tpwr-state: %s (0x00)\\n' "$(cat "$s")"; fi;;
esac; done
`,
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "vitrine-display-"));
  await writeFile(join(folder, "state"), "on\n");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const calls = async () => (await readFile(join(folder, "calls"), "utf8")).trim().split("\n");
const soon = () => AbortSignal.timeout(30_000);

async function makeDisplay(tools: readonly (keyof typeof FAKES)[], env: Record<string, string>) {
  const clock = createVirtualClock();
  let looksOrdered = 0;
  for (const tool of tools) {
    await writeFile(join(folder, tool), FAKES[tool]);
    await chmod(join(folder, tool), 0o755);
  }
  const changes: string[] = [];
  const full = { PATH: tools.length > 0 ? `${folder}:/usr/bin:/bin` : "/nowhere", ...env };
  const display = createDisplay({
    files: await openDiskFileStore(join(folder, "data")),
    clock: {
      ...clock,
      after(delayMs, run) {
        if (delayMs === 30_000) looksOrdered += 1;
        return clock.after(delayMs, run);
      },
    },
    log: createLog(systemClock, []),
    run: createRunTool(full),
    env: full,
  });
  await display.start(
    () => void changes.push(`${display.report().desired} ${display.report().observed}`),
    soon(),
  );
  /** Lets half a minute pass, and what it brings about come to its end. */
  const passHalfMinute = async () => {
    const before = looksOrdered;
    clock.advance(30_000);
    await until("the next look is ordered", () => looksOrdered > before);
  };
  return { display, passHalfMinute, changes };
}

it("is switched by the compositor, seen to be so, and told", async () => {
  const { display, changes } = await makeDisplay(["wlr-randr"], { WAYLAND_DISPLAY: "wayland-1" });
  await using _ = display;
  expect(display.report()).toEqual({
    backend: "wayland",
    output: "HDMI-A-1",
    desired: "on",
    observed: "on",
    problem: null,
  });
  await display.setPower("off", soon());
  expect(display.report()).toMatchObject({ desired: "off", observed: "off", problem: null });
  expect(changes).toEqual(["on on", "off off"]);
});

it("stays as it shall be over a restart of the player", async () => {
  const first = await makeDisplay(["wlr-randr"], { WAYLAND_DISPLAY: "wayland-1" });
  await first.display.setPower("off", soon());
  await first.display[Symbol.asyncDispose]();
  await writeFile(join(folder, "state"), "on\n");
  const { display } = await makeDisplay(["wlr-randr"], { WAYLAND_DISPLAY: "wayland-1" });
  await using _ = display;
  expect(display.report()).toMatchObject({ desired: "off", observed: "off" });
});

it("is looked at again, told again after ten minutes, and at once when it is plugged in", async () => {
  const { display, passHalfMinute } = await makeDisplay(["wlr-randr"], { WAYLAND_DISPLAY: "wayland-1" });
  await using _ = display;
  await display.setPower("off", soon());
  await writeFile(join(folder, "state"), "on\n");
  // Somebody switched it on by hand: that is told, and left so for a while.
  await passHalfMinute();
  expect(display.report()).toMatchObject({
    observed: "on",
    problem: "The display was told to be off and is on",
  });
  for (let look = 1; look < 20; look += 1) await passHalfMinute();
  expect(display.report()).toMatchObject({ observed: "off", problem: null });

  await writeFile(join(folder, "state"), "unplugged\n");
  await passHalfMinute();
  expect(display.report()).toMatchObject({
    output: null,
    observed: "unknown",
    problem: "No display is connected",
  });
  await writeFile(join(folder, "state"), "on\n");
  await passHalfMinute();
  expect(display.report()).toMatchObject({ output: "HDMI-A-1", observed: "off", problem: null });
});

it("that refuses or ignores what it is told is told of", async () => {
  const { display } = await makeDisplay(["wlr-randr"], { WAYLAND_DISPLAY: "wayland-1" });
  await using _ = display;
  await writeFile(join(folder, "refuses"), "");
  await expect(display.setPower("off", soon())).rejects.toThrow("wlr-randr: failed to apply configuration");
  expect(display.report()).toMatchObject({ desired: "off", observed: "on" });
  expect(display.report().problem).toContain("failed to apply configuration");
});

it("is a television before it is a cable, where one answers", async () => {
  const { display } = await makeDisplay(["cec-ctl", "wlr-randr"], { WAYLAND_DISPLAY: "wayland-1" });
  await using _ = display;
  expect(display.report()).toMatchObject({ backend: "cec", output: "TV", observed: "on" });
  await display.setPower("off", soon());
  expect(display.report()).toMatchObject({ observed: "off" });
  expect((await calls()).filter((call) => call.includes("--standby"))).toHaveLength(1);
});

it("that cannot be switched says what to install, and is nobody's fault while it is to be on", async () => {
  const { display } = await makeDisplay([], { DISPLAY: ":0" });
  await using _ = display;
  expect(display.report()).toEqual({
    backend: "none",
    output: null,
    desired: "on",
    observed: "unknown",
    problem: null,
  });
  await expect(display.setPower("off", soon())).rejects.toThrow("install wlr-randr");
});

it("is found on a real X server, which is asked and told by the real xrandr", async () => {
  await using screen = await startDisplay(800, 600);
  const env = { DISPLAY: screen.name, PATH: process.env.PATH ?? "" };
  const clock = createVirtualClock();
  const display = createDisplay({
    files: await openDiskFileStore(join(folder, "data")),
    clock,
    log: createLog(systemClock, []),
    run: createRunTool(env),
    env,
  });
  await using _ = display;
  await display.start(() => undefined, soon());
  expect(display.report()).toEqual({
    backend: "x11",
    output: "screen",
    desired: "on",
    observed: "on",
    problem: null,
  });
  // A virtual screen takes the order and stays on, as a few real ones do: what is told is what was seen.
  const switched = display.setPower("off", soon());
  const passing = setInterval(() => clock.advance(1000), 20);
  await expect(switched).rejects.toThrow("told to be off and is on");
  clearInterval(passing);
});
