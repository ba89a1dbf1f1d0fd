import type { SessionView } from "@vitrine/core/model/account";
import * as business from "@vitrine/core/model/business";
import { appError } from "@vitrine/core/model/errors";
import { expandGrants, ROLE_GRANTS } from "@vitrine/core/model/permissions";
import type * as z from "zod";
import { idOf, minutesAgo, session } from "./things.ts";

const NOTHING = {
  screens: 0,
  groups: 0,
  content: 0,
  playlists: 0,
  layouts: 0,
  entries: 0,
  people: 0,
  invitations: 0,
};

/** A business of this number. */
export function businessOf(
  number: number,
  name: string,
  part: Partial<business.BusinessView> = {},
): business.BusinessView {
  return {
    id: idOf(14, number),
    name,
    address: "",
    note: "",
    use: NOTHING,
    updatedAt: minutesAgo(number * 50),
    ...part,
  };
}

/** One with much, one with a long name, one with nothing yet. */
export const BUSINESSES: readonly business.BusinessView[] = [
  businessOf(1, "Harbour cafés", {
    address: "Speicherstadt 4\n20457 Hamburg",
    note: "Opens at seven; the terrace from April on.",
    use: { ...NOTHING, screens: 41, groups: 3, content: 1204, playlists: 12, layouts: 2, people: 4 },
  }),
  businessOf(2, "The museum shop whose name somebody wrote out in full, with its city and its street", {
    use: { ...NOTHING, content: 1, entries: 1, invitations: 1 },
  }),
  businessOf(3, "Q"),
];

/** A session of an administrator who is limited to these businesses. */
export function limitedSession(businesses: readonly business.BusinessName[]): SessionView {
  const whole = session(expandGrants(ROLE_GRANTS.admin).filter(business.mayBeLimited));
  const names = businesses.map(({ id, name }) => ({ id, name }));
  return { ...whole, organization: whole.organization && { ...whole.organization, businesses: names } };
}

/** Answers of a server that holds these businesses. */
export function businessAnswers(businesses: readonly business.BusinessView[]) {
  let here = [...businesses];
  const find = (id: string) => {
    const found = here.find((one) => one.id === id);
    if (!found) throw appError("NOT_FOUND");
    return found;
  };
  return {
    "businesses.list": (input: z.infer<typeof business.listBusinessesInput>) => {
      const wanted = input.search?.toLowerCase() ?? "";
      const rows = here.filter(({ name }) => name.toLowerCase().includes(wanted));
      return { rows: rows.slice(0, input.limit), nextCursor: null, total: rows.length };
    },
    "businesses.names": () => ({ rows: here.map(({ id, name }) => ({ id, name })) }),
    "businesses.get": ({ id }: { id: string }) => find(id),
    "businesses.create": (input: z.infer<typeof business.createBusinessInput>) => {
      if (here.some(({ name }) => name.toLowerCase() === input.name.toLowerCase()))
        throw appError("NAME_TAKEN", { name: input.name });
      const made = businessOf(20 + here.length, input.name, input);
      here = [...here, made];
      return made;
    },
    "businesses.update": ({ id, ...change }: z.infer<typeof business.updateBusinessInput>) => {
      const { name, address, note } = change;
      const changed = {
        ...find(id),
        ...(name !== undefined && { name }),
        ...(address !== undefined && { address }),
        ...(note !== undefined && { note }),
      };
      here = here.map((one) => (one.id === id ? changed : one));
      return changed;
    },
    "businesses.remove": ({ id }: { id: string }) => {
      const { use } = find(id);
      if (Object.values(use).some((many) => many > 0)) throw appError("BUSINESS_IN_USE", use);
      here = here.filter((one) => one.id !== id);
      return {};
    },
  };
}
