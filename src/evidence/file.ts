import { z } from "zod";
import { InvalidInputError } from "../contract/error.ts";
import type { Collected } from "../contract/evidence.ts";
import type { TrialFacts } from "../contract/trial-facts.ts";
import type { WorkloadFacts } from "../contract/workload-facts.ts";
import { imageFactsSchema } from "./image-schema.ts";
import { referenceFactsSchema } from "./reference-schema.ts";
import { trialFactsSchema } from "./trial-schema.ts";
import { workloadFactsSchema } from "./workload-schema.ts";

/** The format's name: evidence of another format is refused, not guessed at. */
export const EVIDENCE_FORMAT = "douane/evidence/v1";

const ofImage = z.strictObject({ image: imageFactsSchema, reference: referenceFactsSchema });

/** Evidence as `--save-evidence` writes it: each image bound to its image id. */
export const evidenceFileSchema = z.strictObject({
  schema: z.literal(EVIDENCE_FORMAT),
  /** The version of douane that collected it. */
  douane: z.string(),
  collected: z.array(ofImage).meta({ description: "Images that are subjects by themselves" }),
  workloads: z.array(workloadFactsSchema).exactOptional(),
  images: z
    .array(ofImage)
    .exactOptional()
    .meta({ description: "Images of the workloads, by the text with which their containers name them" }),
  trials: z.array(trialFactsSchema).exactOptional().meta({
    description:
      "What was seen while containers ran, each bound to image, command, directory, user, groups, capabilities, variables and mounts",
  }),
});

/** What is known of one image, as it is stored. */
export type StoredEvidence = Required<Pick<Collected, "image" | "reference">>;

/** What a run has seen. */
export interface SeenEvidence {
  /** Images that are subjects by themselves. */
  readonly collected: readonly StoredEvidence[];
  readonly workloads: readonly WorkloadFacts[];
  /** Images of the workloads: their containers name them by `reference.given`. */
  readonly images: readonly StoredEvidence[];
  /** Of any of the images: each says itself what it is bound to. */
  readonly trials: readonly TrialFacts[];
}

/** The file's text: the same evidence gives the same bytes. */
export function formatEvidence(seen: SeenEvidence, douane: string): string {
  const { collected, workloads, images, trials } = seen;
  const file = {
    schema: EVIDENCE_FORMAT,
    douane,
    collected: collected.map(stored),
    ...(workloads.length === 0 ? {} : { workloads, images: images.map(stored) }),
    ...(trials.length === 0 ? {} : { trials }),
  };
  return `${JSON.stringify(file, null, 1)}\n`;
}

function stored({ image, reference }: StoredEvidence): StoredEvidence {
  return { image, reference };
}

/**
 * Reads such a text. An InvalidInputError `evidence-invalid` names the file and the field that is
 * wrong; evidence is believed in its content (it is not signed), never in its form.
 */
export function parseEvidence(text: string, file: string): SeenEvidence {
  const parsed = evidenceFileSchema.safeParse(parseJson(text, file));
  if (parsed.success) {
    const { collected, workloads = [], images = [], trials = [] } = parsed.data;
    return { collected, workloads, images, trials };
  }
  const issue = parsed.error.issues[0];
  if (issue !== undefined && isUnboundTrial(issue)) throw unboundTrial(file);
  throw invalid(file, `${issue?.path.join(".") || "."}: ${issue?.message ?? ""}`);
}

/** A trial that an older version stored, without what identifies its process. */
function isUnboundTrial({ code, path: [list, , field, ...deeper] }: z.core.$ZodIssue): boolean {
  const ofProcess = field === "cwd" || field === "user" || field === "capabilities";
  return code === "invalid_type" && list === "trials" && ofProcess && deeper.length === 0;
}

function unboundTrial(file: string): InvalidInputError {
  return new InvalidInputError("evidence-invalid", {
    fr: `${file} contient un essai d'une version de douane qui ne notait ni l'utilisateur, ni le répertoire de travail, ni les capacités du conteneur : rien ne dit pour quel conteneur il vaut. Refaire l'essai : douane trial IMAGE --output FICHIER.`,
    en: `${file} holds a trial of a version of douane that did not note the user, the working directory and the capabilities of the container: nothing tells which container it counts for. Run it again: douane trial IMAGE --output FILE.`,
  });
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid(file, error instanceof Error ? error.message : String(error), error);
  }
}

function invalid(file: string, problem: string, cause?: unknown): InvalidInputError {
  return new InvalidInputError(
    "evidence-invalid",
    {
      fr: `${file} n'est pas un fichier de preuves ${EVIDENCE_FORMAT} (${problem}). En écrire un avec « douane check IMAGE --save-evidence FICHIER ».`,
      en: `${file} is no evidence file of format ${EVIDENCE_FORMAT} (${problem}). Write one with \`douane check IMAGE --save-evidence FILE\`.`,
    },
    { cause },
  );
}
