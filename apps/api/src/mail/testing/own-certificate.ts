import { generate } from "selfsigned";

/** A certificate for 127.0.0.1 that signed itself, made anew each time, so that nobody trusts it who was not told to. */
export const OWN_CERTIFICATE = await makeOwnCertificate();

async function makeOwnCertificate(): Promise<{ key: string; cert: string }> {
  const { private: key, cert } = await generate([{ name: "commonName", value: "127.0.0.1" }], {
    keyType: "ec",
    extensions: [
      { name: "basicConstraints", cA: true },
      { name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] },
    ],
  });
  return { key, cert };
}
