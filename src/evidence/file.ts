import { z } from "zod";
import { InvalidInputError } from "../contract/error.ts";
import type { ReferenceFacts } from "../contract/evidence.ts";
import { exactly } from "../contract/exactly.ts";
import type { ImageFacts, RawImage } from "../contract/image-facts.ts";
import type { Origin } from "../contract/origin.ts";
import { parsedBy } from "../contract/parsed-by.ts";
import type { RawSbom, SbomFacts } from "../contract/sbom-facts.ts";
import { quoted } from "../contract/shown.ts";
import type { Text } from "../contract/text.ts";
import type { RawTrial, TrialFacts } from "../contract/trial-facts.ts";
import { visibleJson } from "../contract/visible-json.ts";
import type { WorkloadFacts } from "../contract/workload-facts.ts";
import { repeatedKeyOf } from "../json/document.ts";
import { countMembers } from "../json/parse-json.ts";
import { syntaxProblem } from "../json/syntax-problem.ts";
import { maskImage } from "../secrets/image.ts";
import { maskSbom } from "../secrets/sbom.ts";
import { maskTrial } from "../secrets/trial.ts";
import { maskWorkload } from "../secrets/workload.ts";
import { imageFactsSchema } from "./schemas/image-schema.ts";
import { originSchema } from "./schemas/origin-schema.ts";
import { referenceFactsSchema } from "./schemas/reference-schema.ts";
import { sbomFactsSchema } from "./schemas/sbom-schema.ts";
import { trialFactsSchema } from "./schemas/trial-schema.ts";
import {
  type StoredWorkload,
  storedWorkload,
  workloadFactsSchema,
  workloadOf,
} from "./schemas/workload-schema.ts";

/** Name and version of the format: evidence of another format is refused. */
export const EVIDENCE_FORMAT = "douane/evidence/v3";

export interface ImageEvidence<I = ImageFacts, S = SbomFacts> {
  readonly image: I;
  /** Packages and SBOMs of the image; absent in older evidence, which did not collect them. */
  readonly sbom?: S;
  readonly reference: ReferenceFacts;
  readonly origin: Origin;
}

/** Evidence of one trial, with the binding to its subject. */
export interface TrialEvidence<T = TrialFacts> {
  readonly trial: T;
  /** The container that ran, if the trial counts for several. Absent for an image alone, and in the API. */
  readonly ranAs?: { readonly file: string; readonly document: number; readonly path: string };
  readonly origin: Origin;
}

/** A trial that was matched to the judged subject. */
export interface BoundTrial extends TrialEvidence {
  /** Inputs of the trial that the judged manifest does not declare; never stored. */
  readonly reservations?: readonly Text[];
  /** Further trials of the same container with the same inputs, which count as much; never stored here. */
  readonly others?: readonly BoundTrial[];
}

/** Facts of a manifest. */
export interface WorkloadEvidence<W = WorkloadFacts> {
  readonly workload: W;
  readonly origin: Origin;
}

/** A stored piece of evidence: one kind, with its origin. */
export type EvidencePiece<W = WorkloadFacts, I = ImageFacts, T = TrialFacts, S = SbomFacts> =
  | ({
      readonly kind: "image";
      /** Set if the image was judged by itself, not as part of a workload. */
      readonly alone?: true;
    } & ImageEvidence<I, S>)
  | ({ readonly kind: "trial" } & TrialEvidence<T>)
  | ({ readonly kind: "workload" } & WorkloadEvidence<W>);

/** Piece as read from a file, possibly unmasked by its author. */
type StoredPiece = EvidencePiece<StoredWorkload, RawImage, RawTrial, RawSbom>;

const pieces = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("image"),
    origin: originSchema,
    alone: z.literal(true).exactOptional().meta({
      description: "Judged by itself; else for the workloads whose containers name it by `reference.given`",
    }),
    reference: referenceFactsSchema,
    image: imageFactsSchema,
    sbom: z.exactOptional(sbomFactsSchema).meta({
      description: "The packages that its files state, the SBOMs in it, and how far these name those",
    }),
  }),
  z.strictObject({ kind: z.literal("workload"), origin: originSchema, workload: workloadFactsSchema }),
  z.strictObject({
    kind: z.literal("trial"),
    origin: originSchema,
    ranAs: z
      .strictObject({ file: z.string(), document: z.int().nonnegative(), path: z.string() })
      .exactOptional()
      .meta({ description: "The container, by its manifest's file, document and field path" }),
    trial: trialFactsSchema.meta({
      description:
        "What was seen while a container ran, bound to image, command, directory, user, groups, capabilities, variables and mounts",
    }),
  }),
]);

