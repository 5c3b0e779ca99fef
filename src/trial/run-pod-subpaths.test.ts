import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MODES } from "../../test/fixtures/trial/mode.ts";
import { runPod, type Sketch, shared } from "../../test/fixtures/trial/pod.ts";
import { seen } from "../../test/fixtures/trial/seen.ts";
import { makeSubject } from "../../test/fixtures/trial/subject.ts";
import type { TrialFacts } from "../contract/trial-facts.ts";
import type { TrialMount } from "./trial-options.ts";

// Folders of a volume that containers mount by subPath, as the kubelet makes and finds them.

describe.each(MODES)("as %s", (mode) => {
  let subject: ReturnType<typeof makeSubject>;
  beforeAll(() => {
    subject = makeSubject(mode);
  });
  afterAll(() => rmSync(subject.directory, { recursive: true }));

  async function pod<Name extends string>(
    sketches: Readonly<Record<Name, Sketch>>,
  ): Promise<Readonly<Record<Name, TrialFacts>>> {
    return runPod(mode, subject.layers, sketches);
  }

  test("an init container leaves it in the whole volume", async () => {
    const { prepare, web } = await pod({
      prepare: {
        role: "init",
        args: ["prepares-folder", "/out/conf", "/out/conf/settings"],
        mounts: [shared("/out")],
      },
      web: { args: ["needs-file", "/in/settings"], port: 8080, mounts: [folder("/in", "conf")] },
    });
    expect(seen(web, "ready", "read-only")).toMatchObject([{ by: "port" }]);
    expect(seen(prepare, "write", "read-only").map(({ path }) => path)).toContain("/out/conf/settings");
    // What stood there before is not its own.
    expect(seen(web, "write")).toEqual([]);
  });

  test("what is not there is made, and who mounts it may write to it", async () => {
    const { web } = await pod({
      web: { args: ["appends", "/in/one"], port: 8080, mounts: [folder("/in", "a/b")] },
    });
    expect(seen(web, "ready", "read-only")).toMatchObject([{ by: "port" }]);
    expect(seen(web, "write", "read-only")).toMatchObject([{ area: "/in", path: "/in/one" }]);
  });

  test("two folders of one volume are apart, one that is mounted twice is the same", async () => {
    const { one, two } = await pod({
      one: { args: ["appends", "/a/one"], port: 8080, mounts: [folder("/a", "a")] },
      two: { args: ["appends", "/b/two"], uid: 1_001, port: 8081, mounts: [folder("/b", "b")] },
    });
    const paths = (facts: TrialFacts) => seen(facts, "write", "read-only").map(({ path }) => path);
    expect([paths(one), paths(two)]).toEqual([["/a/one"], ["/b/two"]]);
  });

  test.each([["/"], ["../../../../../.."], ["/etc/passwd"], ["other"]])(
    "a link to %s in its place is followed nowhere: the container does not start",
    async (target) => {
      const { web } = await pod({
        prepare: { role: "init", args: ["prepares-link", target, "/out/conf"], mounts: [shared("/out")] },
        web: { args: ["serve"], port: 8080, mounts: [folder("/in", "conf")] },
      });
      expect(seen(web, "start-failed", "read-only")).toMatchObject([
        { message: expect.stringContaining('failed to prepare subPath "conf"') },
      ]);
      expect(seen(web, "listener")).toEqual([]);
    },
  );
});

function folder(path: string, subPath: string): TrialMount {
  return { kind: "empty", path, volume: "shared", subPath };
}
