import type { AcceptancePlace } from "../contract/acceptance-scope.ts";
import type { EnforcedRows } from "../contract/admission.ts";
import type { AttestationFacts } from "../contract/attestation-facts.ts";
import type { DockerfileFacts } from "../contract/dockerfile-facts.ts";
import { declaringFile } from "../contract/object-location.ts";
import { excerpt } from "../contract/shown.ts";
import type { Text } from "../contract/text.ts";
import type { RowVerdict, Verdict } from "../contract/verdict.ts";
import type { WorkloadFacts } from "../contract/workload-facts.ts";
import type { BoundTrial, EvidencePiece, ImageEvidence } from "../evidence/file.ts";
import { enforcedRows } from "../policy/enforced-rows.ts";
import type { RuleSet } from "../rules/rule-set.ts";
import type { ImageDocuments } from "./attestations/image-documents.ts";
import { isBuiltFrom } from "./built-image.ts";
import { withFailedTrial } from "./failed-trial.ts";
import type { ImageVulnerabilities } from "./image-vulnerabilities.ts";
import { judgingFacts } from "./judging-facts.ts";
import { linkedDockerfile } from "./linked-dockerfile.ts";
import { withPositions } from "./positions.ts";
import type { Assessment } from "./run/assessment.ts";
import type { KnownImage } from "./run/known-image.ts";
import { SubjectJudge } from "./subject-judge.ts";
import type { Subjects, SubjectWorkload } from "./subjects.ts";
import { eachTrial } from "./trials/each-trial.ts";

/** A judged subject. */
export interface Assessed {
  readonly verdict: Verdict;
  /** Evidence of the verdict, as stored; an image of several subjects is included once. */
  readonly evidence: readonly EvidencePiece[];
  /** Places that an acceptance may be bound to: the subject as a whole, and each of its images. */
  readonly places: readonly AcceptancePlace[];
  /**
   * Documents of an image judged by itself, attested by signers of the policy; absent if the run did not
   * search for documents.
   */
  readonly documents?: ImageDocuments;
  /** Judged attestations of an image judged by itself; absent if the run did not search for attestations. */
  readonly attestations?: AttestationFacts;
}

/** Collects the evidence of a subject, has the subject judged, and releases the evidence. */
export class SubjectAssessor {
  readonly #assessment: Assessment;
  readonly #subjects: Subjects;
  readonly #judge: SubjectJudge;
  readonly #enforced: EnforcedRows;
  /** Images whose evidence was already returned, by the text that names them. */
  readonly #given = new Set<string>();
  /** Dockerfiles with the images that were built from them, in the order of the verdicts. */
  readonly #built: { dockerfile: DockerfileFacts; verdict: Verdict; reference: string }[] = [];
  #hasImages = false;

