import { beforeAll, expect, test } from "vitest";
import { idOf } from "./fake/things.ts";
import { answersOf, busyCafe } from "./fake/world.ts";
import { expectAccessible, goTo, type OpenPage, withDashboard } from "./open-dashboard.ts";

const dashboard = withDashboard();
let cafe: OpenPage;
beforeAll(async () => {
  cafe = await dashboard.open("/", answersOf(busyCafe()));
});

test.each([
  [
    "/content",
    "button",
    "More ways to add content",
    "menuitem",
    "Add a web page",
    "dialog",
    "Add a web page",
  ],
  ["/playlists", "button", "New playlist", "dialog", "New playlist"],
  [`/playlists/${idOf(4, 1)}`, "button", "Add content", "dialog", "Add to the playlist"],
  [
    `/playlists/${idOf(4, 1)}`,
    "button",
    "More for Lunch",
    "menuitem",
    "Play on screens",
    "dialog",
    "Play “Lunch”",
  ],
  ["/content", "checkbox", "Choose Winter menu", "button", "Tag", "dialog", "Tag 1 item"],
  [
    "/content",
    "checkbox",
    "Choose Winter menu",
    "button",
    "Play on screens",
    "dialog",
    "Play 1 item on screens",
  ],
  [
    `/screens/${idOf(3, 0)}`,
    "button",
    "More for Window",
    "menuitem",
    "Revoke this screen",
    "alertdialog",
    "Revoke “Window”?",
  ],
  [`/screens/${idOf(3, 0)}`, "radio", "Any moment", "region", "Views of the glass"],
  [
    `/playlists/${idOf(4, 0)}`,
    "button",
    "More for Lunch",
    "menuitem",
    "How often and when",
    "dialog",
    "How “Lunch” plays",
  ],
  ["/layouts", "button", "New layout", "dialog", "New layout"],
  [
    "/screens?view=list",
    "checkbox",
    "Choose Window",
    "button",
    "Add to group",
    "dialog",
    "Add 1 screen to a group",
  ],
  ["/settings/people", "button", "Invite people", "dialog", "Invite people"],
  [
    "/settings/people",
    "button",
    "More for Lin Okonkwo",
    "menuitem",
    "Hand over ownership",
    "alertdialog",
    "Hand ownership over to Lin Okonkwo?",
  ],
  [
    "/settings/people",
    "button",
    "More for the invitation of petra@northlight.example",
    "menuitem",
    "Withdraw",
    "alertdialog",
    "Withdraw the invitation of petra@northlight.example?",
  ],
  ["/settings/account", "button", "Leave organization", "alertdialog", "Leave Northlight Cafés?"],
  ["/settings/api-keys", "button", "Create key", "dialog", "Create an API key"],
  [
    "/",
    "button",
    "Organization: Northlight Cafés",
    "menuitem",
    "New organization",
    "dialog",
    "New organization",
  ],
] as const)("on %s, what %s %s leads to is accessible", async (path, ...steps) => {
  const { page, troubles } = cafe;
  await goTo(page, path);
  for (let step = 0; step + 2 < steps.length; step += 2) {
    const [role, name] = [steps[step], steps[step + 1]];
    if (!isRole(role) || !name) throw new Error("Steps are pairs of role and name");
    await page.getByRole(role, { name, exact: true }).first().click();
  }
  const [role, name] = steps.slice(-2);
  if (!isRole(role) || !name) throw new Error("Steps are pairs of role and name");
  await page.getByRole(role, { name, exact: true }).waitFor();
  await expectAccessible(page);
  expect(troubles.splice(0)).toEqual([]);
});

const ROLES = ["button", "menuitem", "dialog", "alertdialog", "checkbox", "radio", "region"] as const;

function isRole(role: string | undefined): role is (typeof ROLES)[number] {
  return ROLES.some((one) => one === role);
}
