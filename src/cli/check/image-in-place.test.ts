import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { douane } from "../../../test/fixtures/douane.ts";
import { emptyImage } from "../../../test/fixtures/image/image.ts";
import { writeLayout } from "../../../test/fixtures/image/layout.ts";
import { container, deployment, podSpec, yaml } from "../../../test/fixtures/manifests.ts";
import { smallImage } from "../../../test/fixtures/small-image.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import type { ReportDocument } from "../../verdicts/report-schema.ts";

/** A reference to a registry that does not answer. */
const NAMED = "127.0.0.1:1/portal/web:1.4.2";

function folderOf(images: readonly string[] = [NAMED]): string {
  const folder = temporaryDirectory();
  const containers = images.map((image, index) => container({ name: `c${index}`, image }));
  writeFileSync(join(folder, "deploy.yaml"), yaml(deployment({ pod: podSpec({ containers }) })));
  writeLayout(smallImage({}), join(folder, "image"), { ref: "1" });
  writeLayout(smallImage({ User: "0" }), join(folder, "web"), { ref: "1" });
  return folder;
}

async function check(cwd: string, argv: readonly string[]) {
  const { exit, stdout, stderr } = await douane(["check", "--format", "json", ...argv], { cwd });
  const { verdicts, errors } = JSON.parse(stdout || '{"verdicts":[],"errors":[]}') as ReportDocument;
  return {
    exit,
    stderr,
    errors: errors.length,
    subjects: verdicts.map(({ subject }) => subject),
    nonRoot: verdicts.map(({ rows }) => rows[0]?.answer),
  };
}

describe("an image beside manifests", () => {
  test("takes the place of the one that they name", async () => {
    const { subjects, nonRoot, errors, stderr } = await check(folderOf(), ["deploy.yaml", "oci:image"]);
    expect([subjects.length, errors, nonRoot]).toEqual([1, 0, ["yes"]]);
    expect(subjects[0]?.images).toMatchObject([{ reference: NAMED, source: "oci:image" }]);
    expect(stderr).toBe(`Warning: oci:image is judged in the place of ${NAMED}, which the manifests name.\n`);
  });

  test("has it said of which by --image", async () => {
    const folder = folderOf([NAMED, "127.0.0.1:1/portal/proxy:1.0.0"]);
    const both = ["--image", "c0=oci:image", "--image", "portal/proxy=oci:web"];
    expect(await check(folder, ["deploy.yaml", ...both])).toMatchObject({ exit: 64, nonRoot: [] });
    const { nonRoot, errors } = await check(folder, [
      "deploy.yaml",
      "--image",
      "c0=oci:image",
      "--image",
      "127.0.0.1:1/portal/proxy=oci:web",
    ]);
    expect([nonRoot, errors]).toEqual([["no"], 0]);
  });

  test("takes the place of no other image that a digest pins", async () => {
    const layout = join(folderOf(), "image");
    const index = JSON.parse(readFileSync(join(layout, "index.json"), "utf8")) as {
      manifests: readonly { digest: string }[];
    };
    const digest = index.manifests[0]?.digest ?? "";
    const pinned = (to: string) => folderOf([`127.0.0.1:1/portal/web@${to}`]);
    const own = await check(pinned(digest), ["deploy.yaml", "oci:image"]);
    expect([own.errors, own.nonRoot]).toEqual([0, ["yes"]]);
    const other = await check(pinned(`sha256:${"0".repeat(64)}`), ["deploy.yaml", "oci:image"]);
    expect([other.exit === 0, other.nonRoot]).toEqual([false, ["unproven"]]);
    expect(other.stderr).toContain(`pins another digest than its own. Write @${digest} there.`);
  });

  test("takes the place of the image that the digest of its index pins, with evidence of another source", async () => {
    const folder = folderOf();
    const images = [smallImage(), emptyImage("linux/arm64")];
    const index = writeLayout(images, join(folder, "multi"));
    writeLayout(smallImage(), join(folder, "single"));
    await check(folder, ["oci:single", "--save-evidence", "e.json"]);
    const pin = (digest: string): void => {
      const pinned = [container({ name: "web", image: `127.0.0.1:1/portal/web@${digest}` })];
      writeFileSync(join(folder, "deploy.yaml"), yaml(deployment({ pod: podSpec({ containers: pinned }) })));
    };
    const given = ["--platform", "linux/amd64", "deploy.yaml", "--evidence", "e.json"];
    const ways = [["oci:multi"], ["--image", "web=oci:multi"]];
    pin(index.digest);
    for (const way of ways) {
      const { nonRoot, errors, stderr } = await check(folder, [...given, ...way]);
      expect([nonRoot, errors, stderr.includes("pins another")]).toEqual([["yes"], 0, false]);
    }
    const ofLayout = createHash("sha256")
      .update(readFileSync(join(folder, "multi/index.json")))
      .digest("hex");
    pin(`sha256:${ofLayout}`);
    for (const way of ways) {
      const { nonRoot, stderr } = await check(folder, [...given, ...way]);
      expect([nonRoot, stderr.includes("pins another")]).toEqual([["unproven"], true]);
    }
  });

  test("is judged by itself where it is clear for none", async () => {
    const folder = folderOf([NAMED, "127.0.0.1:1/portal/proxy:1.0.0"]);
    const { subjects, errors, stderr } = await check(folder, ["deploy.yaml", "oci:image"]);
    expect([subjects.length, errors]).toEqual([2, 2]);
    expect(stderr).toContain("oci:image is judged by itself: nothing says which image");
    expect(await check(folder, ["deploy.yaml", "oci:web"])).toMatchObject({ errors: 1, nonRoot: ["no"] });
  });

  test.each([
    [["deploy.yaml", "--no-images", "--image", "c0=oci:image"], "--image puts an image in the place"],
    [["oci:image", "--image", "c0=oci:image"], "--image puts an image in the place"],
    [["deploy.yaml", "--image", "c0="], "write NAME=IMAGE"],
    [["deploy.yaml", "--image", "c9=oci:image"], "no container and no image of this name"],
    [["deploy.yaml", "--image", "c0=oci:image", "--image", "c0=oci:web"], "two images would take the place"],
  ])("%j is a mistake", async (argv, said) => {
    const { exit, stderr } = await check(folderOf(), argv);
    expect([exit, stderr]).toEqual([64, expect.stringContaining(said)]);
  });
});

