import { type ImageSubjects, imageSubjects } from "../../attest/attach/image-subjects.ts";
import { randomPause } from "../../attest/attach/shared-tag.ts";
import { type AttestPorts, attachStatements, attestImage } from "../../attest/attest-image.ts";
import { isAbout, type Predicate } from "../../attest/in-toto/write-statement.ts";
import { assertedJob } from "../../attest/predicates/asserted-slsa-provenance.ts";
import { repairImage } from "../../attest/repair-image.ts";
import { type OpenStore, openStore } from "../../attest/store/open-store.ts";
import type { Signer } from "../../attest/witness/signer.ts";
import { EXIT, UnavailableError, UsageError } from "../../contract/error.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { Session } from "../command-line/command.ts";
import type { Context } from "../process/context.ts";
import { warn } from "../terminal/failure.ts";
import type { AttestValues } from "./flags.ts";
import { type Notary, notarised, requestedNotary } from "./notary.ts";
import { openSigner } from "./open-signer.ts";
import { placedPredicates, type RequestedPredicate } from "./placed-predicates.ts";
import { requestedPredicates } from "./predicates.ts";
import { type RequestedScans, requestedScans } from "./scans.ts";
import { requestedTrials } from "./trials.ts";
import type { RequestedVerdict } from "./verdict.ts";

/** Statements to be signed. */
interface Statements {
  readonly requested: readonly RequestedPredicate[];
  readonly scans: RequestedScans;
  readonly verdict?: RequestedVerdict;
}

/** Statements, and the key or the notary that signs them. */
interface Signing extends Statements {
  readonly by: Signer | Notary;
}

/** `douane attest IMAGE`. Files are read before any connection, and the key before the registry is asked. */
export async function runAttest(
  session: Session,
  values: AttestValues,
  [image, ...others]: readonly string[],
): Promise<number> {
  const { context, lang, quiet } = session;
  if (image === undefined || others.length > 0) throw oneImage();
  const notary = await requestedNotary(context, values, image);
  const statements = await requestedStatements(session, values, image);
  if (statements === undefined && !values.repair) throw nothingToAttest();
  const lines = await context.catchSignals(async () => {
    if (statements === undefined) return attestIn(session, values, image, undefined);
    if (notary !== undefined) return attestIn(session, values, image, { ...statements, by: notary });
    const { key, close } = await openSigner(context, values);
    try {
      return await attestIn(session, values, image, { ...statements, by: key });
    } finally {
      await close();
    }
  });
  if (!quiet) await context.stdout.write(lines.map((line) => `${line[lang]}\n`).join(""));
  return EXIT.admitted;
}

/** Undefined if the options ask for no signature. */
async function requestedStatements(
  session: Session,
  values: AttestValues,
  image: string,
): Promise<Statements | undefined> {
  const { context } = session;
  const stated = await requestedPredicates(context, values);
  // The notary records the job itself.
  const job = values.via === undefined ? assertedJob(context.env, values) : undefined;
  const scans = await requestedScans(context, values.scan, job);
  const trials = await requestedTrials(context, values.trial);
  const scanned = scans.predicates.map((predicate) => ({ predicate }));
  const requested = [...stated, ...scanned, ...trials];
  if (!values.verdict) return requested.length === 0 && !values.sign ? undefined : { requested, scans };
  // Judging loads the rules, which only a verdict's statement needs.
  const { requestedVerdict } = await import("./verdict.ts");
  const verdict = await context.catchSignals(() => requestedVerdict(session, values, image));
  return { requested: [...requested, { predicate: verdict.predicate }], scans, verdict };
}

async function attestIn(
  session: Session,
  values: AttestValues,
  image: string,
  signing: Signing | undefined,
): Promise<readonly Text[]> {
  const { env, cwd, signal } = session.context;
  const { insecureRegistry, caFile, platform } = values;
  const place = openStore(image, {
    env,
    cwd,
    signal,
    insecureRegistries: insecureRegistry,
    ...(caFile === undefined ? {} : { caFile }),
  });
  try {
    const found = await imageSubjects(place.store, place.reference, platform);
    const option = optionOfOnePlatform(values);
    if (option !== undefined && platform === undefined && found.platforms.length > 1) {
      throw severalPlatforms(option, found.platforms);
    }
    verifyJudged(found, signing?.verdict);
    const done = signing === undefined ? [] : await signAll(session, values, place, found, signing);
    if (values.repair)
      for (const { digest } of found.subjects) await repairImage(place.store, digest, randomPause);
    return values.repair ? [...done, REPAIRED] : done;
  } finally {
    await place.close();
  }
}

