import { lookAtPages } from "./look-at-pages.ts";

lookAtPages(1280, { isAlsoDark: true });
