import { buildApps } from "./build.ts";
import { check, conclude, runTests } from "./checks.ts";
import { GLASS_PROJECTS, PARALLEL_PROJECTS, PURE_PROJECTS, STATIC_CHECKS } from "./suite.ts";

process.stdout.write("Building the dashboard and the stage …\n");
buildApps();
conclude([
  ...STATIC_CHECKS.map(([name, command, args]) => check(name, command, args)),
  runTests("Pure tests", PURE_PROJECTS),
  runTests("Databases and pages", PARALLEL_PROJECTS, ["--maxWorkers=2"]),
  runTests("Kiosks and journeys", GLASS_PROJECTS, ["--no-file-parallelism"]),
]);
