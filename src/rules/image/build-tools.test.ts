import { expect, test } from "vitest";
import { type FileSketch, imageFacts } from "../../../test/fixtures/image-facts.ts";
import { BUILD_TOOL_FILES, findBuildTools } from "./build-tools.ts";

function found(file: FileSketch) {
  return findBuildTools(imageFacts({ files: [{ mode: 0o755, ...file }] }).files).map(
    ({ name, kind }) => `${name}: ${kind}`,
  );
}

test.each([
  ["/usr/lib/gcc/x86_64-linux-gnu/12/cc1", "gcc: sdk"],
  ["/usr/libexec/gcc/x86_64-linux-gnu/14/cc1", "gcc: sdk"],
  ["/usr/lib/gcc/x86_64-linux-gnu/12/cc1plus", "g++: sdk"],
  ["/usr/bin/clang", "clang: sdk"],
  ["/usr/lib/llvm-14/bin/clang-14", "clang: sdk"],
  ["/usr/bin/clang-8", "clang: sdk"],
  ["/usr/bin/clang-27", "clang: sdk"],
  ["/usr/bin/tcc", "tcc: sdk"],
  ["/usr/local/bin/tcc", "tcc: sdk"],
  ["/root/.rustup/toolchains/stable/bin/rustc", "rustc: sdk"],
  ["/usr/local/cargo/bin/cargo", "cargo: sdk"],
  ["/usr/local/go/bin/go", "go: sdk"],
  ["/usr/lib/go-1.22/bin/go", "go: sdk"],
  ["/usr/bin/go", "go: sdk"],
  ["/usr/local/bin/go", "go: sdk"],
  ["/usr/lib/jvm/java-21-openjdk/bin/javac", "javac (JDK): sdk"],
  ["/usr/share/dotnet/sdk/8.0.100/MSBuild.dll", "SDK .NET: sdk"],
  ["/opt/ghc/bin/ghc", "ghc: sdk"],
  ["/usr/bin/swift-frontend", "swiftc: sdk"],
  ["/usr/local/cuda/bin/nvcc", "nvcc: sdk"],
  ["/usr/bin/make", "make: other"],
  ["/usr/local/bin/gmake", "make: other"],
  ["/usr/bin/cmake", "cmake: other"],
  ["/usr/share/maven/bin/mvn", "maven: other"],
  ["/opt/gradle/bin/gradle", "gradle: other"],
  ["/app/node_modules/typescript/lib/tsc.js", "typescript (devDependencies): other"],
  ["/usr/local/lib/node_modules/npm/bin/npm-cli.js", "npm: manager"],
  ["/opt/yarn-v1.22.22/bin/yarn.js", "yarn: manager"],
  ["/usr/lib/node_modules/pnpm/bin/pnpm.cjs", "pnpm: manager"],
  ["/usr/bin/pip", "pip: manager"],
  ["/app/venv/bin/pip3", "pip: manager"],
  ["/usr/bin/composer", "composer: manager"],
  ["/usr/local/bin/composer.phar", "composer: manager"],
])("%s is %s", (path, tool) => {
  expect(found({ path })).toEqual([tool]);
});

test.each([
  "/app/cc1",
  "/usr/lib/gcc-doc/cc1plus",
  "/usr/bin/clang-7",
  "/usr/bin/clang-28",
  "/app/tcc",
  "/usr/share/bash-completion/completions/go",
  "/app/go",
  "/app/go/bin/go/go",
  "/opt/usr/bin/go",
  "/usr/local/argo/bin/go",
  "/usr/share/bash-completion/completions/javac",
  "/usr/share/dotnet/MSBuild.dll",
  "/usr/share/dotnet/sdk/net/MSBuild.dll",
  "/usr/share/dotnet/sdk/8.0/x/MSBuild.dll",
  "/app/ghc",
  "/etc/nvcc",
  "/app/make",
  "/app/cmake",
  "/app/mvn",
  "/app/gradle",
  "/app/lib/tsc.js",
  "/app/npm-cli.js",
  "/app/lib/yarn.js",
  "/app/bin/pnpm.cjs",
  "/app/pip",
  "/usr/bin/pip3/pip",
  "/app/composer",
])("%s is the tool of no name", (path) => {
  expect(found({ path })).toEqual([]);
});

test("a tool is a file that can be executed; what an interpreter reads need not be", () => {
  expect(found({ path: "/usr/bin/make", mode: 0o644 })).toEqual([]);
  expect(found({ path: "/usr/bin/clang", mode: 0o644 })).toEqual([]);
  expect(found({ path: "/usr/bin/clang", mode: 0o100 })).toEqual(["clang: sdk"]);
  expect(found({ path: "/usr/bin/clang", type: "symlink" })).toEqual([]);
  expect(found({ path: "/usr/bin/pip", mode: 0o644 })).toEqual(["pip: manager"]);
  expect(found({ path: "/usr/share/dotnet/sdk/8.0.1/MSBuild.dll", mode: 0o644 })).toEqual(["SDK .NET: sdk"]);
  expect(found({ path: "/x/node_modules/typescript/lib/tsc.js", mode: 0o644 })).toHaveLength(1);
});

test("each tool is found once, in the table's order, by a file that was asked for", () => {
  const files = ["/usr/bin/pip3", "/usr/bin/pip", "/usr/local/bin/cargo"].map((path) => ({
    path,
    mode: 0o755,
  }));
  const tools = findBuildTools(imageFacts({ files }).files);
  expect(tools.map(({ name, file }) => [name, file.path])).toEqual([
    ["cargo", "/usr/local/bin/cargo"],
    ["pip", "/usr/bin/pip3"],
  ]);
  expect(BUILD_TOOL_FILES.length).toBe(22);
});
