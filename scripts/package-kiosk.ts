import { spawnSync } from "node:child_process";
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from "node:crypto";
import { createReadStream } from "node:fs";
import {
  chmod,
  copyFile,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";

// npm run package:kiosk -- [--arch x64] [--arch arm64] [--out DIR] [--sign KEY.pem --channel stable --serial N]
// The player for Node and a system Chromium as one archive an architecture: what the install script unpacks, and
// what a signed feed leads installed players to.
const root = resolve(import.meta.dirname, "..");
const kiosk = join(root, "apps/kiosk");
const { values } = parseArgs({
  options: {
    arch: { type: "string", multiple: true, default: [process.arch] },
    out: { type: "string", default: join(kiosk, "dist/packages") },
    sign: { type: "string" },
    channel: { type: "string", default: "stable" },
    serial: { type: "string", default: String(Math.floor(Date.now() / 1000)) },
    "way-back": { type: "boolean", default: false },
  },
});
const { version } = JSON.parse(await readFile(join(kiosk, "package.json"), "utf8"));
const ARCHITECTURES = ["x64", "arm64"];
const START = `#!/bin/sh
# The player with the Node that it came with; options as of \`vitrine-kiosk --help\`.
here=$(dirname "$(readlink -f "$0")")
exec "$here/bin/node" "$here/app/main.js" "$@"
`;

for (const arch of values.arch) {
  if (!ARCHITECTURES.includes(arch)) throw new Error(`--arch is ${ARCHITECTURES.join(" or ")}, not ${arch}`);
}
for (const name of ["stage", "node"])
  run("vite", ["build", "-c", `vite.${name}.config.ts`, "--logLevel", "error"], kiosk);
await mkdir(values.out, { recursive: true });
const files: Awaited<ReturnType<typeof pack>>[] = [];
for (const arch of values.arch) files.push(await pack(arch));
if (values.sign !== undefined) await writeFeed(createPrivateKey(await readFile(values.sign)));

async function pack(arch: string) {
  const name = `vitrine-kiosk-${version}-linux-${arch}.tar.gz`;
  const path = join(values.out, name);
  const folder = await mkdtemp(join(tmpdir(), "vitrine-package-"));
  try {
    for (const part of ["bin", "app", "dist"]) await mkdir(join(folder, part));
    await findNode(arch, join(folder, "bin/node"));
    await copyFile(join(kiosk, "dist/node/main.js"), join(folder, "app/main.js"));
    await writeFile(join(folder, "app/package.json"), `${JSON.stringify({ type: "module", version })}\n`);
    await cp(join(kiosk, "dist/stage"), join(folder, "dist/stage"), { recursive: true });
    await copyFile(join(root, "LICENSE"), join(folder, "LICENSE"));
    await writeFile(join(folder, "VERSION"), `${version}\n`);
    await writeFile(join(folder, "vitrine-kiosk"), START);
    await chmod(join(folder, "vitrine-kiosk"), 0o755);
    run(
      "tar",
      ["--sort=name", "--owner=0", "--group=0", "--numeric-owner", "-czf", path, ...(await readdir(folder))],
      folder,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
  const { size: sizeBytes } = await stat(path);
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  const sha256 = hash.digest("hex");
  await writeFile(`${path}.sha256`, `${sha256}  ${name}\n`);
  process.stdout.write(`${path}  ${Math.round(sizeBytes / 1024 ** 2)} MiB  sha256 ${sha256}\n`);
  return { arch, url: name, sizeBytes, sha256 };
}

/** The Node that this repository runs on, for another architecture from the registry. */
async function findNode(arch: string, target: string): Promise<void> {
  if (arch === process.arch) {
    await copyFile(process.execPath, target);
  } else {
    const folder = await mkdtemp(join(tmpdir(), "vitrine-node-"));
    run("npm", ["pack", "--silent", `node-linux-${arch}@${process.versions.node}`], folder);
    const [archive = ""] = await readdir(folder);
    run("tar", ["-xzf", archive, "package/bin/node"], folder);
    await copyFile(join(folder, "package/bin/node"), target);
    await rm(folder, { recursive: true });
  }
  await chmod(target, 0o755);
}

/** The feed of a channel, as installed players expect it (`apps/kiosk/src/update/feed.ts`). */
async function writeFeed(privateKey: KeyObject): Promise<void> {
  const release = {
    channel: values.channel,
    serial: Number(values.serial),
    version,
    leastVersion: null,
    isWayBack: values["way-back"],
    files,
  };
  const payload = Buffer.from(JSON.stringify(release));
  const feed = {
    payload: payload.toString("base64"),
    signature: sign(null, payload, privateKey).toString("base64"),
  };
  const path = join(values.out, `${values.channel}.json`);
  await writeFile(path, `${JSON.stringify(feed)}\n`);
  const publicKey = createPublicKey(privateKey).export({ format: "der", type: "spki" }).toString("base64");
  process.stdout.write(`${path}  for players whose updateKey is ${publicKey}\n`);
}

function run(command: string, args: readonly string[], cwd: string): void {
  const result = spawnSync(command, args, { cwd, stdio: "inherit" });
  if (result.status !== 0) throw new Error(`${command} ${args.join(" ")} did not succeed`);
}
