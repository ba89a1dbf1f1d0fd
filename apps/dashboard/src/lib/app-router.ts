/** The server's router, as a type: no code of the server reaches the browser. */
export type { FakeRouter as AppRouter } from "../../tests/fake/router.ts";
