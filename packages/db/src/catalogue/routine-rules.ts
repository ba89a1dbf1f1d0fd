import { FUNCTIONS } from "../access/functions.ts";
import { DEFINER } from "../access/roles.ts";
import type { Catalogue } from "./read-catalogue.ts";
import type { Violation } from "./violation.ts";

type Routine = Catalogue["routines"][number];

/** Functions and procedures, of ours and of anyone. */
export function checkRoutines({ routines }: Catalogue): Violation[] {
  const missing = FUNCTIONS.filter(
    ({ signature }) => !routines.some((one) => one.signature === signature),
  ).map(({ signature }): Violation => ({ rule: "function_missing", object: signature, found: "nothing" }));
  return [...missing, ...routines.flatMap(checkRoutine)];
}

function checkRoutine(one: Routine): Violation[] {
  const object = one.signature;
  const listed = FUNCTIONS.find(({ signature }) => signature === one.signature);
  const found: Violation[] = [];
  const add = (rule: Violation["rule"], text: string) => found.push({ rule, object, found: text });
  if (listed === undefined && one.schema !== "pgboss") add("function_listed", "an unlisted function");
  if (listed !== undefined && one.owner !== DEFINER) add("function_owned", `owned by ${one.owner}`);
  if (one.isLeakproof) add("no_leakproof", "leakproof");
  const settings = one.schema === "pgboss" ? [] : one.settings.filter((text) => text !== 'search_path=""');
  if (!one.isDefiner && settings.length > 0) add("function_settings", settings.join(", "));
  if (!one.isDefiner && listed?.definerReason !== undefined)
    add("definer_missing", "with its caller's rights");
  if (!one.isDefiner) return found;
  if (listed?.definerReason === undefined) add("definer_listed", `security definer of ${one.owner}`);
  if (!one.settings.includes('search_path=""'))
    add("definer_search_path", one.settings.join(", ") || "no setting");
  else if (settings.length > 0) add("function_settings", settings.join(", "));
  return found;
}
