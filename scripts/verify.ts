import { check, conclude, runTests } from "./checks.ts";
import { PURE_PROJECTS, STATIC_CHECKS } from "./suite.ts";

// What needs no server, database or browser: under a minute.
conclude([
  ...STATIC_CHECKS.map(([name, command, args]) => check(name, command, args)),
  runTests("Pure tests", PURE_PROJECTS),
]);
