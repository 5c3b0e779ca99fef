import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { type FileSketch, imageFacts } from "../../../test/fixtures/image-facts.ts";
import { noBuildTools } from "./3.1-no-build-tools.ts";

function check(files: readonly FileSketch[], layers = [{}]) {
  return checkRule(noBuildTools, { image: imageFacts({ files, layers }) });
}

describe("fails", () => {
  test.each([
    ["gcc", "/usr/lib/gcc/x86_64-linux-gnu/12/cc1"],
    ["gcc", "/usr/libexec/gcc/x86_64-alpine-linux-musl/14.2.0/cc1"],
    ["g++", "/usr/lib/gcc/x86_64-linux-gnu/12/cc1plus"],
    ["clang", "/usr/lib/llvm-14/bin/clang"],
    ["clang", "/usr/lib/llvm17/bin/clang-17"],
    ["rustc", "/usr/local/rustup/toolchains/stable/bin/rustc"],
    ["cargo", "/usr/local/cargo/bin/cargo"],
    ["go", "/usr/local/go/bin/go"],
    ["javac (JDK)", "/opt/java/openjdk/bin/javac"],
    ["nvcc", "/usr/local/cuda/bin/nvcc"],
    ["tcc", "/usr/bin/tcc"],
    ["ghc", "/opt/ghc/9.8.2/bin/ghc"],
    ["swiftc", "/usr/bin/swift-frontend"],
  ])("%s by %s", (name, path) => {
    expect(check([{ path, mode: 0o755 }])).toMatchObject({
      status: "fail",
      findings: [{ message: { en: `build tool in the image: ${name} (${path})` }, at: { path } }],
    });
  });

  test("the .NET SDK, by a file that is not executable", () => {
    expect(check([{ path: "/usr/share/dotnet/sdk/9.0.100/MSBuild.dll" }])).toMatchObject({ status: "fail" });
  });
});

describe("notes", () => {
  test.each([
    ["npm", "/usr/local/lib/node_modules/npm/bin/npm-cli.js"],
    ["pip", "/usr/local/bin/pip"],
    ["typescript (devDependencies)", "/app/node_modules/typescript/lib/tsc.js"],
    ["make", "/usr/bin/make"],
    ["cmake", "/usr/bin/cmake"],
    ["maven", "/opt/maven/bin/mvn"],
    ["gradle", "/opt/gradle/bin/gradle"],
    ["yarn", "/opt/yarn-v1.22.22/bin/yarn.js"],
    ["pnpm", "/usr/local/lib/node_modules/pnpm/bin/pnpm.cjs"],
    ["composer", "/usr/local/bin/composer"],
  ])("%s by %s", (name, path) => {
    expect(check([{ path, mode: 0o755 }])).toMatchObject({
      status: "pass",
      notes: [{ message: { en: expect.stringContaining(`${name} (${path})`) } }],
    });
  });
});

describe("traps: stays silent on", () => {
  test.each<[string, FileSketch]>([
    ["libgcc_s alone", { path: "/usr/lib/gcc/x86_64-linux-gnu/12/libgcc_s.so.1", mode: 0o755 }],
    ["perl", { path: "/usr/bin/perl", mode: 0o755 }],
    ["a link cc that leads nowhere", { path: "/usr/bin/cc", type: "symlink", link: "gcc", mode: 0o777 }],
    ["a compiler that a later layer deletes", { path: "/usr/local/go/bin/go", mode: 0o755, hidden: true }],
    ["a file that is not executable", { path: "/usr/local/go/bin/go", mode: 0o644 }],
    ["an application called go", { path: "/app/go", mode: 0o755 }],
    ["a make elsewhere", { path: "/app/make", mode: 0o755 }],
    ["a JRE", { path: "/opt/java/openjdk/bin/java", mode: 0o755 }],
  ])("%s", (_, file) => {
    expect(check([file])).toMatchObject({ status: "pass", notes: [] });
  });
});

test("a layer that was not read may hold a compiler; the notes remain", () => {
  expect(
    check([{ path: "/usr/bin/make", mode: 0o755 }], [{}, { unread: { fr: "foreign", en: "foreign" } }]),
  ).toMatchObject({
    status: "unproven",
    notes: [{}],
  });
});
