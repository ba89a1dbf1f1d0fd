import type { ApiKeyView, createApiKeyInput, updateApiKeyInput } from "@vitrine/core/model/api-key";
import { PERMISSIONS } from "@vitrine/core/model/permissions";
import type * as z from "zod";
import { idOf, minutesAgo } from "./things.ts";

const SECRET = "vtr_9a1BkM2xQ7tRw8Zp4LhVnC6sYd3FgJ5uAb12Cd";

/** Three keys: one bound to its networks, one that was replaced, one that has ended. */
export function apiKeyAnswers() {
  const keys: ApiKeyView[] = [
    key(1, { grants: PERMISSIONS.slice(10, 13), networks: ["203.0.113.0/24", "2001:db8::/48"] }),
    key(2, { name: "Menu of the day", isReplaced: true, expiresAt: minutesAgo(-600) }),
    key(3, { name: "Trial", expiresAt: minutesAgo(2000), lastUsedAt: null, lastUsedFrom: null }),
  ];
  return {
    "apiKeys.list": () => ({ rows: keys, nextCursor: null, total: keys.length }),
    "apiKeys.create": ({ name, grants, networks, expiresAt }: z.output<typeof createApiKeyInput>) => ({
      key: key(4, { name, grants, networks, expiresAt, lastUsedAt: null, lastUsedFrom: null }),
      secret: SECRET,
    }),
    "apiKeys.update": (input: z.output<typeof updateApiKeyInput>) => ({
      ...key(1, {}),
      ...(input.name && { name: input.name }),
      ...(input.grants && { grants: input.grants }),
      ...(input.networks && { networks: input.networks }),
    }),
    "apiKeys.rotate": () => ({ key: key(5, { lastUsedAt: null, lastUsedFrom: null }), secret: SECRET }),
  };
}

function key(number: number, own: Partial<ApiKeyView>): ApiKeyView {
  return {
    id: idOf(6, number),
    name: "Stock display",
    prefix: `vtr_3fQ9${number}x`,
    grants: ["devices.view"],
    networks: [],
    createdAt: minutesAgo(9000),
    expiresAt: minutesAgo(-90_000),
    lastUsedAt: minutesAgo(40),
    lastUsedFrom: "203.0.113.7",
    isReplaced: false,
    ...own,
  };
}