  /**
   * @param rules rules for the evidence of all subjects
   * @param vulnerabilities absent without vulnerability data
   */
  constructor(
    assessment: Assessment,
    subjects: Subjects,
    rules: RuleSet,
    vulnerabilities: ImageVulnerabilities | undefined,
  ) {
    const { policy, minor, team } = assessment.request;
    const { acceptedFindings: acceptances = [], bases } = policy;
    const accepted = { acceptances, today: assessment.ports.today };
    this.#assessment = assessment;
    this.#enforced = enforcedRows(policy, assessment.ports.today);
    this.#subjects = subjects;
    this.#judge = new SubjectJudge({
      rules,
      minor,
      judging: judgingFacts(policy, assessment.ports),
      enforceFuture: this.#enforced,
      accepted,
      ...(vulnerabilities === undefined ? {} : { vulnerabilities }),
      ...(assessment.attestations === undefined ? {} : { attestations: assessment.attestations }),
      ...(bases === undefined ? {} : { bases }),
      ...(team === undefined ? {} : { team }),
    });
  }

  async workload({ facts, locate, origin }: SubjectWorkload): Promise<Assessed> {
    const { images, trials } = this.#subjects;
    const known = await images.of(facts);
    const tried = (await trials?.ofWorkload(facts, known, origin)) ?? new Map<string, BoundTrial>();
    const judged = {
      ...this.#judge.workload(facts, { images: known, trials: tried, origin }),
      ...(tried.size === 0 ? {} : { trials: (await triedContainers()).triedWorkload(facts, tried) }),
    };
    const isRead = [...known.values()].some((one) => one.image !== undefined);
    const verdict = isRead ? this.#asTried(judged, tried.size > 0) : judged;
    this.#link(known.values(), verdict);
    images.release(facts);
    const file = declaringFile(facts.at);
    return {
      verdict:
        file === undefined || locate === undefined
          ? verdict
          : withPositions(verdict, file, locate, this.#locates),
      evidence: [
        { kind: "workload", origin, workload: facts },
        ...this.#imagePieces(known),
        ...[...tried.values()].flatMap(eachTrial).map((one) => ({ kind: "trial", ...one }) as const),
      ],
      places: [{ workload: facts }, ...[...known.values()].map((one) => placeOf(one, facts))],
    };
  }

  /**
   * Judges a Dockerfile, after the images that were possibly built from it. The Dockerfile's facts are not
   * stored, since the file is available whenever it is judged.
   */
  async dockerfile(facts: DockerfileFacts): Promise<Assessed> {
    const verdict = this.#judge.dockerfile(facts, this.#assessment.origin);
    const built = this.#built.find(({ dockerfile }) => dockerfile === facts);
    if (built === undefined) {
      if (this.#hasImages) await this.#assessment.warn(UNLINKED(excerpt(facts.file)));
      return { verdict, evidence: [], places: [] };
    }
    const linked = linkedDockerfile(verdict, built.verdict, built.reference, this.#enforced);
    return { verdict: linked, evidence: [], places: [] };
  }

  /** The verdict, adapted if a requested trial of the subject failed. */
  #asTried(verdict: Verdict, isTried: boolean): Verdict {
    return this.#assessment.request.tryImages && !isTried ? withFailedTrial(verdict) : verdict;
  }

  /** Finds the Dockerfiles that built these images. */
  #link(images: Iterable<Pick<KnownImage, "image" | "reference">>, verdict: Verdict): void {
    for (const { image, reference } of images) {
      if (image === undefined) continue;
      this.#hasImages = true;
      for (const dockerfile of this.#subjects.dockerfiles) {
        if (isBuiltFrom(dockerfile, image)) {
          this.#built.push({ dockerfile, verdict, reference: reference.given });
        }
      }
    }
  }

  async image(image: ImageEvidence): Promise<Assessed> {
    const tried = await this.#subjects.trials?.ofImage(image);
    const judged = {
      ...this.#judge.image(image, tried),
      ...(tried === undefined ? {} : { trials: (await triedContainers()).triedImage(tried) }),
    };
    const verdict = this.#asTried(judged, tried !== undefined);
    this.#link([image], verdict);
    const { judgedAt, attestations: ofRun } = this.#assessment;
    const documents = ofRun?.documents(image.image, judgedAt);
    const attestations = ofRun?.of(image.image, judgedAt);
    return {
      verdict,
      ...(documents === undefined ? {} : { documents }),
      ...(attestations === undefined ? {} : { attestations }),
      evidence: [
        { kind: "image", alone: true, ...image },
        ...eachTrial(tried).map((one) => ({ kind: "trial", ...one }) as const),
      ],
      places: [placeOf(image)],
    };
  }

  readonly #locates = (row: RowVerdict): boolean => {
    const { workloads, dockerfiles, images } = this.#subjects;
    const count = workloads.length + dockerfiles.length + images.given.length;
    return this.#assessment.request.locates?.(row, count) ?? true;
  };

  #imagePieces(known: ReadonlyMap<string, KnownImage>): readonly EvidencePiece[] {
    const pieces: EvidencePiece[] = [];
    for (const [text, { image, reference, origin, sbom }] of known) {
      if (image === undefined || origin === undefined || this.#given.has(text)) continue;
      this.#given.add(text);
      const whole = sbom === undefined ? {} : { sbom };
      pieces.push({ kind: "image", origin, reference, image, ...whole });
    }
    return pieces;
  }
}

/** Module that reads observations of trials; loaded only if there are trials. */
function triedContainers() {
  return import("./trials/tried-containers.ts");
}

function placeOf(
  { image, reference }: Pick<KnownImage, "image" | "reference">,
  workload?: WorkloadFacts,
): AcceptancePlace {
  return {
    reference,
    ...(image === undefined ? {} : { image }),
    ...(workload === undefined ? {} : { workload }),
  };
}

/** Note for a Dockerfile that built none of the images beside it, so that its own image is unknown. */
const UNLINKED = (file: string): Text => ({
  fr: `${file} : aucune des images jugées ici n'a été construite par ce Dockerfile dans son état actuel (leur historique diffère) ; il est jugé seul et reste à prouver. Construire l'image et la vérifier avec lui, ou ne nommer que les manifestes.`,
  en: `${file}: none of the images judged here was built by this Dockerfile as it stands (their history differs); it is judged by itself and stays unproven. Build the image and check it together with the file, or name the manifests alone.`,
});
