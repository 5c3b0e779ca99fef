import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { object } from "../../../test/fixtures/given-inputs.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { objectSource } from "./object-source.ts";

const WORKLOAD = workloadFacts({ file: "web/app.yaml" });

function folder(): string {
  const cwd = temporaryDirectory();
  for (const [name, value] of [
    ["web", "own"],
    ["config", "other"],
  ]) {
    mkdirSync(join(cwd, name ?? ""));
    const text =
      object("ConfigMap", "web", { at: value ?? "" }) + object("ConfigMap", `of-${value}`, { at: "1" });
    writeFileSync(join(cwd, name ?? "", "objects.yaml"), text);
  }
  return cwd;
}

test("a workload is given the objects of its own folder", () => {
  const { config, isAmbiguous } = objectSource(folder(), new Uint8Array())(WORKLOAD);
  expect(config("ConfigMap", "web")?.values().get("at")).toBe("own");
  expect(isAmbiguous("ConfigMap", "web")).toBe(false);
  expect(config("ConfigMap", "of-other")).toBeUndefined();
});

test("and those of other judged folders that it names; its own goes first, and which one is applied is not known", () => {
  const cwd = folder();
  const folders = new Map([["ConfigMap/web", [join(cwd, "config")]]]);
  const { config, isAmbiguous } = objectSource(cwd, new Uint8Array(), () => folders)(WORKLOAD);
  expect(config("ConfigMap", "web")?.values().get("at")).toBe("own");
  expect(isAmbiguous("ConfigMap", "web")).toBe(true);
  expect(config("ConfigMap", "of-other")).toBeUndefined();
});

test("from standard input, what came with it", () => {
  const stdin = Buffer.from(object("ConfigMap", "web", { at: "stdin" }));
  const { config } = objectSource("/", stdin)(workloadFacts({ file: "-" }));
  expect(config("ConfigMap", "web")?.values().get("at")).toBe("stdin");
});
