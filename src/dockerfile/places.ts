import type { DockerfileFacts, Position, StageFacts } from "../contract/dockerfile-facts.ts";
import type { Place } from "../contract/finding.ts";
import type { BuildableDockerfile } from "./unless-refused.ts";

/** Place of a finding about an instruction; values inherited from the base image have no line. */
export function placeIn({ file }: Pick<DockerfileFacts, "file">, at: Position | undefined): Place {
  return at === undefined ? { file } : { file, line: at.line, column: at.column };
}

/** Stages that make the final image: the last stage and the stages that it is built from. */
export function finalStages({ stages, final }: BuildableDockerfile): readonly StageFacts[] {
  return final.chain.flatMap((index) => stages[index] ?? []);
}
