import { expect, test } from "vitest";
import {
  aboutWorkload,
  fileProblem,
  type ProblemSubject,
  problemPlace,
  problemTitle,
} from "./source-problem.ts";

test.each<[string, ProblemSubject, string, ReturnType<typeof problemPlace>]>([
  ["a file", { kind: "file", file: "a.yaml", line: 3 }, "a.yaml", { file: "a.yaml", line: 3 }],
  ["a folder", { kind: "file", file: "deploy" }, "deploy", { file: "deploy" }],
  ["standard input", { kind: "file", file: "-" }, "-", undefined],
  ["an image", { kind: "image", reference: "app:1" }, "app:1", undefined],
  [
    "a workload",
    { kind: "workload", name: "Job/a", at: { in: "file", file: "a.yaml", document: 0, line: 3 } },
    "Job/a",
    { file: "a.yaml", line: 3 },
  ],
  [
    "a workload of standard input",
    { kind: "workload", name: "Job/a", at: { in: "file", file: "-", document: 0, line: 3 } },
    "Job/a",
    undefined,
  ],
])("%s has a name, and a place if an editor can show one", (_, about, title, place) => {
  expect([problemTitle(about), problemPlace(about)]).toEqual([title, place]);
});

test("the problem of a file says the line, when there is one", () => {
  const message = { fr: "x", en: "x" };
  expect(fileProblem({ file: "a", message })).toEqual({ about: { kind: "file", file: "a" }, message });
  expect(fileProblem({ file: "a", line: 2, message }).about).toEqual({ kind: "file", file: "a", line: 2 });
});

test("a workload of a file is its line, another one its kind, name and namespace", () => {
  const web = { kind: "Deployment", name: "web" };
  const file = { in: "file", file: "a.yaml", document: 0, line: 3 } as const;
  const api = { in: "api", uid: "7c9e", resourceVersion: "12" } as const;
  expect(aboutWorkload({ ...web, at: file })).toEqual({ kind: "file", file: "a.yaml", line: 3 });
  expect(aboutWorkload({ ...web, at: api })).toEqual({ kind: "workload", name: "Deployment/web", at: api });
  expect(aboutWorkload({ ...web, namespace: "prod", at: api })).toEqual({
    kind: "workload",
    name: "Deployment/web (prod)",
    at: api,
  });
});
