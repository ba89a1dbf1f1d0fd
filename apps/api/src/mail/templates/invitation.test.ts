import { ROLES } from "@vitrine/core/model/permissions";
import { expect, test } from "vitest";
import { type InvitationFacts, invitation } from "./invitation.ts";

const FACTS: InvitationFacts = {
  organizationName: "Café Morgenrot",
  brandColor: "#b4322a",
  invitedByName: "Ada Lovelace",
  role: "operator",
  url: "https://signage.example.com/invitation/Qx7a?a=1&b=2",
  expiresAt: new Date("2026-11-28T14:05:59.999Z"),
};

test("both forms say who invites, to what, as what, until when, and where", () => {
  const { subject, text, html } = invitation(FACTS);
  expect(subject).toBe("Ada Lovelace invites you to Café Morgenrot");
  for (const form of [text, textOf(html)]) {
    expect(form).toContain("Ada Lovelace invites you to join Café Morgenrot on Vitrine.");
    expect(form).toContain("Operator (screens, and what they show right now)");
    expect(form).toContain("28 November 2026, 14:05 UTC");
    expect(form).toContain("Accept invitation");
    expect(form).toContain(FACTS.url);
  }
  expect(text.split("\n")).toContain(FACTS.url);
  const escaped = FACTS.url.replace("&", "&amp;");
  expect(html.match(/href="[^"]*"/g)).toEqual([`href="${escaped}"`, `href="${escaped}"`]);
});

test("every role is told in words", () => {
  for (const role of ROLES) {
    expect(invitation({ ...FACTS, role }).text).toMatch(
      new RegExp(`Your role: ${role.slice(0, 5)}.* \\(.+\\)`, "i"),
    );
  }
});

test("an instant is told in UTC, in 24 hours", () => {
  const until = (at: string) => invitation({ ...FACTS, expiresAt: new Date(at) }).text;
  expect(until("2026-01-01T00:00:00.000Z")).toContain("1 January 2026, 00:00 UTC");
  expect(until("2026-12-31T23:59:00.000Z")).toContain("31 December 2026, 23:59 UTC");
});

test("who invited may have gone since", () => {
  const { subject, text } = invitation({ ...FACTS, invitedByName: null });
  expect(subject).toBe("You are invited to Café Morgenrot");
  expect(text).toContain("You are invited to join Café Morgenrot on Vitrine.");
  expect(text).not.toMatch(/null|undefined/);
});

test("nothing is fetched when the message is opened", () => {
  const { html } = invitation(FACTS);
  expect(html).not.toMatch(
    /<(img|link|script|iframe|object|svg|video|form)\b|src=|url\(|@import|@font-face/i,
  );
});

test("a logo comes with the message", () => {
  const { html } = invitation({ ...FACTS, logo: "logo" });
  expect(html.match(/src="[^"]*"/g)).toEqual(['src="cid:logo"']);
});

test.each([
  `<script>alert(1)</script>`,
  `"><img src=x onerror=alert(1)>`,
  `' onmouseover='alert(1)`,
  `</title><style>*{display:none}</style>`,
  `</style><!--[if mso]>`,
  `<!--`,
  `]]>&lt;b&gt;&#60;`,
])("the name %s is text", (name) => {
  const { html } = invitation({ ...FACTS, organizationName: name, invitedByName: name });
  expect(html.match(/<[^>]*>/g)).toEqual(invitation(FACTS).html.match(/<[^>]*>/g));
  expect(withoutBreaks(textOf(html))).toContain(`${name} invites you to join ${name} on Vitrine.`);
});

test("an address cannot leave its attribute", () => {
  const { html } = invitation({ ...FACTS, url: `https://x.example/"onclick='a()'><b>&` });
  const escaped = "https://x.example/&quot;onclick=&#39;a()&#39;&gt;&lt;b&gt;&amp;";
  expect(html.match(/href="[^"]*"/g)).toEqual([`href="${escaped}"`, `href="${escaped}"`]);
  expect(html).toContain(`>${escaped}</a>`);
});

test.each([
  ["Evil\r\nBcc: eve@example.net", "Evil Bcc: eve@example.net"],
  ["tab\tand\u2028line\u0000", "tab and line"],
  ["\u202eesrever\u202c", "esrever"],
  ["\u061ca\u200eb\u2067c\u2069", "abc"],
  ["\ud800half", "\ufffdhalf"],
])("the name %j is one line as it is read", (name, expected) => {
  const { subject, text } = invitation({ ...FACTS, organizationName: name });
  expect(withoutBreaks(subject)).toBe(`Ada Lovelace invites you to ${expected}`);
  expect(text.split("\n").map(withoutBreaks)).toContain(`Join ${expected}`);
});

test("a name that is an address is no link", () => {
  const name = "https://evil.example/win or mail me@evil.example";
  const { text, html, subject } = invitation({ ...FACTS, organizationName: name });
  for (const form of [text, html, subject]) expect(form).not.toMatch(/:\/\/evil|evil\.ex|@evil/);
});

test.each(["👩‍🚀", "e\u0301", "w"])(
  "a long name of %s is cut between what people see as characters",
  (character) => {
    const subjectOf = (organizationName: string) =>
      invitation({ ...FACTS, invitedByName: null, organizationName }).subject;
    expect(subjectOf(character.repeat(81))).toBe(`You are invited to ${character.repeat(79)}…`);
    expect(subjectOf(character.repeat(80))).toBe(`You are invited to ${character.repeat(80)}`);
  },
);

test("a colour that is none is ours, and never reaches the style", () => {
  const ours = invitation({ ...FACTS, brandColor: null }).html;
  for (const brandColor of ["red", "#fff", "#12345g", "#123456;}</style><script>"]) {
    expect(invitation({ ...FACTS, brandColor }).html).toBe(ours);
  }
  expect(invitation(FACTS).html).toContain("background-color:#b4322a");
  expect(ours).not.toContain("#b4322a");
});

/** What is read: tags, styles and comments gone, entities as they are meant. */
function textOf(html: string): string {
  const entities: Record<string, string> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };
  return html
    .replace(/<style>[\s\S]*?<\/style>|<!--[\s\S]*?-->|<[^>]*>/g, "")
    .replace(/&(lt|gt|quot|#39|amp);/g, (whole, name: string) => entities[name] ?? whole);
}

function withoutBreaks(text: string): string {
  return text.replaceAll("\u200b", "");
}
