import { BELONGING } from "../access/businesses.ts";
import { describeGrant, desiredGrants, type Grant } from "../access/desired-grants.ts";
import { createPolicy, describePolicy, desiredPolicies } from "../access/desired-policies.ts";
import { APP_GRANTS } from "../access/grants.ts";
import { type Catalogue, readCatalogue } from "../catalogue/read-catalogue.ts";
import { MigrationRefusedError } from "./errors.ts";
import type { Step } from "./step.ts";

/**
 * Brings row security, policies and rights of the live database to what `access` says, whatever they were: after
 * new tables as after drift. Says each change; changes nothing when all is as it should be.
 */
export async function repairAccess(step: Step): Promise<void> {
  const [{ database } = {}] = await step.run("select current_database()::text as database");
  const catalogue = await readCatalogue((text) => step.run(text));
  const repairs = [
    ...rowSecurityRepairs(catalogue),
    ...policyRepairs(catalogue),
    ...grantRepairs(catalogue, String(database)),
  ];
  for (const { text, what } of repairs) {
    await step.run(text);
    step.say(what);
  }
}

interface Repair {
  text: string;
  what: string;
}

function tenantTables({ relations }: Catalogue) {
  return relations.filter(
    ({ schema, kind }) => schema === "tenant" && ["table", "partitioned"].includes(kind),
  );
}

function rowSecurityRepairs(catalogue: Catalogue): Repair[] {
  return tenantTables(catalogue).flatMap(({ name, hasRowSecurity, isForced, isPartition }) => {
    if (!isPartition && APP_GRANTS[name] === undefined) {
      throw new MigrationRefusedError(
        `The table tenant.${name} is missing in access/grants.ts: list what may be done with it.`,
      );
    }
    if (!isPartition && BELONGING[name] === undefined) {
      throw new MigrationRefusedError(
        `The table tenant.${name} is missing in access/businesses.ts: say what limited members reach of it.`,
      );
    }
    const enable = {
      text: `alter table tenant.${name} enable row level security`,
      what: `row security enabled on ${name}`,
    };
    const force = {
      text: `alter table tenant.${name} force row level security`,
      what: `row security forced on ${name}`,
    };
    return [...(hasRowSecurity ? [] : [enable]), ...(isForced ? [] : [force])];
  });
}

function policyRepairs(catalogue: Catalogue): Repair[] {
  return tenantTables(catalogue).flatMap(({ name }) => {
    const found = catalogue.policies.filter(({ schema, table }) => schema === "tenant" && table === name);
    const wanted = desiredPolicies(name);
    const isRight = (policy: (typeof found)[number]) =>
      wanted.some(
        (one) =>
          one.name === policy.name &&
          describePolicy({ ...one, roles: [one.role] }) === describePolicy(policy),
      );
    const wrong = found.filter((policy) => !isRight(policy));
    const missing = wanted.filter(
      (one) => !found.some((policy) => policy.name === one.name && isRight(policy)),
    );
    return [
      ...wrong.map((policy) => ({
        text: `drop policy ${quoteName(policy.name)} on tenant.${name}`,
        what: `policy ${policy.name} of ${name} dropped`,
      })),
      ...missing.map((policy) => ({
        text: createPolicy(name, policy),
        what: `policy ${policy.name} of ${name} made`,
      })),
    ];
  });
}

function grantRepairs(catalogue: Catalogue, database: string): Repair[] {
  const wanted = new Map(desiredGrants(catalogue, database).map((one) => [describeGrant(one), one]));
  const found = new Map(catalogue.grants.map((one) => [describeGrant(one), one]));
  const isOurs = ({ on, object }: Grant) =>
    on === "database" || /^(tenant|system|app|auth|ledger|pgboss|public)\b/.test(object);
  const extra = [...found].filter(([text, one]) => !wanted.has(text) && isOurs(one));
  const missing = [...wanted].filter(([text]) => !found.has(text));
  return [
    ...extra.map(([what, one]) => ({
      text: `revoke ${clauseOf(one)} from ${one.role}`,
      what: `${what} revoked`,
    })),
    ...missing.map(([what, one]) => ({
      text: `grant ${clauseOf(one)} to ${one.role}`,
      what: `${what} granted`,
    })),
  ];
}

function clauseOf({ on, object, column, privilege }: Grant): string {
  const what = column === null ? privilege : `${privilege} (${quoteName(column)})`;
  if (on === "database") return `${what} on database ${quoteName(object)}`;
  if (on === "schema") return `${what} on schema ${quoteName(object)}`;
  if (on === "function") return `${what} on function ${object}`;
  return `${what} on ${object.split(".").map(quoteName).join(".")}`;
}

function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
