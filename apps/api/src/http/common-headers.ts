import type { FastifyRequest } from "fastify";

/** Headers that every answer carries, also those that are written past Fastify's hooks. */
export function commonHeaders(request: FastifyRequest): Record<string, string> {
  const headers = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-request-id": request.id,
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
  };
  if (request.protocol !== "https") return headers;
  return { ...headers, "strict-transport-security": "max-age=31536000; includeSubDomains" };
}
