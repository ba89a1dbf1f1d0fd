const SAFE_VERSIONS = ["TLSv1.2", "TLSv1.3"];
const OWN_AUTHORITY = "name the certificate of an authority of your own by NODE_EXTRA_CA_CERTS";

/**
 * What lets a process of Node speak to whoever has stepped between, in a sentence that says what to do; undefined where
 * nothing does. `minVersion` is `DEFAULT_MIN_VERSION` of `node:tls`, which options of Node lower.
 */
export function findTlsFault(
  env: Readonly<Record<string, string | undefined>>,
  minVersion: string,
): string | undefined {
  if (env.NODE_TLS_REJECT_UNAUTHORIZED === "0")
    return `NODE_TLS_REJECT_UNAUTHORIZED=0 turns the checking of certificates off: unset it, and ${OWN_AUTHORITY}.`;
  if (!SAFE_VERSIONS.includes(minVersion))
    return `Node is told to take ${minVersion}, which can be broken: leave --tls-min-v1.0 and --tls-min-v1.1 out of NODE_OPTIONS.`;
  const mode = /[?&]ssl(?:mode)?=(allow|prefer|require|no-verify)\b/.exec(env.DATABASE_URL ?? "")?.[1];
  if (mode !== undefined)
    return `DATABASE_URL with "${mode}" takes any certificate: write sslmode=verify-full, and ${OWN_AUTHORITY}.`;
  return undefined;
}
