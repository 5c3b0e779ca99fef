import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
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

const SERVICE = { apiVersion: "v1", kind: "Service", metadata: { name: "mail", namespace: "portal" } };

function write(cwd: string, file: string, ...objects: readonly object[]): void {
  mkdirSync(dirname(join(cwd, file)), { recursive: true });
  writeFileSync(join(cwd, file), objects.map((one) => JSON.stringify(one)).join("\n---\n"));
}

test("Services and accounts of other folders count by their names, those of its own first", () => {
  const cwd = temporaryDirectory();
  const account = { ...SERVICE, kind: "ServiceAccount", automountServiceAccountToken: false };
  write(cwd, "web/own.yaml", { ...SERVICE, spec: { ports: [{ port: 25 }] } });
  write(cwd, "b/s.yaml", { ...SERVICE, spec: { ports: [{ port: 465 }] } }, account);
  write(cwd, "b/t.yaml", {
    ...SERVICE,
    metadata: { ...SERVICE.metadata, name: "else" },
    spec: { ports: [{ port: 1 }] },
  });
  const folders = new Map([
    ["Service/mail", [join(cwd, "b")]],
    ["ServiceAccount/mail", [join(cwd, "b")]],
  ]);
  const found = objectSource(cwd, new Uint8Array(), () => folders)(WORKLOAD);
  expect(found.services.map(({ name, ports }) => [name, ports[0].port])).toEqual([["mail", 25]]);
  expect(found.ambiguousServices.map(([one]) => one?.name)).toEqual(["mail"]);
  expect(found.account("mail")?.automountServiceAccountToken).toBe(false);
  const alone = objectSource(cwd, new Uint8Array())(WORKLOAD);
  expect([alone.ambiguousServices, alone.account("mail")]).toEqual([[], undefined]);
});
