import { expect, test } from "vitest";
import { joinedEnvironment, nameOf } from "./joined-environment.ts";

const RUNTIME = ["PATH=/runtime", "HOSTNAME=pod"];

test("the runtime's variables come first, then the image's, then the manifest's; each name once", () => {
  const manifest = new Map([
    ["B", { value: "manifest" }],
    ["C", { value: "" }],
  ]);
  expect(joinedEnvironment(RUNTIME, ["A=1", "B=1", "PATH=/image", "A=2"], manifest)).toEqual([
    "PATH=/image",
    "HOSTNAME=pod",
    "A=2",
    "B=manifest",
    "C=",
  ]);
});

test("an entry of ENV without = takes away what the runtime sets, until a later one sets it again", () => {
  expect(joinedEnvironment(RUNTIME, ["PATH=/image", "PATH", "A"], new Map())).toEqual(["HOSTNAME=pod"]);
  expect(joinedEnvironment(RUNTIME, ["HOSTNAME", "A=1", "A", "HOSTNAME=x"], new Map())).toEqual([
    "PATH=/runtime",
    "A=1",
    "HOSTNAME=x",
  ]);
});

test("a name ends at the first =", () => {
  expect(["A=b=c", "A=", "A", "=x"].map(nameOf)).toEqual(["A", "A", "A", ""]);
});
