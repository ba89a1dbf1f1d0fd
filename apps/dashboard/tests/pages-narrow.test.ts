import { lookAtPages } from "./look-at-pages.ts";

lookAtPages(360, { isAlsoDark: false });
