import { createHash } from "node:crypto";
import type { Digest } from "../../contract/image-facts.ts";
import { excerpt, quoted } from "../../contract/shown.ts";
import { fieldsOf } from "../../json/fields.ts";
import type { Envelope } from "../dsse/envelope.ts";
import { envelopeBy } from "../dsse/sign-envelope.ts";
import { PROVENANCE_TYPE, STATEMENT_TYPE } from "../in-toto/statement.ts";
import { type Predicate, statementBytes } from "../in-toto/write-statement.ts";
import type { SigningKey } from "../keys/signing-key.ts";
import { SCAN_EXTENSION } from "../predicates/scan-result.ts";
import { type Application, applicationOf } from "./application.ts";
import { githubJob } from "./github-job.ts";
import { gitlabJob } from "./gitlab-job.ts";
import type { Job } from "./job.ts";
import type { IssuerKeys } from "./jwks.ts";
import { notarisedProvenance } from "./notarised-slsa-provenance.ts";
import { NOTARY_FIELD, notaryRecord } from "./notary-record.ts";
import { NotaryRefusal } from "./refusal.ts";
import { type NotaryRequest, parseRequest, requestedPairs } from "./request.ts";
import type { TokenUses } from "./token-uses.ts";
import type { TrustedIssuer } from "./trusted-issuer.ts";
import { type VerifiedToken, verifyToken } from "./verify-jwt.ts";

/**
 * Difference between the clocks of job and notary that is accepted, in milliseconds. Less than a verifier's
 * (CLOCK_SKEW_MS of policy/age.ts), so that every scan that the notary signs passes there; more than verifyToken()
 * accepts, so that no token is forgotten while it may be shown again.
 */
const CLOCK_SKEW_MS = 120_000;

/** Part of the platform's policy that the notary obeys. */
export interface NotaryPolicy {
  readonly issuers: readonly TrustedIssuer[];
  readonly applications: readonly Application[];
}

export interface NotaryPorts {
  readonly keys: IssuerKeys;
  readonly uses: TokenUses;
  /** Returns the digests that the repository does not have. No other port connects to a registry. */
  readonly absent: (repository: string, digests: readonly Digest[]) => Promise<readonly Digest[]>;
  readonly key: SigningKey;
  /** Returns the current time in milliseconds since 1970. */
  readonly now: () => number;
}

/** A signed statement about one digest. */
export interface SignedStatement {
  readonly digest: Digest;
  readonly predicateType: string;
  /** Id of the key that signed. */
  readonly keyId: string;
  readonly envelope: Envelope;
}

/** Reads the request's body, once the token is verified. */
export type ReadBody = () => Promise<Uint8Array>;

/**
 * Signs statements about an image for a CI job that shows its identity token. Builder, source, commit and
 * pipeline of a provenance come from the token, whatever the job states. Repeating a request with the same
 * token gives the same statements (ECDSA: with another signature); another request with this token is
 * refused.
 *
 * A job of an unprotected reference or of a merge request gets statements that say so and that prove no row.
 *
 * @param readBody reads the request as JSON; not called if the token is refused
 * @throws NotaryRefusal; UnavailableError if issuer, registry or store cannot be reached
 */
export async function notarise(
  token: string,
  readBody: ReadBody,
  { policy, ports }: { readonly policy: NotaryPolicy; readonly ports: NotaryPorts },
): Promise<readonly SignedStatement[]> {
  const verified = await verifyToken(token, { issuers: policy.issuers, keys: ports.keys, now: ports.now() });
  const job = jobOf(verified);
  const { issuer, issued } = verified;
  verifyRemembered(verified, ports.uses);
  const body = await readBody();
  const request = parseRequest(body);
  const application = applicationOf(policy.applications, { job, issuer, repository: request.repository });
  verifyPredicates(request, application, job, ports.now());
  await verifyPresent(request, ports);
  await verifyFirstUse(verified, body, ports);
  const about = { request, job, issuer, issued, key: ports.key };
  const signing = requestedPairs(request).map(({ digest, statement }) =>
    signed({ ...about, digest }, statement),
  );
  return Promise.all(signing);
}

function jobOf({ issuer, claims }: VerifiedToken): Job {
  return issuer.kind === "gitlab" ? gitlabJob(claims, issuer.url) : githubJob(claims, issuer.url);
}

function verifyPredicates(
  { statements }: NotaryRequest,
  application: ReturnType<typeof applicationOf>,
  job: Job,
  now: number,
): void {
  for (const { predicateType, predicate } of statements) {
    if (!application.predicates.includes(predicateType)) throw notAllowed(predicateType, job);
    // The notary fills provenance of the current version from the token. In other versions, the job itself would state
    // builder and source.
    if (predicateType.startsWith("https://slsa.dev/provenance/") && predicateType !== PROVENANCE_TYPE)
      throw otherProvenance(predicateType);
    const ended = Date.parse(String(fieldsOf(predicate[SCAN_EXTENSION])["finishedOn"]));
    if (ended > now + CLOCK_SKEW_MS) throw futureScan(ended);
    const commits = [predicate["commit"], fieldsOf(predicate[SCAN_EXTENSION])["commit"]];
    const isOther = commits.some((commit) => commit !== undefined && commit !== job.commit);
    if (application.isSource && isOther) throw otherCommit(job);
  }
}

