import type { ServerResponse } from "node:http";

/** Files on their way to screens: what is under way when a screen is revoked is cut. */
export type Transfers = {
  /** Notes an answer until it is over. */
  begin(deviceId: string, response: ServerResponse): void;
  cut(deviceId: string): void;
};

/** Makes the list of this process. */
export function makeTransfers(): Transfers {
  const underWay = new Map<string, Set<ServerResponse>>();
  return {
    begin(deviceId, response) {
      const own = underWay.get(deviceId) ?? new Set();
      underWay.set(deviceId, own.add(response));
      response.once("close", () => {
        own.delete(response);
        if (own.size === 0 && underWay.get(deviceId) === own) underWay.delete(deviceId);
      });
    },
    cut(deviceId) {
      for (const response of underWay.get(deviceId) ?? []) response.destroy();
    },
  };
}
