import { NOTIFICATION_KINDS } from "@vitrine/core/model/notifications";
import { expect, test } from "vitest";
import { type NotificationFacts, notificationLetter } from "./notification.ts";

type Told = NotificationFacts["told"];

const PERSON = { name: "Ben Okri", email: "ben@example.com", role: "manager" } as const;
const FACTS = {
  organizationName: "Café Morgenrot",
  brandColor: "#b4322a",
  name: "Ada",
  url: "https://signage.example.com/settings/people",
  settingsUrl: "https://signage.example.com/settings/notifications",
};
const RUNNING = "You get this as one of those who run Café Morgenrot.";

const LETTERS: [told: Told, subject: string, says: string[]][] = [
  [
    { kind: "invitationAccepted", person: PERSON },
    "Ben Okri joined Café Morgenrot",
    ["accepted your invitation", "ben@example.com", "Manager (", "you invited somebody to Café Morgenrot."],
  ],
  [
    { kind: "memberLeft", person: PERSON, removedBy: null },
    "Ben Okri left Café Morgenrot",
    ["no longer gets in", RUNNING],
  ],
  [
    { kind: "memberLeft", person: PERSON, removedBy: "Olga" },
    "Ben Okri was removed from Café Morgenrot",
    ["Olga removed Ben Okri from Café Morgenrot", RUNNING],
  ],
  [
    { kind: "planNearLimit", thing: "screens", use: 89, limit: 100 },
    "Little room for screens is left in Café Morgenrot",
    ["89 % is used", "89 of 100", RUNNING],
  ],
  [
    { kind: "planNearLimit", thing: "storage", use: 8_700_000_000, limit: 10_000_000_000 },
    "Little storage is left in Café Morgenrot",
    ["87 % is used", "8.7 GB of 10 GB"],
  ],
  [
    { kind: "planNearLimit", thing: "people", use: 5, limit: 5 },
    "No room for people is left in Café Morgenrot",
    ["Nothing more can be added", "5 of 5"],
  ],
  [
    { kind: "domainRecord", domain: "a.example", recordName: "_vitrine.a.example", until: new Date(0) },
    "The record of a.example is gone",
    ["Put it back by 1 January 1970, 00:00 UTC", "_vitrine.a.example", RUNNING],
  ],
  [
    { kind: "domainRecord", domain: "a.example", recordName: "_vitrine.a.example", until: null },
    "a.example no longer leads to you",
    ["gone for too long", RUNNING],
  ],
];

test("every kind has its letters here", () => {
  expect([...new Set(LETTERS.map(([{ kind }]) => kind))].sort()).toEqual([...NOTIFICATION_KINDS].sort());
});

test.each(LETTERS)("both forms of %o say it", (told, subject, says) => {
  const letter = notificationLetter({ ...FACTS, told });
  expect(plain(letter.subject)).toBe(subject);
  const hrefs = [FACTS.url, FACTS.url, FACTS.settingsUrl];
  expect(letter.html.match(/href="[^"]*"/g)).toEqual(hrefs.map((url) => `href="${url}"`));
  for (const form of [letter.text, letter.html.replace(/<[^>]*>/g, "")]) {
    for (const words of ["Hello Ada,", ...says, FACTS.url, FACTS.settingsUrl])
      expect(plain(form)).toContain(words);
    expect(form).not.toMatch(/undefined|null|NaN/);
  }
});

const ATTACK = `</title><img src=x>"\r\nBcc: eve@example.net`;
const TYPED: Told[] = [
  { kind: "invitationAccepted", person: { ...PERSON, name: ATTACK } },
  { kind: "memberLeft", person: { ...PERSON, name: ATTACK }, removedBy: ATTACK },
  { kind: "domainRecord", domain: ATTACK, recordName: ATTACK, until: null },
];
test.each(TYPED)("what somebody typed is text on one line, and no link, in a message of $kind", (told) => {
  const { subject, text, html } = notificationLetter({
    ...FACTS,
    organizationName: ATTACK,
    name: ATTACK,
    told,
  });
  expect(html).not.toContain("<img");
  expect(subject).not.toMatch(/[\r\n]/);
  expect(text).not.toMatch(/^Bcc/m);
  for (const form of [subject, text, html]) expect(form).not.toContain("eve@example");
});

test("a logo comes with the message", () => {
  const told: Told = { kind: "invitationAccepted", person: PERSON };
  const { html } = notificationLetter({ ...FACTS, logo: "logo", told });
  expect(html.match(/src="[^"]*"/g)).toEqual(['src="cid:logo"']);
});

function plain(text: string): string {
  return text.replaceAll("\u200b", "").replaceAll("\u00a0", " ");
}
