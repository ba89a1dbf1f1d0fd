import { gzipSync } from "node:zlib";
import { type HostileFile, MARKER } from "../hostile-files.ts";

/** Drawings that run, fetch, read files or grow. They are drawn by us, and nothing of their text is kept. */
export function drawings(port: number): HostileFile[] {
  const home = `http://127.0.0.1:${port}`;
  const plain = BODIES(home).flatMap(([trick, body]) =>
    WRAPPERS.map(([around, wrap]) => [`${trick}, ${around}`, Buffer.from(wrap(body))] as const),
  );
  const typed = DOCUMENT_TYPES(home).map(
    ([trick, type, body]) =>
      [trick, Buffer.from(`${type}<svg ${NS} width="9" height="9">${body}</svg>`)] as const,
  );
  const simple = `<svg ${NS} width="9" height="9"><script>/*${MARKER}*/</script></svg>`;
  const encoded = [
    ["as UTF-16", Buffer.from(`\ufeff${simple}`, "utf16le")],
    ["with a mark of UTF-8", Buffer.from(`\ufeff${simple}`)],
    ["compressed", gzipSync(simple)],
    ["behind many comments", Buffer.from(`${"<!---->".repeat(580)}<html>${MARKER}`)],
    ["behind a comment without end", Buffer.from(`<!--${simple}`)],
    ["behind many declarations", Buffer.from(`${"<?a?>".repeat(800)}${simple}`)],
    ["behind a document type without end", Buffer.from(`<!DOCTYPE svg ${"[".repeat(3000)}${simple}`)],
  ] as const;
  return [...plain, ...typed, ...encoded].map(([trick, bytes], at) => ({
    kind: "drawing",
    trick,
    filename: `drawing-${at}.${at % 3 === 0 ? "svg" : at % 3 === 1 ? "png" : "svgz"}`,
    bytes,
  }));
}

const NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';

const WRAPPERS: [string, (body: string) => string][] = [
  ["plain", (body) => `<svg ${NS} width="9" height="9">${body}</svg>`],
  ["declared", (body) => `<?xml version="1.0"?><!-- ${MARKER} --><svg ${NS} viewBox="0 0 9 9">${body}</svg>`],
  [
    "prefixed",
    (body) =>
      `<s:svg xmlns:s="http://www.w3.org/2000/svg" xmlns="http://www.w3.org/1999/xhtml" width="9" height="9">${body}</s:svg>`,
  ],
  ["nested", (body) => `<svg ${NS} width="9" height="9"><g><svg ${NS}>${body}</svg></g></svg>`],
];

const BODIES = (home: string): [string, string][] => [
  ["script", `<script>fetch("${home}/${MARKER}")</script>`],
  ["script elsewhere", `<script href="${home}/${MARKER}.js"/>`],
  ["script in a section", `<script><![CDATA[fetch("${home}/${MARKER}")]]></script>`],
  ["script as data", `<script xlink:href="data:text/javascript,alert('${MARKER}')"/>`],
  ["handler", `<rect width="9" height="9" onload="fetch('${home}/${MARKER}')"/>`],
  ["handler of an error", `<image href="x" onerror="fetch('${home}/${MARKER}')"/>`],
  ["handler of focus", `<a href="#" autofocus="" onfocus="alert('${MARKER}')"><text>x</text></a>`],
  ["script address", `<a href="javascript:alert('${MARKER}')"><text>x</text></a>`],
  ["script address with a tab", `<a xlink:href="java&#9;script:alert('${MARKER}')"><text>x</text></a>`],
  ["animated address", `<a><animate attributeName="href" values="javascript:alert('${MARKER}')"/></a>`],
  ["set handler", `<set attributeName="onmouseover" to="alert('${MARKER}')"/>`],
  [
    "page within",
    `<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="${home}/${MARKER}"/></foreignObject>`,
  ],
  [
    "form within",
    `<foreignObject><form xmlns="http://www.w3.org/1999/xhtml" action="${home}/${MARKER}"/></foreignObject>`,
  ],
  [
    "object within",
    `<foreignObject><object xmlns="http://www.w3.org/1999/xhtml" data="${home}/${MARKER}"/></foreignObject>`,
  ],
  [
    "refresh within",
    `<foreignObject><meta xmlns="http://www.w3.org/1999/xhtml" http-equiv="refresh" content="0;url=${home}"/></foreignObject>`,
  ],
  ["picture elsewhere", `<image href="${home}/${MARKER}.png" width="9" height="9"/>`],
  ["picture of a file", `<image href="file:///etc/passwd" width="9" height="9"/>`],
  ["picture by a path", `<image href="../../../../etc/passwd" width="9" height="9"/>`],
  ["use elsewhere", `<use href="${home}/${MARKER}.svg#a"/>`],
  ["use of data", `<use href="data:image/svg+xml,&lt;svg id='a' onload='alert(1)'/&gt;#a"/>`],
  ["style elsewhere", `<style>@import url("${home}/${MARKER}.css");</style>`],
  [
    "font elsewhere",
    `<style>@font-face{font-family:x;src:url(${home}/${MARKER}.woff)}</style><text font-family="x">x</text>`,
  ],
  [
    "filter elsewhere",
    `<filter id="f"><feImage href="${home}/${MARKER}"/></filter><rect width="9" height="9" filter="url(#f)"/>`,
  ],
  ["mask elsewhere", `<rect width="9" height="9" mask="url(${home}/${MARKER}#m)"/>`],
  [
    "pattern in itself",
    `<pattern id="p" width="1" height="1"><rect width="9" height="9" fill="url(#p)"/></pattern><rect fill="url(#p)" width="9" height="9"/>`,
  ],
  ["use in itself", `<g id="g"><use href="#g"/></g>`],
  [
    "included text",
    `<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>`,
  ],
  ["film within", `<video xmlns="http://www.w3.org/1999/xhtml" src="${home}/${MARKER}"/>`],
];

const DOCUMENT_TYPES = (home: string): [string, string, string][] => [
  ["entity of a file", '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "<text>&a;</text>"],
  ["entity elsewhere", `<!DOCTYPE svg [<!ENTITY a SYSTEM "${home}/${MARKER}">]>`, "<text>&a;</text>"],
  ["parameter elsewhere", `<!DOCTYPE svg [<!ENTITY % a SYSTEM "${home}/${MARKER}"> %a;]>`, ""],
  ["public entity", `<!DOCTYPE svg [<!ENTITY a PUBLIC "x" "${home}/${MARKER}">]>`, "<text>&a;</text>"],
  ["document type elsewhere", `<!DOCTYPE svg SYSTEM "${home}/${MARKER}.dtd">`, ""],
  ["entity in itself", '<!DOCTYPE svg [<!ENTITY a "&b;"><!ENTITY b "&a;">]>', "<text>&a;</text>"],
  ["a billion laughs", `<!DOCTYPE svg [<!ENTITY l0 "lol">${laughs(9, 10)}]>`, "<text>&l9;</text>"],
  [
    "quadratic growth",
    `<!DOCTYPE svg [<!ENTITY l0 "${"x".repeat(50_000)}">]>`,
    `<text>${"&l0;".repeat(2000)}</text>`,
  ],
  ["sheet elsewhere", `<?xml-stylesheet href="${home}/${MARKER}.css"?>`, ""],
  ["transform elsewhere", `<?xml-stylesheet type="text/xsl" href="${home}/${MARKER}.xsl"?>`, ""],
];

function laughs(levels: number, times: number): string {
  return Array.from({ length: levels }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(times)}">`).join(
    "",
  );
}
