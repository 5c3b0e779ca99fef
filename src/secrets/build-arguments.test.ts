import { expect, test } from "vitest";
import { buildArguments } from "./build-arguments.ts";

test.each<[string, readonly string[]]>([
  ["RUN |2 A=b C=d /bin/sh -c make # buildkit", ["A=b", "C=d"]],
  ["|1 A=b /bin/sh -c make", ["A=b"]],
  ["RUN |2 A=hello world B=x y /bin/bash -o pipefail -c make # buildkit", ["A=hello world", "B=x y"]],
  ["RUN |1 A=x B=y /bin/sh -c C=z make", ["A=x B=y"]],
  ["RUN |2 A= B=c=d /bin/sh -c make", ["A=", "B=c=d"]],
  ["RUN |1 A=b node build.js # buildkit", ["A=b"]],
  ["RUN |1 A=b", ["A=b"]],
  ["RUN |1 KEY=-----BEGIN\nabc /bin/sh -c make", ["KEY=-----BEGIN\nabc"]],
  ["RUN |1 A=b cmd /S /C dir", ["A=b"]],
  ["RUN |3 A=b /bin/sh -c make", ["A=b"]],
  ["RUN |0 /bin/sh -c make", []],
  ["RUN /bin/sh -c A=b make", []],
  ["COPY a b", []],
  ["", []],
])("%j", (step, expected) => {
  const found = buildArguments(step);
  expect(found.map(({ name, value }) => `${name}=${value}`)).toEqual(expected);
  for (const { value, start, end } of found) expect(step.slice(start, end)).toBe(value);
});
