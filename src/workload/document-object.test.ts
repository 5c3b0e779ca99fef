import { expect, test } from "vitest";
import { createObjectFinder } from "./document-object.ts";
import { readStream } from "./documents.ts";

const TEXT = `
apiVersion: v1
kind: Pod
metadata: { name: one, labels: { "a.b/c": "1" } }
spec: { containers: [{ name: web, image: "x:1" }] }
---
apiVersion: v1
kind: List
items:
- { apiVersion: apps/v1, kind: Deployment, metadata: { name: two }, spec: { template: { spec: { containers: [{ name: web, image: "x:1" }] } } } }
`;

test("finds the objects of workloads in their documents", () => {
  const find = createObjectFinder();
  const found = [...readStream({ file: "x.yaml", text: TEXT })].flatMap((one) =>
    one.kind === "workload" ? [find(one.document, one.facts.path)] : [],
  );
  expect(found).toMatchObject([
    { kind: "Pod", metadata: { name: "one", labels: { "a.b/c": "1" } } },
    { kind: "Deployment", metadata: { name: "two" } },
  ]);
});

test.each(["items[3]", "items.x.y", "constructor", "kind.length"])("there is nothing at %s", (path) => {
  const section = { text: "kind: List\nitems: [1]", line: 1 };
  expect(createObjectFinder()({ section, ordinal: 0 }, path)).toBeUndefined();
  expect(createObjectFinder()({ section, ordinal: 1 }, path)).toBeUndefined();
});