describe("evidence beside manifests", () => {
  async function evidence(folder: string, image: string, name: string): Promise<string> {
    await check(folder, [image, "--save-evidence", name]);
    return name;
  }

  test("stands in for the image that no registry gives", async () => {
    const folder = folderOf();
    const { subjects, nonRoot, errors, stderr } = await check(folder, [
      "deploy.yaml",
      "--evidence",
      await evidence(folder, "oci:image", "e.json"),
    ]);
    expect([subjects.length, errors, nonRoot]).toEqual([1, 0, ["yes"]]);
    expect(subjects[0]?.images).toMatchObject([{ reference: NAMED, source: "oci:image" }]);
    expect(stderr).toContain(`oci:image is judged from the evidence in the place of ${NAMED}`);
    expect(stderr).not.toContain("evidence ignored");
  });

  test.each([
    ["a digest names another one", [`127.0.0.1:1/web@sha256:${"0".repeat(64)}`]],
    ["two are named, neither by its name", [NAMED, "127.0.0.1:1/portal/proxy:1.0.0"]],
  ])("stands in for none where %s", async (_, images) => {
    const folder = folderOf(images);
    const { exit, errors, stderr } = await check(folder, [
      "deploy.yaml",
      "--evidence",
      await evidence(folder, "oci:image", "e.json"),
    ]);
    expect([exit, errors]).toEqual([69, images.length]);
    expect(stderr).toContain("evidence ignored");
  });

  test("that was judged in the place of a manifest's image stands in for no other one", async () => {
    const folder = folderOf();
    await check(folder, ["deploy.yaml", "oci:image", "--save-evidence", "e.json"]);
    const other = folderOf(["127.0.0.1:1/portal/other:9.9.9"]);
    const file = join(folder, "e.json");
    expect(await check(other, ["deploy.yaml", "--evidence", file])).toMatchObject({ exit: 69, errors: 1 });
    expect(await check(folder, ["deploy.yaml", "--evidence", file])).toMatchObject({ errors: 0 });
  });

  test("of one of two images stands in for that of its name", async () => {
    const folder = folderOf([NAMED, "127.0.0.1:1/portal/proxy:1.0.0"]);
    const file = await evidence(folder, "oci:web", "e.json");
    expect(await check(folder, ["deploy.yaml", "--evidence", file])).toMatchObject({
      errors: 1,
      nonRoot: ["no"],
    });
  });
});
