import { basename } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take half a minute and more however short they are, the longest first: what begins with them ends sooner. */
const LONG = [
  "schedule.test.ts",
  "first-picture.test.ts",
  "escapes.browser.test.ts",
  "web-pages.browser.test.ts",
  "survives.test.ts",
  "stage.browser.test.ts",
  "stage-soak.browser.test.ts",
];

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId }: TestSpecification) => {
      const place = LONG.indexOf(basename(moduleId));
      return place < 0 ? LONG.length : place;
    };
    return (await super.sort(files)).toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}

export default defineConfig({
  test: {
    projects: [
      "packages/*/vitest.config.ts",
      "apps/*/vitest.config{,.browser,.timed}.ts",
      "apps/*/e2e/vitest.config.ts",
    ],
    sequence: { sequencer: LongFirst },
  },
});
