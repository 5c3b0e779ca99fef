import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { type Inputs, inputsOf, isEmpty } from "./inputs.ts";

const cwd = mkdtempSync(join(tmpdir(), "douane-inputs-"));
afterAll(() => rmSync(cwd, { recursive: true }));
for (const folder of ["deploy", "layout", "nginx", "Dockerfile.d"]) mkdirSync(join(cwd, folder));
for (const file of [
  "layout/oci-layout",
  "app.yaml",
  "portal.tar",
  "Dockerfile",
  "api.Dockerfile",
  "Dockerfile.md",
]) {
  writeFileSync(join(cwd, file), "");
}

test.each([
  ["a folder", "deploy", "projects"],
  ["a folder by its path", "./deploy/", "projects"],
  ["this folder", ".", "projects"],
  ["a folder with a Dockerfile's name", "Dockerfile.d", "projects"],
  ["a folder that is called as an image", "nginx", "projects"],
  ["a YAML file", "app.yaml", "manifests"],
  ["a manifest that is not there, lest a slip of the pen ask a registry", "team/app.yml", "manifests"],
  ["a JSON file", "APP.JSON", "manifests"],
  ["a manifest whose name holds a transport", "deploy/my-oci:app.yaml", "manifests"],
  ["an image of a transport, whose name ends like a manifest", "docker:app.yaml", "images"],
  ["an archive of OCI", "oci-archive:app.json", "images"],
  ["an archive of Docker", "docker-archive:app.json", "images"],
  ["an image of Docker", "docker-daemon:app.json", "images"],
  ["an image of Podman", "podman:app.json", "images"],
  ["a transport that nobody knows", "dir:app.json", "manifests"],
  ["standard input", "-", "manifests"],
  ["a Dockerfile", "Dockerfile", "dockerfiles"],
  ["a Dockerfile with a name", "api.Dockerfile", "dockerfiles"],
  ["a Dockerfile that is not there", "Containerfile", "images"],
  ["what only begins as a Dockerfile", "Dockerfile.md", "images"],
  ["an OCI layout", "layout", "images"],
  ["an image of a layout", "oci:layout:1.0", "images"],
  ["an archive", "portal.tar", "images"],
  ["an image with a tag", "registry.example/team/app.yaml:1.0", "images"],
  ["an image whose folder is hidden", "docker://nginx", "images"],
  ["what is no path at all", "a\0b", "images"],
] as const)("%s", async (_, operand, kind) => {
  const inputs = await inputsOf([operand], [], cwd);
  expect(inputs).toEqual({
    manifests: kind === "projects" || kind === "manifests" ? [operand] : [],
    dockerfiles: kind === "dockerfiles" ? [operand] : [],
    projects: kind === "projects" ? [operand] : [],
    images: kind === "images" ? [operand] : [],
  });
  expect(isEmpty(inputs)).toBe(false);
});

test("the value of -f is always manifests", async () => {
  const { manifests, projects, images } = await inputsOf(["nginx:1.2.3"], ["layout", "portal.tar", "-"], cwd);
  expect([manifests, projects, images]).toEqual([["layout", "portal.tar", "-"], [], ["nginx:1.2.3"]]);
});

test("what is named twice is read once", async () => {
  const { manifests } = await inputsOf(["-", "deploy"], ["-", "deploy"], cwd);
  expect(manifests).toEqual(["-", "deploy"]);
});

test.each<[Partial<Inputs>, boolean]>([
  [{}, true],
  [{ objects: [] }, true],
  [{ stdin: new Uint8Array() }, true],
  [{ manifests: ["a"] }, false],
  [{ dockerfiles: ["a"] }, false],
  [{ images: ["a"] }, false],
  [{ objects: [{ at: { in: "api", uid: "1" }, value: {} }] }, false],
  [{ manifests: ["a"], objects: [{ at: { in: "api", uid: "1" }, value: {} }] }, false],
])("%j is empty: %s", (inputs, expected) => {
  expect(isEmpty({ manifests: [], dockerfiles: [], projects: [], images: [], ...inputs })).toBe(expected);
});

test("nothing is nothing", async () => {
  expect(isEmpty(await inputsOf([], [], cwd))).toBe(true);
});
