import { expect, test } from "vitest";
import type { ContainerFacts } from "../contract/pod-facts.ts";
import { containerProcess } from "./container-process.ts";
import { manifestEnvironment } from "./manifest-environment.ts";
import { References } from "./variable-references.ts";

const IMAGE = { entrypoint: ["/entry"], cmd: ["serve"], env: ["PATH=/bin", "A=image"], workingDir: "/app" };

function started(container: ContainerFacts, image: Partial<typeof IMAGE> = {}) {
  const references = new References();
  const variables = manifestEnvironment(container, undefined, references);
  const sources = { image: { ...IMAGE, ...image }, container, variables, references, hostname: "pod" };
  return { ...containerProcess(sources), exceeded: references.exceeded };
}

test.each<[string, ContainerFacts, readonly string[]]>([
  ["ENTRYPOINT and CMD", {}, ["/entry", "serve"]],
  ["args replace CMD", { args: ["x"] }, ["/entry", "x"]],
  ["command replaces both", { command: ["/other"] }, ["/other"]],
  ["command and args", { command: ["/other"], args: ["x"] }, ["/other", "x"]],
  ["empty lists are none", { command: [], args: [] }, ["/entry", "serve"]],
])("%s", (_, container, argv) => {
  expect(started(container).argv).toEqual(argv);
});

test("an empty word alone is no ENTRYPOINT to containerd", () => {
  expect(started({}, { entrypoint: [""] }).argv).toEqual(["serve"]);
  expect(started({ args: ["x"] }, { entrypoint: [""] }).argv).toEqual(["x"]);
  expect(started({}, { entrypoint: ["", "x"] }).argv).toEqual(["", "x", "serve"]);
});

test("an image without a command has none", () => {
  const image = { entrypoint: [], cmd: [], env: [], workingDir: "" };
  const sources = { image, variables: new Map(), references: new References(), hostname: "pod" };
  expect(containerProcess(sources)).toEqual({
    argv: [],
    env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOSTNAME=pod"],
    cwd: "/",
  });
});

test("the manifest's variables replace the image's in their places", () => {
  const env = [
    { name: "A", value: "manifest" },
    { name: "B", value: "x=y" },
  ];
  expect(started({ env }).env).toEqual(["PATH=/bin", "HOSTNAME=pod", "A=manifest", "B=x=y"]);
});

test("an entry of ENV without = takes away what the runtime sets, and nothing else", () => {
  expect(started({}, { env: ["A=1", "A", "PATH", "B"] }).env).toEqual(["HOSTNAME=pod", "A=1"]);
  expect(started({}, { env: ["HOSTNAME=own", "PATH", "PATH=/x"] }).env).toEqual(["HOSTNAME=own", "PATH=/x"]);
});

test("workingDir replaces the image's", () => {
  expect(started({ workingDir: "/other" }).cwd).toBe("/other");
  expect(started({ workingDir: "" }).cwd).toBe("/app");
});

test("$(NAME) stands for an earlier variable of the manifest, in values, command and args", () => {
  const env = [
    { name: "HOST", value: "db" },
    { name: "URL", value: "tcp://$(HOST):$(PORT)" },
    { name: "PORT", value: "$$(HOST)" },
  ];
  const container = { command: ["$(URL)", "$(A)"], args: ["$HOST", "$$(HOST)", "$(", "a$$b"], env };
  const { argv, env: seen } = started(container);
  expect(argv).toEqual(["tcp://db:$(PORT)", "$(A)", "$HOST", "$(HOST)", "$(", "a$b"]);
  expect(seen).toContain("PORT=$(HOST)");
});

test("variables that double one another end at the bound, and it is said", () => {
  const env = Array.from({ length: 64 }, (_, index) => ({
    name: `V${index}`,
    value: index === 0 ? "0123456789" : `$(V${index - 1})$(V${index - 1})`,
  }));
  const { env: seen, exceeded } = started({ env });
  expect(exceeded).toBe(true);
  expect(Math.max(...seen.map((entry) => entry.length))).toBeLessThan(300_000);
  expect(started({ env: env.slice(0, 4) }).exceeded).toBe(false);
});
