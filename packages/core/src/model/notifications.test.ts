import { expect, it } from "vitest";
import { mayBeNotified, mutedNotifications, NOTIFICATION_KINDS } from "./notifications.ts";
import { ROLES } from "./permissions.ts";

it("goes to those who run the organization, and an acceptance to whoever invited", () => {
  const kindsOf = ROLES.map((role) => [role, NOTIFICATION_KINDS.filter((kind) => mayBeNotified(kind, role))]);
  const others = ["invitationAccepted"];
  expect(Object.fromEntries(kindsOf)).toEqual({
    owner: NOTIFICATION_KINDS,
    admin: NOTIFICATION_KINDS,
    manager: others,
    operator: others,
    viewer: others,
  });
});

it("is switched off by kind, each named once and in one order", () => {
  const given = ["domainRecord", "memberLeft", "domainRecord"];
  expect(mutedNotifications.parse(given)).toEqual(["memberLeft", "domainRecord"]);
  expect(mutedNotifications.safeParse(["screenOffline?"]).success).toBe(false);
});
