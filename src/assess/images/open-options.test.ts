import { expect, test } from "vitest";
import { recordedAssessment } from "../../../test/fixtures/assessment.ts";
import { openOptions } from "./open-options.ts";

test("images are opened as the run asks, with what it states alone", () => {
  const { assessment } = recordedAssessment();
  const { cwd, env, signal } = assessment.ports;
  const plain = { cwd, env, signal, insecureRegistries: [] };
  expect(openOptions(assessment)).toEqual(plain);
  const stated = {
    platform: "linux/arm64",
    caFile: "/ca.pem",
    insecureRegistries: ["a.example"],
    privateHosts: ["b"],
  };
  expect(openOptions(recordedAssessment(stated).assessment)).toEqual({
    ...plain,
    ...stated,
    signal: expect.anything(),
  });
});
