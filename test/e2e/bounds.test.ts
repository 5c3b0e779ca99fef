import { expect, test } from "vitest";
import { BOUND_CASES, isReached, nameOf } from "../fixtures/bounds/cases.ts";
import { measured } from "../fixtures/bounds/measured.ts";
import { temporaryDirectory } from "../fixtures/temporary-directory.ts";

/** Processor time of all threads: waiting on a busy machine does not count. */
const SECONDS = 10;
const MEGABYTES = 160;

test.each(BOUND_CASES.map((one) => [nameOf(one), one] as const))(
  "whoever reaches %s is told so, in good time and little memory",
  async (_, one) => {
    const taken = await measured(one, temporaryDirectory());
    expect(isReached(one, taken) ? "" : taken.said).toBe("");
    expect(taken.exit).not.toBe(0);
    expect(taken.exit).not.toBe(70);
    expect(taken.processorSeconds).toBeLessThan(one.seconds ?? SECONDS);
    expect(taken.megabytes).toBeLessThan(one.megabytes ?? MEGABYTES);
  },
);
