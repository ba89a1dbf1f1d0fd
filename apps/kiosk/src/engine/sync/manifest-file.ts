import { MANIFEST_VERSION, type Manifest, manifest } from "@vitrine/core/model/manifest";
import * as z from "zod";
import type { Credential } from "../identity/credential.ts";
import { isSignedBy, parseJson } from "../identity/identity.ts";
import { parseLeniently } from "../platform/parse-leniently.ts";

/** A manifest that was signed by this screen's server for this screen. */
export interface AcceptedManifest {
  manifest: Manifest;
  /** The ETag without quotes. */
  etag: string;
  signature: string;
  /** The very bytes that were signed. */
  body: Uint8Array;
}

export type ManifestVerdict =
  | { kind: "accepted"; accepted: AcceptedManifest }
  | { kind: "refused"; reason: string };

const versioned = z.object({ version: z.int() });

/**
 * Judges a manifest body: signature first, then form, then whose it is, then that it is not older than
 * `leastRevision`. Nothing of a refused one is used.
 */
export function judgeManifest(
  { etag, signature, body }: Omit<AcceptedManifest, "manifest">,
  credential: Credential,
  leastRevision: number,
): ManifestVerdict {
  const refused = (reason: string): ManifestVerdict => ({ kind: "refused", reason });
  if (!isSignedBy(credential.serverPublicKey, body, signature)) return refused("its signature is wrong");
  const json = parseJson(body);
  const { version } = versioned.safeParse(json).data ?? {};
  if (version !== undefined && version > MANIFEST_VERSION)
    return refused(
      `it is of version ${version}, and this player knows up to ${MANIFEST_VERSION}: update the player`,
    );
  const parsed = parseLeniently(manifest, json);
  if (!parsed.success)
    return refused(`its form is not understood: ${z.prettifyError(parsed.error).slice(0, 200)}`);
  const { deviceId, organizationId, revision } = parsed.data;
  if (deviceId !== credential.deviceId) return refused("it is meant for another screen");
  if (organizationId !== credential.organizationId) return refused("it is of another organization");
  if (revision < leastRevision) return refused(`its revision ${revision} is older than ${leastRevision}`);
  return { kind: "accepted", accepted: { manifest: parsed.data, etag: bareEtag(etag), signature, body } };
}

/** An ETag without weakness mark and quotes, as the protocol's messages carry it. */
export function bareEtag(etag: string): string {
  return etag.replace(/^W\//, "").replace(/^"(.*)"$/, "$1");
}
