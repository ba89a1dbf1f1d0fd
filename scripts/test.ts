import { buildApps } from "./build.ts";
import { conclude, runChecks, runTests } from "./checks.ts";
import {
  GLASS_PROJECTS,
  JOURNEY_PROJECTS,
  PARALLEL_PROJECTS,
  PURE_PROJECTS,
  STATIC_CHECKS,
  TIMED_PROJECTS,
} from "./suite.ts";

process.stdout.write("Building the dashboard and the stage, and checking the sources …\n");
const [checked] = await Promise.all([runChecks(STATIC_CHECKS), buildApps()]);
conclude([
  ...checked,
  runTests("Modules, databases and pages", [...PURE_PROJECTS, ...PARALLEL_PROJECTS], ["--maxWorkers=4"]),
  runTests("The glass", GLASS_PROJECTS, ["--maxWorkers=3"]),
  runTests("Time on the glass", TIMED_PROJECTS, ["--maxWorkers=2"]),
  runTests("Journeys", JOURNEY_PROJECTS, ["--maxWorkers=4"]),
]);