async function signAll(
  { context, lang, quiet }: Session,
  values: AttestValues,
  place: OpenStore,
  found: ImageSubjects,
  signing: Signing,
): Promise<readonly Text[]> {
  const { subjects } = found;
  const warnings: Text[] = [...signing.scans.warnings, ...(signing.verdict?.warnings ?? [])];
  const ports = { pause: randomPause, warn: (text: Text) => void warnings.push(text) };
  const predicates = await placedPredicates(place.store, found, signing.requested);
  const signer = await signBy({ context, values, place, subjects, ports, predicates }, signing);
  if (!quiet) for (const text of warnings) await warn(text, context, lang);
  return subjects.flatMap(({ digest }) => {
    const stated = predicates.filter((one) => isAbout(one, digest)).map(({ type }) => type);
    const types = [...stated, ...(values.sign ? [SIGNATURE] : [])];
    if (types.length === 0) return [];
    return [
      {
        fr: `${place.name}@${digest} : ${types.map(textOf("fr")).join(", ")} (${signer.fr})`,
        en: `${place.name}@${digest}: ${types.map(textOf("en")).join(", ")} (${signer.en})`,
      },
    ];
  });
}

/**
 * Signs the predicates and attaches the statements.
 *
 * @returns name of the key or identity that signed
 */
async function signBy(
  run: {
    readonly context: Context;
    readonly values: AttestValues;
    readonly place: OpenStore;
    readonly subjects: ImageSubjects["subjects"];
    readonly ports: AttestPorts;
    readonly predicates: readonly Predicate[];
  },
  { scans, by }: Signing,
): Promise<Text> {
  const { context, values, subjects, ports, predicates } = run;
  const { store, name } = run.place;
  const attachment = { subjects, reports: scans.reports, layout: values.layout ?? "both" };
  if ("source" in by) {
    const digests = subjects.map(({ digest }) => digest);
    const statements = await notarised(context, by, values, { repository: name, digests, predicates });
    await attachStatements(store, attachment, statements, ports);
    return signerText({ id: statements[0]?.keyId ?? "" });
  }
  if (by.algorithm.unreadBy !== undefined) ports.warn(by.algorithm.unreadBy);
  const request = { ...attachment, name, predicates, sign: values.sign, key: by, now: context.now() };
  await attestImage(store, request, ports);
  return signerText(by);
}

function signerText({ id, identity }: Pick<Signer, "id" | "identity">): Text {
  if (identity === undefined) return { fr: `clé ${id}`, en: `key ${id}` };
  const seen = excerpt(identity);
  return { fr: `identité ${seen}`, en: `identity ${seen}` };
}

const SIGNATURE: Text = { fr: "signature de l'image", en: "signature of the image" };

function textOf(lang: keyof Text): (type: string | Text) => string {
  return (type) => (typeof type === "string" ? type : type[lang]);
}

const REPAIRED: Text = {
  fr: "listes partagées complètes",
  en: "shared lists complete",
};

function oneImage(): UsageError {
  return new UsageError("image-missing", {
    fr: "douane attest : nommer une image, registre/nom:tag ou oci:RÉPERTOIRE.",
    en: "douane attest: name one image, registry/name:tag or oci:FOLDER.",
  });
}

function nothingToAttest(): UsageError {
  return new UsageError("attest-nothing", {
    fr: "douane attest : dire quoi attester, par --provenance, --sbom FICHIER, --scan FICHIER, --trial FICHIER, --verdict, --predicate FICHIER --type URI ou --sign.",
    en: "douane attest: say what to attest, with --provenance, --sbom FILE, --scan FILE, --trial FILE, --verdict, --predicate FILE --type URI or --sign.",
  });
}

/** Option whose statement is about one platform of the image; undefined if none is used. */
function optionOfOnePlatform({ sbom, verdict }: AttestValues): "--verdict" | "--sbom" | undefined {
  if (verdict) return "--verdict";
  return sbom.some(({ platform }) => platform === undefined) ? "--sbom" : undefined;
}

function severalPlatforms(option: "--verdict" | "--sbom", platforms: readonly string[]): UsageError {
  const list = platforms.join(", ");
  const form = option === "--sbom" ? FORM_OF_SBOM : FORM_OF_VERDICT;
  return new UsageError("sbom-platform", {
    fr: `${option} porte sur une plateforme, et cette image en a plusieurs (${list}). ${form.fr}`,
    en: `${option} is about one platform, and this image has several (${list}). ${form.en}`,
  });
}

const FORM_OF_SBOM: Text = {
  fr: "Dire laquelle, pour chaque SBOM : --sbom FICHIER,platform=OS/ARCH ; ou n'attester qu'elle : --platform OS/ARCH.",
  en: "Say which for each SBOM: --sbom FILE,platform=OS/ARCH; or attest that one alone: --platform OS/ARCH.",
};
const FORM_OF_VERDICT: Text = {
  fr: "Attester chacune avec --platform OS/ARCH.",
  en: "Attest each with --platform OS/ARCH.",
};

/** Refuses to attest a verdict on another image than the one that was judged: a tag may move in between. */
function verifyJudged({ subjects }: ImageSubjects, verdict: RequestedVerdict | undefined): void {
  const other = verdict && subjects.find(({ digest }) => !verdict.digests.includes(digest));
  if (other === undefined) return;
  throw new UnavailableError("image-moved", {
    fr: `l'image a changé pendant le jugement (${other.digest} n'a pas été jugé). Recommencer, en la nommant par son empreinte.`,
    en: `the image changed while it was judged (${other.digest} was not judged). Try again, and name it by its digest.`,
  });
}
