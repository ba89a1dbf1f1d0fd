import { conclude, runChecks, runTests } from "./checks.ts";
import { PURE_PROJECTS, STATIC_CHECKS } from "./suite.ts";

process.env.VITRINE_RUNS ??= "10";

// What needs no server, database or browser, with a third of the suite's generated cases: half a minute.
conclude([...(await runChecks(STATIC_CHECKS)), runTests("Pure tests", PURE_PROJECTS)]);
