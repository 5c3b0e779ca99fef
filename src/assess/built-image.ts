import type { DockerfileFacts, InstructionFacts } from "../contract/dockerfile-facts.ts";
import type { ImageFacts } from "../contract/image-facts.ts";

/** Step of a build: its instruction, and its text if the history records the text of this instruction. */
interface BuildStep {
  readonly name: string;
  readonly text: string;
}

/** Instructions without a step in the history. */
const WITHOUT_STEP = new Set(["FROM", "ARG", "MAINTAINER"]);
/**
 * Instructions whose text builders record in the history; for other instructions (COPY, ENV, EXPOSE…) they
 * record the result.
 */
const SAME_TEXT = new Set(["RUN", "USER", "WORKDIR", "CMD", "ENTRYPOINT", "STOPSIGNAL"]);
/** Shell of a RUN in the history, with the build's arguments before it: `|1 V=3 /bin/sh -c `. */
const SHELL = /^(?:\|\d{1,3} .{0,4000}? )?\/bin\/(?:ba)?sh (?:-[a-z]{1,9} (?:pipefail )?){0,5}-[a-z]{0,9}c /;
const NAMED =
  /^(?:ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|HEALTHCHECK|LABEL|MAINTAINER|ONBUILD|RUN|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR)\b/;

/**
 * Whether the Dockerfile in its current state built the image: the last steps of the history must match its
 * instructions in order and text. False for squashed and imported images, which have no history.
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

/** Instructions of the final image's stages, the lowest first. */
function instructionsOf({ final, refused, instructions }: DockerfileFacts): readonly InstructionFacts[] {
  if (final === undefined || refused.length > 0) return [];
  return final.chain.toReversed().flatMap((stage) => {
    return instructions.filter((one) => {
      return one.stage === stage && one.onbuild !== true && !WITHOUT_STEP.has(one.name);
    });
  });
}

function stepOfInstruction({ name, text }: InstructionFacts): BuildStep {
  return { name, text: name === "RUN" ? text.replace(/^(?:--[a-z]+=\S{0,500}\s+){1,20}/, "") : text };
}

/** Step in the form of BuildKit, the classic builder, kaniko or Buildah. */
function stepOfHistory(createdBy: string): BuildStep {
  const plain = createdBy
    .replace(/ # buildkit$/, "")
    .replace(/^\/bin\/sh -c #\(nop\)\s+/, "")
    .trim();
  const [name = "RUN"] = NAMED.exec(plain) ?? [];
  const text = NAMED.test(plain) ? plain.slice(name.length).trim() : plain;
  return {
    name,
    text: name === "RUN" ? text.replace(SHELL, "") : text,
  };
}

function isSame(step: BuildStep, wanted: BuildStep | undefined): boolean {
  if (wanted?.name !== step.name) return false;
  // The history contains values of variables that the file lacks, and rewritten here-documents.
  if (!SAME_TEXT.has(step.name) || /[$]|<</.test(wanted.text)) return true;
  return plain(step.text) === plain(wanted.text);
}

/**
 * The text without the differences between builders, which write `CMD ["a" "b"]`, `CMD ["/bin/sh" "-c" "a
 * b"]` and different spaces.
 */
function plain(text: string): string {
  return text
    .replace(/^\["\/bin\/sh" "-c" /, "")
    .replace(/[\s",[\]\\]+/g, " ")
    .trim();
}
