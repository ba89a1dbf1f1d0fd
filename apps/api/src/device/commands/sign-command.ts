import { type KeyObject, sign } from "node:crypto";
import type { CommandKind } from "@vitrine/core/model/device";
import type { pendingCommand } from "@vitrine/core/model/device-protocol";
import type * as z from "zod";

/** A command as its screen gets it, signed by the key whose public half the screen got when it was paired. */
export function signCommand(
  key: KeyObject,
  deviceId: string,
  command: { id: string; kind: CommandKind; expiresAt: Date },
): z.infer<typeof pendingCommand> {
  const { id, kind } = command;
  const expiresAt = command.expiresAt.toISOString();
  const text = `vitrine-command:${deviceId}:${id}:${kind}:${expiresAt}`;
  return { id, kind, expiresAt, signature: sign(null, Buffer.from(text), key).toString("base64url") };
}
