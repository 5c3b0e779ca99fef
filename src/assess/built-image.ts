import type { DockerfileFacts, InstructionFacts } from "../contract/dockerfile-facts.ts";
import type { ImageFacts } from "../contract/image-facts.ts";

/** One step of a build: its instruction, and what it says where both sides write it alike. */
interface BuildStep {
  readonly name: string;
  readonly text: string;
}

/** Instructions that leave no step of their own in a history. */
const WITHOUT_STEP = new Set(["FROM", "ARG", "MAINTAINER"]);
/** Instructions whose text builders keep; of the others (COPY, ENV, EXPOSE…) they write the result. */
const SAME_TEXT = new Set(["RUN", "USER", "WORKDIR", "CMD", "ENTRYPOINT", "STOPSIGNAL"]);
const NAMED =
  /^(?:ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|HEALTHCHECK|LABEL|MAINTAINER|ONBUILD|RUN|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR)\b/;

/**
 * Whether this Dockerfile, as it stands, built the image: the last steps of the image's history are its
 * instructions, each in its place and with its words. Squashed and imported images tell no steps.
 */
export function isBuiltFrom(dockerfile: DockerfileFacts, image: Pick<ImageFacts, "history">): boolean {
  const wanted = instructionsOf(dockerfile).map(stepOfInstruction);
  const steps = image.history
    .map(({ createdBy }) => stepOfHistory(createdBy))
    .filter(({ name }) => !WITHOUT_STEP.has(name));
  const last = steps.slice(-wanted.length);
  return (
    wanted.length > 0 &&
    last.length === wanted.length &&
    last.every((step, index) => isSame(step, wanted[index]))
  );
}

/** Those of the stages of which the image is made, the lowest first. */
function instructionsOf({ final, refused, instructions }: DockerfileFacts): readonly InstructionFacts[] {
  if (final === undefined || refused.length > 0) return [];
  return final.chain.toReversed().flatMap((stage) => {
    return instructions.filter((one) => {
      return one.stage === stage && one.onbuild !== true && !WITHOUT_STEP.has(one.name);
    });
  });
}

function stepOfInstruction({ name, text }: InstructionFacts): BuildStep {
  return { name, text: name === "RUN" ? text.replace(/^(?:--[a-z]+(?:=\S{0,500})?\s+){1,20}/, "") : text };
}

/** As BuildKit, the classic builder, kaniko and Buildah write it. */
function stepOfHistory(createdBy: string): BuildStep {
  const plain = createdBy
    .replace(/ # buildkit$/, "")
    .replace(/^\/bin\/sh -c #\(nop\)\s+/, "")
    .trim();
  const [name = "RUN"] = NAMED.exec(plain) ?? [];
  const text = NAMED.test(plain) ? plain.slice(name.length).trim() : plain;
  return {
    name,
    text:
      name === "RUN"
        ? text.replace(/^(?:\|\d{1,3} .{0,4000}? )?\/bin\/(?:ba)?sh (?:-[a-z]+ (?:pipefail )?)?-?c? ?/, "")
        : text,
  };
}

function isSame(step: BuildStep, wanted: BuildStep | undefined): boolean {
  if (wanted?.name !== step.name) return false;
  // What a variable stands for, the history tells and the file does not; here-documents are rewritten.
  if (!SAME_TEXT.has(step.name) || /[$]|<</.test(wanted.text)) return true;
  return plain(step.text) === plain(wanted.text);
}

/** Builders write `CMD ["a" "b"]`, `CMD ["/bin/sh" "-c" "a b"]` and other spaces. */
function plain(text: string): string {
  return text
    .replace(/^\["\/bin\/sh" "-c" /, "")
    .replace(/[\s",[\]\\]+/g, " ")
    .trim();
}
