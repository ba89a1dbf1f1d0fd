import { OWNER } from "../access/roles.ts";
import { TRIGGERS } from "../access/triggers.ts";
import { readCatalogue } from "../catalogue/read-catalogue.ts";
import { asRole, type Step } from "./step.ts";

/** Makes the listed triggers where they are missing, different or switched off. */
export async function ensureTriggers(step: Step): Promise<void> {
  const { triggers } = await readCatalogue((text) => step.run(text));
  for (const { name, table, definition } of TRIGGERS) {
    const isRight = triggers.some((one) => one.definition === definition && one.firesAlways);
    if (isRight) continue;
    await asRole(step, OWNER, async () => {
      await step.run(`drop trigger if exists ${name} on ${table}`);
      await step.run(definition);
      await step.run(`alter table ${table} enable always trigger ${name}`);
    });
    step.say(`trigger ${name} made`);
  }
}
