import * as z from "zod";
import { id, instant } from "./ids.ts";
import { displayName } from "./paging.ts";
import { permission, role } from "./permissions.ts";

export const email = z.string().trim().toLowerCase().max(254).pipe(z.email("Not an e-mail address"));

/** 8 to 128 characters, any characters, nothing truncated (OWASP ASVS 6.2). */
export const password = z.string().min(8, "At least 8 characters").max(128, "At most 128 characters");

export const signUpInput = z.strictObject({
  name: displayName,
  email,
  password,
  organizationName: displayName,
  timeZone: z.string().max(64).optional(),
});
export const signInInput = z.strictObject({
  email,
  password: z.string().min(1, "Enter your password").max(128),
});
export const changePasswordInput = z.strictObject({
  currentPassword: z.string().min(1, "Enter your current password").max(128),
  newPassword: password,
});
export const updateProfileInput = z.strictObject({ name: displayName });

export const userSummary = z.strictObject({ id, name: z.string(), email: z.string() });

export const organizationMembership = z.strictObject({
  organizationId: id,
  name: z.string(),
  slug: z.string(),
  role,
});

/** Who is signed in, where, and what they may do there; null organization when they belong to none. */
export const sessionView = z.strictObject({
  user: userSummary,
  organization: z
    .strictObject({
      id,
      name: z.string(),
      slug: z.string(),
      timeZone: z.string(),
      role,
      permissions: z.array(permission),
    })
    .nullable(),
  organizations: z.array(organizationMembership),
  expiresAt: instant,
});
export type SessionView = z.infer<typeof sessionView>;
