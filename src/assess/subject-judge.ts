import type { Accepted } from "../contract/acceptance.ts";
import type { EnforcedRows } from "../contract/admission.ts";
import type { DockerfileFacts } from "../contract/dockerfile-facts.ts";
import { inDocumentTime } from "../contract/document-time.ts";
import type { Collected } from "../contract/evidence.ts";
import type { ImageFacts, RawImage } from "../contract/image-facts.ts";
import { type ContainerEvidence, type JudgeOptions, judge } from "../contract/judge.ts";
import type { JudgingFacts } from "../contract/judging-facts.ts";
import { stillMasked } from "../contract/masked.ts";
import type { Origin } from "../contract/origin.ts";
import { containerName, imagePlacements } from "../contract/pod-containers.ts";
import type { JudgedTrial, RawTrial } from "../contract/trial-facts.ts";
import type { EvidenceOrigin, HeldPackages, Subject, Verdict } from "../contract/verdict.ts";
import type { WorkloadFacts } from "../contract/workload-facts.ts";
import type { BoundTrial, ImageEvidence } from "../evidence/file.ts";
import { rulesCoveredBy } from "../evidence/rule-selectors.ts";
import { type BaseName, baseNames, namesBase } from "../policy/bases.ts";
import { ON_DEMAND, type OnDemand, type RuleSet } from "../rules/rule-set.ts";
import type { ImageDocuments } from "./attestations/image-documents.ts";
import type { RunAttestations } from "./attestations/run-attestations.ts";
import { evidenceSize } from "./evidence-size.ts";
import type { ImageVulnerabilities } from "./image-vulnerabilities.ts";
import type { KnownImage } from "./run/known-image.ts";
import { eachTrial } from "./trials/each-trial.ts";
import { originText } from "./trials/origin-text.ts";
import { workloadSubject } from "./workload-subject.ts";

export interface JudgedBy {
  /** Rules for all evidence that the judge will be given. */
  readonly rules: RuleSet;
  /** Minor version of Kubernetes 1.x. */
  readonly minor: number;
  /** Parameters of judging; absent: rules that depend on ages or thresholds are left out. */
  readonly judging?: JudgingFacts;
  /** Vulnerability data; absent if there are none. */
  readonly vulnerabilities?: ImageVulnerabilities;
  /** Attestations of the run's images; absent if the policy requires none. */
  readonly attestations?: Pick<RunAttestations, "of"> & {
    documents(image: ImageFacts, at: string): ImageDocuments | undefined;
  };
  readonly accepted: Accepted;
  readonly enforceFuture: EnforcedRows;
  /** Base images trusted by the policy; absent: base images of well-known publishers. */
  readonly bases?: readonly string[];
  readonly team?: string;
}

/** Evidence of a workload besides its manifest. */
export interface KnownOfWorkload {
  /** Images by the text in the containers. */
  readonly images: ReadonlyMap<string, KnownImage>;
  /** Trials by the container's path in the manifest. */
  readonly trials: ReadonlyMap<string, BoundTrial>;
  /** Origin of the manifest. */
  readonly origin: Origin;
}

/**
 * Evaluates the rules on collected evidence; each method returns the verdict on one kind of subject. No other
 * code runs the rules.
 */
export class SubjectJudge {
  readonly #options: JudgeOptions;
  readonly #kinds: readonly OnDemand[];
  readonly #team: { readonly team?: string };
  readonly #minor: number;
  readonly #bases: readonly BaseName[];
  readonly #always: { readonly judging?: JudgingFacts };

  readonly #vulnerabilities: ImageVulnerabilities | undefined;
  readonly #attestations: JudgedBy["attestations"];

  constructor({
    rules,
    minor,
    judging,
    vulnerabilities,
    attestations,
    accepted,
    enforceFuture,
    bases,
    team,
  }: JudgedBy) {
    this.#kinds = rules.kinds;
    this.#vulnerabilities = vulnerabilities;
    this.#attestations = attestations;
    this.#bases = baseNames(bases);
    this.#options = { rules: rulesCoveredBy(rules.rules), accepted, enforceFuture };
    this.#team = team === undefined ? {} : { team };
    this.#minor = minor;
    this.#always = judging === undefined ? {} : { judging };
  }

