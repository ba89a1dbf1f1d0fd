import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { dirname, join, relative, resolve } from "node:path";

// Makes vitrine-sdk-<version>.tgz in the current folder (or the folder given): the client as JavaScript and the types of the
// API as plain declarations, so that a project outside this repository needs nothing else of it.
const sdk = resolve(import.meta.dirname, "..");
const repository = resolve(sdk, "../..");
const staging = join(sdk, "dist/package");
const target = resolve(process.argv[2] ?? process.env.INIT_CWD ?? process.cwd());

rmSync(staging, { recursive: true, force: true });
mkdirSync(staging, { recursive: true });
emitDeclarations();
for (const file of declarationFiles(staging)) writeFileSync(file, localize(file, readFileSync(file, "utf8")));
writeFileSync(
  join(staging, "client.js"),
  stripTypeScriptTypes(readFileSync(join(sdk, "src/client.ts"), "utf8")),
);
writeFileSync(join(staging, "client.d.ts"), 'export * from "./types/packages/sdk/src/client.js";\n');
cpSync(join(repository, "LICENSE"), join(staging, "LICENSE"));
writePackage();
run("npm", ["pack", "--silent", "--pack-destination", target], staging);
process.stdout.write(`Packed into ${target}\n`);

function emitDeclarations(): void {
  const options = ["--declaration", "--emitDeclarationOnly", "--noEmit", "false", "--rootDir", repository];
  const settings = [
    "--ignoreConfig",
    "--target",
    "es2024",
    "--module",
    "nodenext",
    "--skipLibCheck",
    "--strict",
  ];
  const more = ["--exactOptionalPropertyTypes", "--allowImportingTsExtensions", "--types", "node", "--lib"];
  // Declarations are written for named files and what these import by path, never for what a package name leads to.
  const model = join(repository, "packages/core/src/model");
  const roots = [join(sdk, "src/client.ts"), join(repository, "apps/api/src/trpc/root.ts")];
  for (const name of readdirSync(model)) if (!name.endsWith(".test.ts")) roots.push(join(model, name));
  const out = ["es2024,dom,esnext.disposable", "--outDir", join(staging, "types")];
  run("tsc", [...settings, ...options, ...more, ...out, ...roots], repository);
}

/** Workspace names become paths inside the package, and `.ts` endings `.js`, as declarations outside a repository need. */
function localize(file: string, text: string): string {
  const workspaces: [RegExp, string][] = [
    [/^@vitrine\/core\/model\/(.+)$/, "packages/core/src/model/$1.js"],
    [/^@vitrine\/core\/schedule$/, "packages/core/src/schedule/index.js"],
    [/^@vitrine\/api\/router$/, "apps/api/src/trpc/root.js"],
  ];
  return text.replace(
    /(from |import\()(["'])([^"']+)\2/g,
    (_whole, lead: string, quote: string, specifier: string) => {
      let path = specifier.replace(/(^\.{1,2}\/.*)\.ts$/, "$1.js");
      for (const [pattern, replacement] of workspaces) {
        if (!pattern.test(specifier)) continue;
        const absolute = join(staging, "types", specifier.replace(pattern, replacement));
        const local = relative(dirname(file), absolute);
        path = local.startsWith(".") ? local : `./${local}`;
      }
      return `${lead}${quote}${path}${quote}`;
    },
  );
}

function declarationFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".d.ts"))
    .map((name) => join(folder, name));
}

function writePackage(): void {
  const own: { version: string; description: string; license: string; dependencies: Record<string, string> } =
    JSON.parse(readFileSync(join(sdk, "package.json"), "utf8"));
  const { "@vitrine/core": _core, ...dependencies } = own.dependencies;
  const described = {
    name: "@vitrine/sdk",
    version: own.version,
    description: own.description,
    license: own.license,
    type: "module",
    exports: { ".": { types: "./client.d.ts", default: "./client.js" } },
    dependencies,
  };
  writeFileSync(join(staging, "package.json"), `${JSON.stringify(described, null, 2)}\n`);
}

function run(command: string, args: readonly string[], cwd: string): void {
  const result = spawnSync(command, args, { cwd, stdio: "inherit" });
  if (result.status !== 0) throw new Error(`${command} failed`);
}
