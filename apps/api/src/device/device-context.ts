import type { Services } from "../services.ts";

/** What every procedure for screens is given. It knows nothing of sessions, cookies and API keys. */
export type DeviceContext = {
  services: Services;
  requestId: string;
  /** The client's address; forwarded headers count only behind trusted proxies. */
  remoteAddress: string;
  /** Address of the dashboard as this client reaches it. */
  publicOrigin: string;
  /** The `Authorization` header as it came. */
  authorization: string | undefined;
};
