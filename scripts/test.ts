import { buildApps } from "./build.ts";
import { check, conclude, runTests } from "./checks.ts";
import {
  GLASS_PROJECTS,
  JOURNEY_PROJECTS,
  PARALLEL_PROJECTS,
  PURE_PROJECTS,
  STATIC_CHECKS,
  TIMED_PROJECTS,
} from "./suite.ts";

process.stdout.write("Building the dashboard and the stage …\n");
buildApps();
conclude([
  ...STATIC_CHECKS.map(([name, command, args]) => check(name, command, args)),
  runTests("Modules, databases and pages", [...PURE_PROJECTS, ...PARALLEL_PROJECTS], ["--maxWorkers=3"]),
  runTests("The glass", GLASS_PROJECTS, ["--maxWorkers=3"]),
  runTests("Time on the glass", TIMED_PROJECTS, ["--maxWorkers=2"]),
  runTests("Journeys", JOURNEY_PROJECTS, ["--maxWorkers=3"]),
]);