const piece = exactly<StoredPiece>()(pieces);

/** Evidence in the format of `--save-evidence`: each image is bound to its image id. */
export const evidenceFileSchema = z.strictObject({
  schema: z.literal(EVIDENCE_FORMAT),
  /** Version of douane that collected the evidence. */
  douane: z.string(),
  evidence: z.array(piece),
});

/** Writes the file's text piece by piece: begin, each piece, end. The same evidence gives the same bytes. */
export class EvidenceText {
  #count = 0;

  begin(douane: string): string {
    return `{"schema":${JSON.stringify(EVIDENCE_FORMAT)},"douane":${JSON.stringify(douane)},"evidence":[`;
  }

  add(given: EvidencePiece): string {
    this.#count += 1;
    return `${this.#count === 1 ? "" : ","}\n${visibleJson(ordered(given))}`;
  }

  end(): string {
    return "\n]}\n";
  }
}

/** The piece with its keys in a fixed order, without keys that the format lacks. */
function ordered(given: EvidencePiece): StoredPiece {
  const { kind, origin } = given;
  if (kind === "trial") {
    const { ranAs, trial } = given;
    return { kind, origin, ...(ranAs === undefined ? {} : { ranAs }), trial };
  }
  if (kind === "workload") return { kind, origin, workload: storedWorkload(given.workload) };
  const { alone, reference, image, sbom } = given;
  return {
    kind,
    origin,
    ...(alone === undefined ? {} : { alone }),
    reference,
    image,
    ...(sbom === undefined ? {} : { sbom }),
  };
}

/**
 * Reads evidence that the user passes. The content of evidence is trusted although unsigned; the format is
 * checked.
 *
 * @throws InvalidInputError `evidence-invalid`, which names the file and the invalid field
 */
export function parseEvidence(text: string, file: string): readonly EvidencePiece[] {
  const { douane, evidence } = stored(envelope, parseJson(text, file), [], file);
  // Sequential, so that the first invalid piece is the one reported.
  return evidence.map((one, index) =>
    pieceOf(stored(piece, one, ["evidence", index], file), { by: "handed-in", file, douane }),
  );
}

const envelope = evidenceFileSchema.extend({ evidence: z.array(z.unknown()) });

function stored<T>(schema: z.ZodType<T>, value: unknown, path: readonly PropertyKey[], file: string): T {
  const parsed = parsedBy(schema, value);
  if (parsed?.success === true) return parsed.data;
  const issue = parsed?.error.issues[0];
  const field = [...path, ...(issue?.path ?? [])].join(".") || ".";
  throw invalid(file, `${field}: ${issue?.message ?? "too many problems"}`);
}

function pieceOf(stored: StoredPiece, origin: Origin): EvidencePiece {
  if (stored.kind === "workload")
    return { ...stored, origin, workload: maskWorkload(workloadOf(stored.workload)) };
  if (stored.kind === "image") {
    const { sbom, ...rest } = stored;
    const image = maskImage(stored.image);
    return { ...rest, origin, image, ...(sbom === undefined ? {} : { sbom: maskSbom(sbom) }) };
  }
  return { ...stored, origin, trial: maskTrial(stored.trial) };
}

/** Value of a JSON text in which no object has a key twice: the second trial would hide the first. */
function parseJson(text: string, file: string): unknown {
  const bytes = Buffer.from(text);
  const members = countMembers(bytes, file, { values: text.length, bound: "jsonBytes" });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw invalid(file, syntaxProblem(error), error);
  }
  const key = repeatedKeyOf(bytes, { value, members });
  if (key === undefined) return value;
  throw invalid(file, `${quoted(key)} ×2`);
}

function invalid(file: string, problem: string, cause?: unknown): InvalidInputError {
  return new InvalidInputError(
    "evidence-invalid",
    {
      fr: `${file} n'est pas un fichier de preuves ${EVIDENCE_FORMAT} (${problem}). En écrire un avec « douane check IMAGE --save-evidence FICHIER » ou « douane trial IMAGE --output FICHIER ».`,
      en: `${file} is not an evidence file of format ${EVIDENCE_FORMAT} (${problem}). Write one with \`douane check IMAGE --save-evidence FILE\` or \`douane trial IMAGE --output FILE\`.`,
    },
    { cause },
  );
}
