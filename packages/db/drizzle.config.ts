import { defineConfig } from "drizzle-kit";

/** For `drizzle-kit generate` only: `push` writes policies without their conditions and is never used. */
export default defineConfig({
  dialect: "postgresql",
  schema: "./src/schema/index.ts",
  out: "./migrations",
  schemaFilter: ["tenant", "system"],
});
