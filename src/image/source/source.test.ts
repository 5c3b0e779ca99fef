import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { parseSource } from "./source.ts";

test.each([
  ["nginx", { registry: "docker.io", repository: "library/nginx" }],
  ["docker://registry.example/app:1.2.3", { registry: "registry.example", repository: "app", tag: "1.2.3" }],
])("%s is in a registry", (text, reference) => {
  expect(parseSource(text)).toMatchObject({ transport: "registry", reference });
});

test.each([
  ["nginx", true],
  ["team/app:1.0", true],
  ["localhost/app", false],
  ["registry.example/app:1.0", false],
  ["docker://nginx", false],
  [`nginx@sha256:${"0".repeat(64)}`, false],
])("%s names no registry: %s", (text, isPlain) => {
  expect("plain" in parseSource(text)).toBe(isPlain);
});

test.each([
  ["docker-daemon:team/app:1.0", { transport: "docker-daemon", name: "team/app:1.0" }],
  ["podman:localhost/app@sha256:abc", { transport: "podman", name: "localhost/app@sha256:abc" }],
  ["podman:sha256:0123", { transport: "podman", name: "sha256:0123" }],
])("%s is an engine's", (text, source) => {
  expect(parseSource(text)).toEqual(source);
});

describe("a name that could be an option of the engine, or more than a name, is refused", () => {
  test.each(["podman:-o/etc/passwd", "podman:--format=x", "docker-daemon:", "podman:a b", "podman:a\nb"])(
    "%j",
    (text) => {
      expect(() => parseSource(text)).toThrow(
        expect.objectContaining({ code: "engine-name-invalid", exit: 64 }),
      );
    },
  );
});

describe("files", () => {
  function files(): string {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, "layout"));
    writeFileSync(join(directory, "layout", "oci-layout"), "{}");
    mkdirSync(join(directory, "nginx"));
    writeFileSync(join(directory, "app.tar"), "");
    writeFileSync(join(directory, "a:b.tar"), "");
    return directory;
  }

  test.each([
    ["oci:$/layout", "oci", "layout", undefined],
    ["oci:$/layout:1.0", "oci", "layout", "1.0"],
    ["oci:$/layout:team/app:1.0", "oci", "layout", "team/app:1.0"],
    ["oci-archive:$/app.tar:1.0", "oci-archive", "app.tar", "1.0"],
    ["docker-archive:$/app.tar:@1", "docker-archive", "app.tar", "@1"],
    ["docker-archive:$/a:b.tar", "docker-archive", "a:b.tar", undefined],
    ["$/app.tar", "path", "app.tar", undefined],
    ["$/app.tar:team/app:1.0", "path", "app.tar", "team/app:1.0"],
    ["$/nginx", "path", "nginx", undefined],
  ])("%s", (text, transport, name, ref) => {
    const directory = files();
    const expected = { transport, path: join(directory, name), ...(ref === undefined ? {} : { ref }) };
    expect(parseSource(text.replace("$", directory))).toEqual(expected);
  });

  test.each(["oci:$/nothing", "docker-archive:$/nothing.tar:app", "$/nothing", "oci:", "oci-archive::x"])(
    "%s is not there",
    (text) => {
      const source = text.replace("$", temporaryDirectory());
      expect(() => parseSource(source)).toThrow(
        expect.objectContaining({ code: "source-not-found", exit: 64 }),
      );
    },
  );

  test("a directory that is no layout does not hide the image of its name", () => {
    // src/ is a directory of this project.
    expect(parseSource("src")).toMatchObject({
      transport: "registry",
      reference: { repository: "library/src" },
    });
    expect(parseSource("./src")).toEqual({ transport: "path", path: resolve("src") });
    expect(parseSource(".")).toEqual({ transport: "path", path: resolve(".") });
  });

  test("relative paths begin where they are said to", () => {
    const cwd = temporaryDirectory();
    writeFileSync(join(cwd, "image.tar"), "");
    const file = { transport: "docker-archive", path: join(cwd, "image.tar"), ref: "1.2" };
    expect(parseSource("docker-archive:image.tar:1.2", cwd)).toEqual(file);
    expect(parseSource("image.tar", cwd)).toEqual({ transport: "path", path: join(cwd, "image.tar") });
    expect(() => parseSource("docker-archive:image.tar")).toThrow('"image.tar"');
  });

  test("a file of the working directory is a path", () => {
    expect(parseSource("package.json")).toEqual({ transport: "path", path: resolve("package.json") });
  });
});

test("no text makes the file system fail", () => {
  expect(() => parseSource("./\0")).toThrow(/no file or directory/);
  expect(() => parseSource(`./${"x".repeat(100_000)}`)).toThrow(/no file or directory/);
});
