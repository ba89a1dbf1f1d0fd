/** The server's router, as a type: no code of the server reaches the browser. */
export type { AppRouter } from "@vitrine/api/router";
