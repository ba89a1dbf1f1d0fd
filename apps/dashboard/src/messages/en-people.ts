import { invitation } from "./en/invitation.ts";
import { people } from "./en/people.ts";

/** Texts of the people of an organization and of invitations, which come with the pages that show them. */
export const enPeople = { ...people, ...invitation };