async function verifyPresent({ repository, digests }: NotaryRequest, { absent }: NotaryPorts): Promise<void> {
  const [first] = await absent(repository, digests);
  if (first !== undefined) throw digestAbsent(first, repository);
}

/** Refuses a token that may have been used before uses were recorded. */
function verifyRemembered({ issued }: VerifiedToken, { since }: TokenUses): void {
  if (issued >= Math.floor(since / 1_000) * 1_000) return;
  throw new NotaryRefusal(401, "token-before-start", {
    fr: "ce jeton a été émis avant que le notaire ne note les jetons utilisés : rien ne dit s'il a déjà servi. Relancer le job.",
    en: "this token was issued before the notary began to record used tokens, so that nobody can tell whether it has been used. Run the job again.",
  });
}

async function verifyFirstUse(
  { issuer, id, expires }: VerifiedToken,
  bytes: Uint8Array,
  { uses, now }: NotaryPorts,
): Promise<void> {
  const body = createHash("sha256").update(bytes).digest("hex");
  // An expired token is accepted within the tolerated difference of clocks, so its use is remembered until
  // then.
  const use = { token: `${issuer.url} ${id}`, body, forgetAt: expires + CLOCK_SKEW_MS };
  const first = await uses.record(use, now());
  if (first.body !== body) throw REUSED();
}

async function signed(
  about: {
    readonly digest: Digest;
    readonly request: NotaryRequest;
    readonly job: Job;
    readonly issuer: TrustedIssuer;
    readonly issued: number;
    readonly key: SigningKey;
  },
  { predicateType, predicate }: NotaryRequest["statements"][number],
): Promise<SignedStatement> {
  const { digest, request, job, issuer, issued, key } = about;
  const stated = predicateType === PROVENANCE_TYPE ? notarisedProvenance(job, predicate, issued) : predicate;
  // The notary's own field overwrites a field that the job may have written.
  const content = { ...stated, [NOTARY_FIELD]: notaryRecord(job, issuer) };
  const full: Predicate = { type: predicateType, content };
  const payload = statementBytes({ name: request.repository, digest }, full);
  const envelope = await envelopeBy(key, STATEMENT_TYPE, payload);
  return { digest, predicateType, keyId: key.id, envelope };
}

function otherProvenance(type: string): NotaryRefusal {
  return new NotaryRefusal(400, "provenance-type", {
    fr: `le notaire remplit et signe les provenances ${PROVENANCE_TYPE} seulement ; ${quoted(type)} serait la parole du job. Passer --provenance.`,
    en: `the notary fills and signs provenances of type ${PROVENANCE_TYPE} only; ${quoted(type)} would be the job's word. Pass --provenance.`,
  });
}

function futureScan(ended: number): NotaryRefusal {
  const time = new Date(ended).toISOString();
  return new NotaryRefusal(400, "scan-in-future", {
    fr: `une analyse se termine le ${time}, après l'heure du notaire : attester quand elle est terminée, ou corriger l'horloge qui l'a datée.`,
    en: `a scan ends on ${time}, later than the notary's clock: attest when it has ended, or set right the clock that dated it.`,
  });
}

function notAllowed(type: string, { project }: Job): NotaryRefusal {
  const seen = quoted(excerpt(type));
  return new NotaryRefusal(403, "predicate-not-allowed", {
    fr: `la politique ne laisse pas le projet ${quoted(project)} déclarer ${seen} de cette image. Demander à la plateforme d'ajouter ce type à l'application.`,
    en: `the policy does not let the project ${quoted(project)} state ${seen} of this image. Ask the platform to add this type to the application.`,
  });
}

function otherCommit({ commit }: Job): NotaryRefusal {
  return new NotaryRefusal(403, "commit-differs", {
    fr: `un rapport parle d'un autre commit que celui du job (${commit}). Joindre le rapport du même pipeline.`,
    en: `a report is about another commit than the job's (${commit}). Attach the report of the same pipeline.`,
  });
}

function digestAbsent(digest: Digest, repository: string): NotaryRefusal {
  return new NotaryRefusal(404, "digest-absent", {
    fr: `${repository} n'a pas ${digest}. Pousser l'image avant de l'attester, et nommer l'empreinte que le registre a rendue.`,
    en: `${repository} has no ${digest}. Push the image before attesting it, and name the digest that the registry returned.`,
  });
}

const REUSED = () =>
  new NotaryRefusal(409, "token-reused", {
    fr: "ce jeton a déjà servi à une autre demande. Demander toutes les déclarations d'un job en une fois, ou un nouveau jeton par demande.",
    en: "this token has been used for another request. Ask for all statements of a job at once, or use a new token for each request.",
  });
