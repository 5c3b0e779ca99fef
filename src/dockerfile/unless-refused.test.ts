import { expect, test } from "vitest";
import { dockerfileFacts, summary } from "../../test/fixtures/dockerfile.ts";
import { imageFacts } from "../../test/fixtures/image-facts.ts";
import { asMasked } from "../../test/fixtures/masked.ts";
import { dockerfileUser } from "../rules/dockerfile/1.1-dockerfile-user.ts";
import { dockerfileDefaultBind } from "../rules/dockerfile/1.3-dockerfile-default-bind.ts";
import { dockerfileBindAddress, dockerfileStopSignal } from "../rules/dockerfile/declared-rules.ts";
import { finalStages } from "./places.ts";

test("a file without a last stage proves nothing, not even one that was stored without its mistake", () => {
  const facts = asMasked({ ...dockerfileFacts("# nothing"), refused: [] });
  expect(dockerfileUser.check({ dockerfile: facts })).toMatchObject({
    status: "unproven",
    reason: { en: "the Dockerfile has no final stage" },
  });
  expect(summary(dockerfileUser, "# nothing").says).toContain("line 1");
});

test("what a base image declares is judged, without a line", () => {
  const config = { env: ["HOST=127.0.0.1"], stopSignal: "SIGKILL", cmd: ["flask", "run"] };
  const bases = new Map([["base", imageFacts({ config }).config]]);
  expect(summary(dockerfileBindAddress, "FROM base", { bases }).at).toEqual(["undefined:undefined"]);
  expect(summary(dockerfileStopSignal, "FROM base", { bases }).at).toEqual(["undefined:undefined"]);
  expect(summary(dockerfileDefaultBind, "FROM base", { bases }).answer).toBe("presumed");
});

test("trap: a variable that only the base image knows may tell the server its address", () => {
  const text = 'FROM node:22\nENV FLASK_RUN_HOST=$X HOST=$Y\nCMD ["flask", "run"]';
  expect(summary(dockerfileDefaultBind, text).answer).toBe("pass");
  expect(summary(dockerfileBindAddress, text).answer).toBe("pass");
});

test("stages that stored facts do not hold are left out", () => {
  const { final, ...facts } = dockerfileFacts("FROM a");
  expect(final && finalStages({ ...facts, stages: [], final })).toEqual([]);
});
