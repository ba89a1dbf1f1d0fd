import type { Catalogue } from "../catalogue/read-catalogue.ts";
import type { GeneratedMutant } from "./mutant.ts";

/** What `pg_get_functiondef` says of each function of `app` and `auth`, by signature. */
export type Definitions = ReadonlyMap<string, string>;

export const DEFINITIONS = `
  select n.nspname || '.' || p.proname || '(' || coalesce((select string_agg(format_type(t, null), ',' order by place)
      from unnest(p.proargtypes::oid[]) with ordinality x (t, place)), '') || ')' as signature,
    pg_get_functiondef(p.oid) as definition
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where n.nspname in ('app', 'auth') and p.prokind = 'f' order by 1`;

/** Every function of ours: whom it serves, as whom it runs, with what settings, and what its text forgets. */
export function routineMutants({ routines, grants }: Catalogue, definitions: Definitions): GeneratedMutant[] {
  const held = new Set(grants.map(({ on, object, role }) => `${on} ${object} ${role}`));
  return routines
    .filter(({ schema }) => schema === "app" || schema === "auth")
    .flatMap((routine) => [
      ...rightMutants(routine, (role) => held.has(`function ${routine.signature} ${role}`)),
      ...textMutants(routine.signature, definitions),
    ]);
}

function rightMutants(
  { signature, isDefiner, schema }: Catalogue["routines"][number],
  isHeldBy: (role: string) => boolean,
): GeneratedMutant[] {
  const alter = (kind: string, change: string): GeneratedMutant => ({
    kind: `function ${kind}`,
    object: signature,
    sql: `alter function ${signature} ${change}`,
    attacked: [],
  });
  const stranger = schema === "app" ? "vitrine_auth" : "vitrine_app";
  const grants = ["public", stranger].filter((role) => !isHeldBy(role));
  return [
    ...(isDefiner ? [alter("with an open search_path", "reset search_path")] : []),
    alter("with another search_path", "set search_path = public"),
    alter("with a setting of its own", "set app.organization_id = '0190b0f4-0000-7000-8000-000000000000'"),
    alter("that claims to be leakproof", "leakproof"),
    alter("of another owner", "owner to vitrine_owner"),
    alter(
      isDefiner ? "of its caller's rights" : "of its owner's rights",
      isDefiner ? "security invoker" : "security definer",
    ),
    ...grants.map((role) => ({
      kind: `function granted to ${role}`,
      object: signature,
      sql: `grant execute on function ${signature} to ${role}`,
      attacked: [],
    })),
  ];
}

const FORGETS: [kind: string, pattern: RegExp, replacement: string][] = [
  [
    "function that forgets an organization",
    /(\w+\.organization_id) = (?:v_organization|app\.current_organization\(\)|p_organization_id|x\.organization_id)/g,
    "$1 is not null",
  ],
  [
    "function that needs no organization",
    /app\.required_organization\(\)/g,
    "coalesce(app.current_organization(), gen_random_uuid())",
  ],
  ["function that forgets the member", /m\.user_id = s\.user_id/g, "true"],
];

/** Each place where a function's text names the organization, forgotten one at a time. */
function textMutants(signature: string, definitions: Definitions): GeneratedMutant[] {
  const definition = definitions.get(signature) ?? "";
  const header = definition.indexOf("\n");
  return FORGETS.flatMap(([kind, pattern, replacement]) =>
    [...definition.matchAll(pattern)]
      .filter(({ index }) => index > header)
      .map(
        (match): GeneratedMutant => ({
          kind,
          object: signature,
          sql:
            definition.slice(0, match.index) +
            match[0].replace(new RegExp(pattern.source), replacement) +
            definition.slice(match.index + match[0].length),
          attacked: [signature.slice(0, signature.indexOf("("))],
        }),
      ),
  );
}
