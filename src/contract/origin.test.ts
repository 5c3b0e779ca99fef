import { expect, test } from "vitest";
import { type Origin, originName } from "./origin.ts";

test.each<[Origin, string]>([
  [{ by: "own-run", douane: "0.1.0" }, "0.1.0"],
  [{ by: "handed-in", file: "trial.json", douane: "0.1.0" }, "trial.json"],
  [{ by: "signed", signer: "https://ci.example/team", douane: "0.1.0" }, "https://ci.example/team"],
])("%j is called %s", (origin, name) => {
  expect(originName(origin)).toBe(name);
});
