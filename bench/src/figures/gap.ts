import { type Contest, judgeOurs, judgePlain } from "../gap/contest.ts";
import type { Verdict } from "../gap/judge-glass.ts";
import { print } from "../print.ts";

const isQuick = process.argv.includes("--quick");
const seconds = isQuick ? 20 : 120;
const FULL_HD = { width: 1920, height: 1080 };
const LARGE = { width: 2560, height: 1440 };

const CONTESTS: Record<string, Contest> = {
  images: { kinds: ["image"], size: FULL_HD, itemMs: 1000, seconds, isFirstLoop: false },
  videos: { kinds: ["video"], size: FULL_HD, itemMs: 2000, seconds, isFirstLoop: false },
  first_loop_10_mbit: {
    ...{ kinds: ["image", "video"], size: LARGE, itemMs: 2000, seconds: 0, isFirstLoop: true },
    line: { bytesPerSecond: 10_000_000 / 8, delayMs: 40 },
  },
  lost_file: {
    ...{ kinds: ["image", "video"], size: FULL_HD, itemMs: 1000, seconds, isFirstLoop: false },
    lostItem: 2,
  },
};

/**
 * Change-to-change gap and precision on the glass, looked at 250 times a second: a whole kiosk against one `<img>` and
 * one `<video>` whose `src` a timer switches, with the same files in the same run. `--quick` looks for 20 s each.
 */
export async function run(): Promise<void> {
  for (const [name, contest] of Object.entries(CONTESTS)) {
    process.stderr.write(`… gap: ${name}, ours\n`);
    const ours = await judgeOurs(contest);
    process.stderr.write(`… gap: ${name}, plain\n`);
    const plain = await judgePlain(contest);
    const compare = (figure: string, unit: string, read: (verdict: Verdict) => number, target?: string) =>
      print({
        name: `gap.${name}.${figure}`,
        value: read(ours),
        unit,
        peer: "plain src switch",
        peerValue: read(plain),
        ...(target !== undefined && { target }),
      });
    compare("changes", "change", ({ changes }) => changes);
    compare("late.p50", "ms", ({ lateMs }) => lateMs.p50);
    compare("late.p95", "ms", ({ lateMs }) => lateMs.p95);
    compare("late.max", "ms", ({ lateMs }) => lateMs.max);
    compare("never_shown", "change", ({ neverShown }) => neverShown);
    compare("between_pictures.longest", "ms", ({ longestGapMs }) => longestGapMs);
    compare("wrong_frames", "frame a change", ({ wrongFramesPerChange }) => wrongFramesPerChange);
    compare("looks", "look", ({ looks }) => looks);
    compare("black_looks", "look", ({ blackLooks }) => blackLooks, "0");
  }
}
