// A Dockerfile is no application: beside the image that it built, the image decides.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { assess } from "../src/assess/assess.ts";
import { exitCodeOf } from "../src/cli/check/exit-code.ts";
import type { Verdict } from "../src/contract/verdict.ts";
import { assessmentRequest, recordedPorts } from "./fixtures/assessment.ts";
import { withHistory } from "./fixtures/image/image.ts";
import { writeLayout } from "./fixtures/image/layout.ts";
import { smallImage } from "./fixtures/small-image.ts";

const cwd = mkdtempSync(join(tmpdir(), "douane-beside-"));
afterAll(() => rmSync(cwd, { recursive: true }));
const START = ["USER 1000", 'CMD ["/app/server"]'];
writeLayout(withHistory(smallImage(), ...START.map((created_by) => ({ created_by }))), join(cwd, "image"), {
  ref: "1.4.2",
});
const DOCKERFILE = `FROM alpine:3.23\nCOPY server /app/server\n${START.join("\n")}\n`;

async function judged(text: string, images = ["oci:image:1.4.2"]) {
  mkdirSync(join(cwd, "app"), { recursive: true });
  writeFileSync(join(cwd, "app", "Dockerfile"), text);
  const inputs = { manifests: [], dockerfiles: ["app/Dockerfile"], projects: [], images };
  const { ports, events } = recordedPorts({ cwd });
  const verdicts: Verdict[] = [];
  for await (const { verdict } of assess(assessmentRequest({ inputs }), ports)) verdicts.push(verdict);
  const warnings = events.flatMap((event) => (event.kind === "warning" ? [event.text.en] : []));
  const dockerfile = verdicts.find(({ subject }) => subject.images.length === 0);
  const image = verdicts.find(({ subject }) => subject.images.length > 0);
  return { dockerfile, image, warnings, verdicts };
}

function answers(verdict: Verdict | undefined, answer: string): readonly string[] {
  return (verdict?.rows ?? []).filter((row) => row.answer === answer).map(({ id }) => id);
}

describe("beside the image that it built", () => {
  test("it is admitted, and what it cannot tell is judged on the image", async () => {
    const { dockerfile, warnings } = await judged(DOCKERFILE);
    expect(dockerfile?.admitted).toBe("yes");
    expect(dockerfile?.rows.find(({ id }) => id === "health")).toMatchObject({
      answer: "n/a",
      proofs: [{ message: { en: "judged on the image oci:image:1.4.2, which this Dockerfile built" } }],
      doubts: [],
      missing: [],
    });
    expect(warnings).toEqual([]);
  });

  test("the exit code is the image's alone", async () => {
    const { dockerfile, image } = await judged(DOCKERFILE);
    const only = (verdict: Verdict | undefined) => [{ admitted: verdict?.admitted ?? "no" }];
    expect(image?.admitted).toBe("unproven");
    expect(exitCodeOf([...only(dockerfile), ...only(image)], [], "unproven")).toBe(2);
    expect(exitCodeOf([...only(dockerfile), { admitted: "yes" }], [], "unproven")).toBe(0);
  });

  test("its findings stay", async () => {
    const user = DOCKERFILE.replace("USER 1000", "USER root");
    const image = withHistory(
      smallImage({ User: "root" }),
      { created_by: "USER root" },
      { created_by: START[1] ?? "" },
    );
    writeLayout(image, join(cwd, "root"), { ref: "1.4.2" });
    const { dockerfile, warnings } = await judged(user, ["oci:root:1.4.2"]);
    expect(answers(dockerfile, "no")).toContain("non-root");
    expect(dockerfile?.admitted).toBe("no");
    expect(warnings).toEqual([]);
  });
});

describe("beside an image that it did not build", () => {
  test.each([
    ["changed since", `${DOCKERFILE}STOPSIGNAL SIGTERM\n`],
    ["another application's", 'FROM alpine:3.23\nUSER 1000\nENTRYPOINT ["/other"]\n'],
  ])("%s: it is judged by itself, and said so", async (_, text) => {
    const { dockerfile, warnings } = await judged(text);
    expect(dockerfile?.admitted).toBe("unproven");
    expect(warnings).toEqual([expect.stringContaining("app/Dockerfile: none of the images judged here")]);
  });

  test("alone, nothing is said of images", async () => {
    const { dockerfile, warnings } = await judged(DOCKERFILE, []);
    expect(dockerfile?.admitted).toBe("unproven");
    expect(warnings).toEqual([]);
  });
});
