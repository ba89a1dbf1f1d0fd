import type { Letter } from "./letter.ts";
import { html, type Markup } from "./markup.ts";
import { type Palette, paletteOf, type Scheme } from "./palette.ts";

const FONT = "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";
/** Takes the rest of the room for the preview, so that nothing follows the preheader there, and shows nothing. */
const FILLER = "\u034f\u00a0".repeat(100);

/**
 * A letter in HTML that mail programs show alike: tables and inline styles, 600 px wide or as narrow as the window,
 * and nothing that is fetched. Where a program has a dark scheme, classes take over from the inline colours; Outlook
 * on Windows, which knows no `max-width`, has a table of its own around.
 */
export function writeHtml(letter: Letter): string {
  const palette = paletteOf(letter.brand.color);
  const { light } = palette;
  return html`<!doctype html>
<html lang="${letter.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="x-apple-disable-message-reformatting">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">
<title>${letter.subject}</title>
<style>${styleSheet(palette)}</style>
</head>
<body class="page" style="margin:0;padding:0;background-color:${light.page};-webkit-text-size-adjust:100%;">
<div style="display:none;max-height:0;overflow:hidden;opacity:0;color:transparent;font-size:1px;line-height:1px;mso-hide:all;">${letter.preheader}${FILLER}</div>
<table class="page" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="${light.page}" style="background-color:${light.page};">
<tr><td class="margin" align="center" style="padding:32px 16px;">
<!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
<table class="card" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="${light.card}" style="max-width:600px;background-color:${light.card};border:1px solid ${light.border};border-radius:12px;border-collapse:separate;overflow:hidden;">
${brandRow(letter, palette)}
${bodyRow(letter, palette)}
${noteRow(letter, light)}
</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr>
</table>
</body>
</html>
`.markup;
}

function brandRow({ brand }: Letter, { fill, onFill }: Palette): Markup {
  return html`<tr><td class="inset" bgcolor="${fill}" style="padding:20px 40px;background-color:${fill};color:${onFill};font-family:${FONT};font-size:16px;line-height:24px;font-weight:600;overflow-wrap:anywhere;word-break:break-word;">${brand.logo === undefined ? "" : plate(brand.logo)}${brand.name}</td></tr>`;
}

/** On white, since most logos are made for it; it comes with the message, so that nothing is fetched. */
function plate(logo: string): Markup {
  return html`<img src="cid:${logo}" alt="" height="40" style="display:block;height:40px;max-width:240px;margin:0 0 12px;padding:6px 10px;background-color:#ffffff;border:0;border-radius:8px;">`;
}

function bodyRow({ heading, paragraphs, facts, action }: Letter, palette: Palette): Markup {
  const { light } = palette;
  return html`<tr><td class="inset" style="padding:36px 40px 32px;font-family:${FONT};">
<h1 class="text" style="margin:0 0 16px;color:${light.text};font-size:26px;line-height:34px;font-weight:700;overflow-wrap:anywhere;word-break:break-word;">${heading}</h1>
${paragraphs.map((text) => paragraph(text, light))}
${facts.length === 0 ? "" : factTable(facts, light)}
${button(action, palette)}
<p class="muted" style="margin:24px 0 4px;color:${light.muted};font-size:14px;line-height:20px;">${action.addressHint}</p>
<p style="margin:0;font-size:14px;line-height:20px;overflow-wrap:anywhere;word-break:break-all;"><a class="link" href="${action.url}" style="color:${light.link};text-decoration:none;">${action.url}</a></p>
</td></tr>`;
}

function paragraph(text: string, { text: color }: Scheme): Markup {
  return html`<p class="text" style="margin:0 0 16px;color:${color};font-size:16px;line-height:24px;overflow-wrap:anywhere;word-break:break-word;">${text}</p>`;
}

function factTable(facts: Letter["facts"], light: Scheme): Markup {
  const rows = facts.map(
    ({ label, value }) =>
      html`<tr>
<td class="muted line" valign="top" style="padding:10px 16px 10px 0;border-top:1px solid ${light.border};color:${light.muted};font-size:14px;line-height:20px;white-space:nowrap;">${label}</td>
<td class="text line" valign="top" width="100%" style="padding:10px 0;border-top:1px solid ${light.border};color:${light.text};font-size:14px;line-height:20px;">${value}</td>
</tr>`,
  );
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 0;">
${rows}
</table>`;
}

/** Outlook on Windows takes the padding of the cell, everything else that of the link, all of which can be pressed. */
function button({ label, url }: Letter["action"], { fill, onFill, light }: Palette): Markup {
  return html`<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:24px 0 0;border-collapse:separate;">
<tr><td class="edge" align="center" bgcolor="${fill}" style="background-color:${fill};border:1px solid ${light.edge};border-radius:8px;mso-padding-alt:13px 26px;"><a href="${url}" style="display:inline-block;padding:13px 26px;color:${onFill};font-size:16px;line-height:22px;font-weight:600;text-decoration:none;"><span style="color:${onFill};">${label}</span></a></td></tr>
</table>`;
}

function noteRow({ note, choice }: Letter, light: Scheme): Markup {
  return html`<tr><td class="inset muted line" style="padding:20px 40px 24px;border-top:1px solid ${light.border};color:${light.muted};font-family:${FONT};font-size:13px;line-height:20px;overflow-wrap:anywhere;word-break:break-word;">${note}${choice === undefined ? "" : choiceLine(choice, light)}</td></tr>`;
}

function choiceLine({ label, url }: NonNullable<Letter["choice"]>, light: Scheme): Markup {
  return html`<br>${label} <a class="link" href="${url}" style="color:${light.link};text-decoration:none;">${url}</a>`;
}

function styleSheet({ dark }: Palette): Markup {
  return html`
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (max-width: 480px) {
  .margin { padding: 12px 8px !important; }
  .inset { padding-left: 20px !important; padding-right: 20px !important; }
}
@media (prefers-color-scheme: dark) {
  .page { background-color: ${dark.page} !important; }
  .card { background-color: ${dark.card} !important; border-color: ${dark.border} !important; }
  .line { border-color: ${dark.border} !important; }
  .text { color: ${dark.text} !important; }
  .muted { color: ${dark.muted} !important; }
  .link { color: ${dark.link} !important; }
  .edge { border-color: ${dark.edge} !important; }
}
`;
}