  image(known: ImageEvidence, tried: BoundTrial | undefined): Verdict {
    const {
      image,
      reference,
      origin,
      sbom: inventory,
      vulnerabilities,
      attestations,
    } = this.#completed(known);
    const { digest, imageId, platform, source: name } = image;
    const named = { reference: reference.given, imageId, platform };
    const images = [digest === undefined ? named : { ...named, digest }];
    const judged = judgedTrial(tried);
    const trial = judged === undefined ? {} : { trial: judged };
    const sbom = inventory === undefined ? {} : { sbom: inventory };
    const matched = vulnerabilities === undefined ? {} : { vulnerabilities };
    const attested = attestations === undefined ? {} : { attestations };
    const collected = { image, reference, ...sbom, ...matched, ...attested, ...trial };
    const packages = inventory === undefined ? {} : { packages: [{ packages: inventory.packages }] };
    const verdict = { ...this.#judge({ name, images }, [{ collected }], {}), ...packages };
    const evidence: readonly EvidenceOrigin[] = [{ kind: "image", origin }, ...trialOrigin(tried)];
    return { ...verdict, evidence };
  }

  dockerfile(dockerfile: DockerfileFacts, origin: Origin): Verdict {
    const subject = { name: dockerfile.file, images: [] };
    const verdict = this.#judge(subject, [{ collected: { dockerfile } }], {});
    return { ...verdict, evidence: [{ kind: "dockerfile", origin }] };
  }

  workload(workload: WorkloadFacts, { images: known, trials, origin }: KnownOfWorkload): Verdict {
    const images = new Map([...known].map(([text, one]) => [text, this.#completed(one)]));
    const { subject, containers } = workloadSubject(workload, images, ({ path }) =>
      judgedTrial(trials.get(path)),
    );
    const all = imagePlacements(workload);
    const origins = all.flatMap((placement): readonly EvidenceOrigin[] => {
      const container = containerName(placement);
      const known = images.get(placement.spec.image ?? "");
      const ofImage = known?.origin === undefined ? [] : [{ kind: "image", origin: known.origin } as const];
      return [...ofImage, ...trialOrigin(trials.get(placement.path))].map((one) => ({ ...one, container }));
    });
    const held = all.flatMap((placement): readonly HeldPackages[] => {
      const sbom = images.get(placement.spec.image ?? "")?.sbom;
      return sbom === undefined ? [] : [{ container: containerName(placement), packages: sbom.packages }];
    });
    const shared = { workload, cluster: { minor: this.#minor } };
    return {
      ...this.#judge(subject, containers, { shared }),
      ...(held.length === 0 ? {} : { packages: held }),
      evidence: [{ kind: "workload", origin }, ...origins],
    };
  }

  /**
   * Evidence of an image, completed at the time of judging: verified base, attestations, attested documents,
   * vulnerabilities.
   */
  #completed<T extends KnownImage>(known: T): T & Pick<KnownImage, "vulnerabilities" | "attestations"> {
    const { at } = this.#always.judging ?? {};
    const { image } = known;
    if (image === undefined || at === undefined)
      return this.#withVulnerabilities(this.#withTrustedBase(known));
    const attestations = this.#attestations?.of(image, at);
    const documents = this.#attestations?.documents(image, at);
    const { sbom } = known;
    const inventory = documents === undefined || sbom === undefined ? {} : { sbom: documents.sbom(sbom) };
    const whole = this.#withVulnerabilities(this.#withTrustedBase({ ...known, ...inventory }), documents);
    return attestations === undefined ? whole : { ...whole, attestations };
  }

  /**
   * The evidence; its base only if the policy trusts the base, since evidence may come from a run under
   * another policy.
   */
  #withTrustedBase<T extends Pick<KnownImage, "image">>(known: T): T {
    const { image } = known;
    if (image?.base === undefined || namesBase(this.#bases, image.base)) return known;
    const { base: _, ...raw }: RawImage = image;
    return { ...known, image: stillMasked(raw, image) };
  }

  #withVulnerabilities<T extends Pick<KnownImage, "image" | "sbom" | "reference">>(
    known: T,
    documents?: ImageDocuments,
  ): T & Pick<KnownImage, "vulnerabilities"> {
    const { image, sbom, reference } = known;
    if (image === undefined || sbom === undefined || this.#vulnerabilities === undefined) return known;
    const found = this.#vulnerabilities.of(sbom, image);
    const vulnerabilities = documents?.vulnerabilities(found, { image, reference, sbom }) ?? found;
    return { ...known, vulnerabilities };
  }

  #judge(
    subject: Subject,
    containers: readonly ContainerEvidence[],
    more: Pick<JudgeOptions, "shared">,
  ): Verdict {
    const shared = { ...this.#always, ...more.shared };
    const all = [shared, ...containers.map(({ collected }) => collected)];
    this.#assertCovered(all);
    const size = evidenceSize(all);
    return inDocumentTime(size, () => {
      return judge({ ...subject, ...this.#team }, containers, { ...this.#options, shared });
    });
  }

  /** A rule that was not loaded would refute nothing. @throws Error, since it is a bug */
  #assertCovered(all: readonly Collected[]): void {
    for (const kind of ON_DEMAND) {
      if (this.#kinds.includes(kind)) continue;
      if (all.some((collected) => collected[kind] !== undefined)) throw new Error(`no rules for ${kind}`);
    }
  }
}

function judgedTrial(tried: BoundTrial | undefined): JudgedTrial | undefined {
  if (tried === undefined) return undefined;
  const { trial, reservations, others } = tried;
  if (reservations === undefined && others === undefined) return trial;
  const [, ...further] = eachTrial(tried);
  return Object.assign(asJudged(tried), others === undefined ? {} : { others: further.map(asJudged) });
}

function asJudged({ trial, reservations, origin }: BoundTrial): JudgedTrial {
  const raw: RawTrial = trial;
  const source = originText(origin);
  return Object.assign(stillMasked({ ...raw }, trial), {
    source,
    ...(reservations === undefined ? {} : { reservations }),
  });
}

function trialOrigin(tried: BoundTrial | undefined): readonly EvidenceOrigin[] {
  return eachTrial(tried).map(({ origin }) => ({ kind: "trial", origin }));
}
