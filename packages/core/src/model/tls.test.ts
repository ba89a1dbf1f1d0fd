import { expect, test } from "vitest";
import { findTlsFault } from "./tls.ts";

test("certificates are checked unless the environment says that they are not", () => {
  expect(findTlsFault({}, "TLSv1.2")).toBeUndefined();
  expect(findTlsFault({ NODE_TLS_REJECT_UNAUTHORIZED: "1" }, "TLSv1.3")).toBeUndefined();
  expect(findTlsFault({ NODE_TLS_REJECT_UNAUTHORIZED: "0" }, "TLSv1.2")).toMatch(
    /^NODE_TLS_REJECT_UNAUTHORIZED=0 .* NODE_EXTRA_CA_CERTS\.$/,
  );
});

test.each(["TLSv1", "TLSv1.1"])("no version before 1.2 is taken: %s is refused", (version) => {
  expect(findTlsFault({}, version)).toContain(`${version}, which can be broken`);
});

test("an encrypted line to the database is one to that database", () => {
  const fault = (rest: string) =>
    findTlsFault({ DATABASE_URL: `postgres://admin:pass@db.example/vitrine${rest}` }, "TLSv1.2");
  for (const rest of ["", "?sslmode=disable", "?sslmode=verify-full", "?application_name=a&ssl=verify-full"])
    expect(fault(rest), rest).toBeUndefined();
  for (const mode of ["allow", "prefer", "require", "no-verify"]) {
    expect(fault(`?sslmode=${mode}`)).toMatch(/sslmode=verify-full.*NODE_EXTRA_CA_CERTS/);
    expect(fault(`?application_name=a&ssl=${mode}&keepalives=1`)).toContain(`"${mode}"`);
  }
});
