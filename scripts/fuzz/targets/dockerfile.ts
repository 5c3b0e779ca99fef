import { parseDockerfile } from "../../../src/dockerfile/parse-dockerfile.ts";
import { REALISTIC } from "../../../test/fixtures/dockerfiles.ts";
import type { Target } from "../target.ts";

/** A Dockerfile's text. */
export const dockerfile: Target = {
  name: "dockerfile",
  seeds: REALISTIC.map(({ text }) => Buffer.from(text)),
  run(input) {
    parseDockerfile(input.toString("utf8"), { file: "Dockerfile" });
  },
};
