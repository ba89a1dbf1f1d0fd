import { email } from "@vitrine/core/model/account";

/** What separates addresses while they are typed. */
export const BETWEEN_ADDRESSES = /[\s,;]/;

/**
 * What stands for an address in what was typed or pasted, in small letters, in its order: between commas, semicolons
 * and space, or as mail programs write it, `"Berg, Jo" <jo@berg.example>`.
 */
export function addressesIn(text: string): string[] {
  return text
    .replace(/"[^"]*"\s*(?=<)/g, "")
    .split(/[,;\r\n]/)
    .flatMap((part) => /<([^<>]*)>/.exec(part)?.[1] ?? part.split(/\s/))
    .map((one) => one.trim().toLowerCase())
    .filter((one) => one !== "");
}

/** Whether it can be an address at all. */
export function isAddress(text: string): boolean {
  return email.safeParse(text).success;
}
