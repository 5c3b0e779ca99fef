import { expect, test } from "vitest";
import { containerProcess, type ProcessSources } from "./container-process.ts";

const SOURCES: ProcessSources = {
  image: { entrypoint: ["/entry"], cmd: ["serve"], env: ["PATH=/bin", "A=image"], workingDir: "/app" },
  hostname: "pod",
};

test.each<[string, ProcessSources["container"], readonly string[]]>([
  ["ENTRYPOINT and CMD", {}, ["/entry", "serve"]],
  ["args replace CMD", { args: ["x"] }, ["/entry", "x"]],
  ["command replaces both", { command: ["/other"] }, ["/other"]],
  ["command and args", { command: ["/other"], args: ["x"] }, ["/other", "x"]],
  ["empty lists are none", { command: [], args: [] }, ["/entry", "serve"]],
])("%s", (_, container = {}, argv) => {
  expect(containerProcess({ ...SOURCES, container }).argv).toEqual(argv);
});

test("an image without a command has none", () => {
  const image = { entrypoint: [], cmd: [], env: [], workingDir: "" };
  expect(containerProcess({ image, hostname: "pod" })).toEqual({
    argv: [],
    env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOSTNAME=pod"],
    cwd: "/",
  });
});

test("the manifest's variables replace the image's in their places", () => {
  const env = [
    ["A", "manifest"],
    ["B", "x=y"],
  ] as const;
  expect(containerProcess({ ...SOURCES, env }).env).toEqual([
    "PATH=/bin",
    "HOSTNAME=pod",
    "A=manifest",
    "B=x=y",
  ]);
});

test("workingDir replaces the image's", () => {
  expect(containerProcess({ ...SOURCES, container: { workingDir: "/other" } }).cwd).toBe("/other");
  expect(containerProcess({ ...SOURCES, container: { workingDir: "" } }).cwd).toBe("/app");
});

test("$(NAME) stands for an earlier variable of the manifest, in values, command and args", () => {
  const env = [
    ["HOST", "db"],
    ["URL", "tcp://$(HOST):$(PORT)"],
    ["PORT", "$$(HOST)"],
  ] as const;
  const container = { command: ["$(URL)", "$(A)"], args: ["$HOST", "$$(HOST)", "$(", "a$$b"] };
  const { argv, env: seen } = containerProcess({ ...SOURCES, container, env });
  expect(argv).toEqual(["tcp://db:$(PORT)", "$(A)", "$HOST", "$(HOST)", "$(", "a$b"]);
  expect(seen).toContain("PORT=$(HOST)");
});
