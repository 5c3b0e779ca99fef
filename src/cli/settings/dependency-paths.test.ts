import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { confinedDependencies } from "./dependency-paths.ts";

/** A repository with an image, and an image beside it. */
function repository(): { readonly root: string; readonly folder: string } {
  const top = temporaryDirectory();
  const root = join(top, "clone");
  for (const image of [join(root, "build", "db"), join(top, "other")]) {
    mkdirSync(image, { recursive: true });
    writeFileSync(join(image, "oci-layout"), "");
  }
  mkdirSync(join(root, ".git"));
  mkdirSync(join(root, "service"));
  writeFileSync(join(top, "backup.tar"), "");
  symlinkSync("../other", join(root, "link"));
  return { root, folder: join(root, "service") };
}

/** Message of the thrown error; empty if none is. */
function refusal(work: () => void): string {
  try {
    work();
    return "";
  } catch (error) {
    return String(error);
  }
}

const OUTSIDE = "lies outside the repository";

describe("the image of a dependency", () => {
  test.each([
    ["oci:build/db", undefined],
    ["oci:service/../build/db", undefined],
    ["./build/db", undefined],
    ["oci:build/db:1.0", undefined],
    ["redis:8", undefined],
    ["registry.example/team/db:1", undefined],
    ["docker-daemon:db", undefined],
    // Missing images are reported when they are opened.
    ["oci:none", undefined],
    ["oci:../other", OUTSIDE],
    ["../other", OUTSIDE],
    ["oci:link", OUTSIDE],
    ["docker-archive:../backup.tar", OUTSIDE],
    ["oci-archive:../backup.tar:db", OUTSIDE],
    ["/etc/hostname", OUTSIDE],
  ])("%s", (image, says) => {
    const { root, folder } = repository();
    const dependencies = [{ name: "db", image }];
    for (const settings of [{ dependencies }, { containers: { web: { dependencies } } }]) {
      expect(refusal(() => confinedDependencies(settings, folder, root))).toMatch(says ?? /^$/);
    }
  });
});

test("an image on disk is read within the repository, an image of a registry anywhere", () => {
  const { root, folder } = repository();
  const [disk, registry, none] = [
    { name: "db", image: "oci:build/db" },
    { name: "cache", image: "redis:8" },
    { name: "mail", ports: [25] },
  ];
  const dependencies = [disk, registry, none];
  const confined = [{ ...disk, within: root }, registry, none];
  const settings = { dependencies, containers: { web: { dependencies }, job: { memory: "1Gi" } } };
  expect(confinedDependencies(settings, folder, root)).toEqual({
    dependencies: confined,
    containers: { web: { dependencies: confined }, job: { memory: "1Gi" } },
  });
});
