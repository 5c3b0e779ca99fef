import { expect, test } from "vitest";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { secretCarrier } from "./secret-carrier.ts";

const web = { name: "web", args: ["--db-password=…(8)", "TOKEN=…(8)", "--key", "…(8)", "see …(8)"] };
const workload = workloadFacts({ containers: [web] });
const own = "spec.template.spec.containers[0]";

/** Carrier of a secret at this path of the manifest. */
function carrier(path: string) {
  const secret = {
    path,
    name: "field",
    kind: "named-secret",
    masked: "…(8)",
    id: "x",
    confidence: "likely",
  } as const;
  const { name, by } = secretCarrier(workload, secret);
  return `${by} ${name}`;
}

test.each([
  ["of a variable", `${own}.env[0].value`, "variable field"],
  ["of another field", `${own}.image`, "field field"],
  ["of the whole list", `${own}.args`, "field field"],
  ["of no container", "metadata.labels.x", "field field"],
  ["behind a flag's sign", `${own}.args[0]`, "flag --db-password"],
  ["of an assignment", `${own}.args[1]`, "variable TOKEN"],
  ["of the flag before", `${own}.args[3]`, "flag --key"],
  ["within a sentence", `${own}.args[4]`, "field field"],
  ["of a word that is not there", `${own}.args[9]`, "field field"],
  ["of a list that is not there", `${own}.command[0]`, "field field"],
])("a secret %s", (_, path, expected) => {
  expect(carrier(path)).toBe(expected);
});

/** Carrier of a secret in the last of these words. */
function inWords(list: "args" | "command", ...words: readonly string[]) {
  const holder = workloadFacts({ containers: [{ name: "web", [list]: words }] });
  const path = `${own}.${list}[${words.length - 1}]`;
  const secret = { path, name: "field", kind: "x", masked: "…(8)", id: "x", confidence: "likely" } as const;
  const { name, by } = secretCarrier(holder, secret);
  return `${by} ${name}`;
}

test.each([
  [["--db-password=…(8)"], "flag --db-password"],
  [["-p=…(8)"], "flag -p"],
  [["app --token …(8)"], "flag --token"],
  [["app -t …(8)"], "flag -t"],
  [["app '--token='…(8)'"], "flag --token"],
  [['app --token="…(8)"'], "flag --token"],
  [['X=--token.a_b-c="…(8)"'], "flag --token.a_b-c"],
  [["TOKEN=…(8)"], "variable TOKEN"],
  [["_t='…(8)'"], "variable _t"],
  [["export TOKEN=…(8)"], "variable TOKEN"],
  [["a;TOKEN=…(8)"], "variable TOKEN"],
  [["a&TOKEN=…(8)"], "variable TOKEN"],
  [["a|TOKEN=…(8)"], "variable TOKEN"],
  [["(TOKEN=…(8)"], "variable TOKEN"],
  [["'TOKEN=…(8)'"], "variable TOKEN"],
  [['"TOKEN="…(8)'], "variable TOKEN"],
  [["--key", "…(8)"], "flag --key"],
  [["-k", "…(8)"], "flag -k"],
  [["--key", "x…(8)"], "field field"],
  [["key", "…(8)"], "field field"],
  [["--key=", "…(8)"], "field field"],
  [["--1", "…(8)"], "field field"],
  [["x--key", "…(8)"], "field field"],
  [["x--token=…(8)"], "field field"],
  [["--token: …(8)"], "field field"],
  [["--token=x…(8)"], "field field"],
  [["1TOKEN=…(8)"], "field field"],
  [["a.TOKEN=…(8)"], "field field"],
  [["TOKEN=x …(8)"], "field field"],
  [["TOKEN= …(8)"], "field field"],
  [[`--token=${" ".repeat(130)}…(8)`], "field field"],
])("in %j: %s", (words, expected) => {
  expect(inWords("args", ...words)).toBe(expected);
  expect(inWords("command", ...words)).toBe(expected);
});
