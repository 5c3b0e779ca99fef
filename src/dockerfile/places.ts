import type { DockerfileFacts, Position, StageFacts } from "../contract/dockerfile-facts.ts";
import type { Place } from "../contract/finding.ts";
import type { BuildableDockerfile } from "./unless-refused.ts";

/** Where a finding about an instruction stands; what the base image declares has no line. */
export function placeIn({ file }: Pick<DockerfileFacts, "file">, at: Position | undefined): Place {
  return at === undefined ? { file } : { file, line: at.line, column: at.column };
}

/** The stages of which the image is made: the last one and those that it is built from. */
export function finalStages({ stages, final }: BuildableDockerfile): readonly StageFacts[] {
  return final.chain.flatMap((index) => stages[index] ?? []);
}
