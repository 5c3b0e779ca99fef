import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type KeptFromDriver, MODES, runKeepingDriver } from "../../../test/fixtures/trial/mode.ts";
import { alone, type TrialRequest } from "../../../test/fixtures/trial/request.ts";
import { seen } from "../../../test/fixtures/trial/seen.ts";
import { makeSubject, request } from "../../../test/fixtures/trial/subject.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import type { Kept, KeptFile, KeptOutput } from "./kept.ts";

// Output passed to --keep by a container that really runs.

const SECRET = "hunter2-hunter2";

describe.each(MODES)("as %s", (mode) => {
  let subject: ReturnType<typeof makeSubject>;
  beforeAll(() => {
    subject = makeSubject(mode);
  });
  afterAll(() => rmSync(subject.directory, { recursive: true }));

  async function trial(args: readonly string[], keep = true, changes: Partial<TrialRequest> = {}) {
    const asked = alone(request(subject.layers, args, { secret: SECRET, ...changes }));
    const { facts, kept, said }: KeptFromDriver = await runKeepingDriver(mode, { ...asked, keep });
    return { facts: facts[0] as TrialFacts, kept: kept[0] ?? [], said };
  }

  describe("a container that says and writes much", () => {
    let result: Awaited<ReturnType<typeof trial>>;
    beforeAll(async () => {
      result = await trial(["keepsakes"]);
    });

    const files = (phase: Kept["phase"]): ReadonlyMap<string, KeptFile> =>
      new Map(
        result.kept.flatMap((one) =>
          one.kind === "file" && one.phase === phase ? [[one.path, one] as const] : [],
        ),
      );

    test("has its output kept, from the beginning and the end, and what is missing is counted", () => {
      const outputs = result.kept.filter((one): one is Extract<Kept, KeptOutput> => one.kind === "output");
      expect(outputs.map(({ phase, root, stream }) => `${phase} ${root} ${stream}`).toSorted()).toEqual(
        [
          "kept writable",
          "read-only read-only",
          "replica read-only",
          "replica writable",
          "restart read-only",
          "writable writable",
        ].flatMap((one) => [`${one} stderr`, `${one} stdout`]),
      );
      const [first, second] = ["stdout", "stderr"].map((stream) =>
        outputs.find((one) => one.stream === stream && one.phase === "read-only"),
      );
      expect(first?.start).toMatch(/^begins\n00000000 line with …\n.*\d line with …\n$/s);
      expect(first?.end).toMatch(
        /^\d{8} line with …\n.*00099999 line with …\nends\nkeepsakes listens\n(?:GET \S+\n)*$/s,
      );
      const whole = (text: string): number => text.replaceAll("…", SECRET).length;
      const [observed] = seen(result.facts, "output", "read-only");
      expect(whole(first?.start ?? "") + (first?.cut ?? 0) + whole(first?.end ?? "")).toBe(observed?.bytes);
      expect(whole(first?.start ?? "")).toBeGreaterThan(LIMITS.trialKeptOutputBytes / 2 - 100);
      expect(second).toMatchObject({ start: "short\n", cut: 0, end: "" });
    });

    test("has the text of its files kept, also of what the image had", () => {
      const written = files("writable");
      expect(written.get("/data/config.txt")).toMatchObject({
        root: "writable",
        bytes: 18,
        content: { text: "of the image\nmore\n", cut: 0 },
      });
      const first = files("read-only");
      expect(first.get("/tmp/notes.txt")?.content).toEqual({ text: "first\ntoken=…\nlast\n", cut: 0 });
      expect(first.get("/tmp/.../deep")?.content).toEqual({ text: "deep\n", cut: 0 });
      expect(first.has("/tmp/evil\n\x1b[2J\udcff")).toBe(true);
      expect(first.has(`/tmp/${"n".repeat(255)}`)).toBe(true);
      expect(files("restart").get("/tmp/.git/config")?.content).toEqual({ text: "[core]\n[core]\n", cut: 0 });
    });

    test("has binary files and links left out", () => {
      const first = files("read-only");
      expect(first.get("/tmp/state.bin")).toMatchObject({ bytes: 17, content: "binary" });
      expect(first.has("/tmp/link")).toBe(false);
      const paths = seen(result.facts, "write", "read-only").map(({ path }) => path);
      expect(paths).toContain("/tmp/link");
    });

    test("has the beginning of a huge file kept, in whole lines", () => {
      const huge = files("read-only").get("/tmp/huge.log");
      const lines = Math.floor(LIMITS.trialKeptFileBytes / 25);
      const last = `${lines - 1}`.padStart(8, "0");
      expect(huge).toMatchObject({
        bytes: 500_000,
        content: { text: expect.stringMatching(`\n${last} …\n$`), cut: 500_000 - lines * 25 },
      });
    });

    test("has nothing of it in its evidence but samples, and no secret anywhere but in names", () => {
      expect(JSON.stringify(result.facts).length).toBeLessThan(200_000);
      expect(JSON.stringify(result.facts)).not.toContain("00040000 line with");
      const texts = result.kept.map((one) => ({ ...one, path: "" }));
      expect(JSON.stringify(texts)).not.toContain("hunter2");
      const longest = Math.max(...result.said.map(({ characters }) => characters));
      expect(longest).toBeLessThan(6 * LIMITS.trialKeptOutputBytes + 1_000);
    });
  });

  test("of more files than anyone reads the first ones are kept", async () => {
    const { kept } = await trial(["many-files"]);
    const contents = kept.flatMap((one) =>
      one.kind === "file" && one.phase === "read-only" ? [one.content] : [],
    );
    const most = Math.floor(LIMITS.trialKeptBytes / (LIMITS.trialKeptFileBytes - 1));
    expect(contents.slice(0, most).every((content) => typeof content === "object")).toBe(true);
    expect(contents.slice(most)).toEqual(Array(190 - most).fill("bound"));
  });

  test("nobody is told when nobody asks", async () => {
    const { kept, said, facts } = await trial(["keepsakes"], false);
    expect(kept).toEqual([]);
    expect(new Set(said.map(({ type }) => type))).not.toContain("kept");
    expect(seen(facts, "write", "read-only").length).toBeGreaterThan(5);
  });
});
