import { type ImageSubjects, imageSubjects } from "../../attest/attach/image-subjects.ts";
import { randomPause } from "../../attest/attach/shared-tag.ts";
import { attachStatements, attestImage } from "../../attest/attest-image.ts";
import type { Predicate } from "../../attest/in-toto/write-statement.ts";
import type { SigningKey } from "../../attest/keys/signing-key.ts";
import { repairImage } from "../../attest/repair-image.ts";
import { type OpenStore, openStore } from "../../attest/store/open-store.ts";
import { EXIT, UsageError } from "../../contract/error.ts";
import type { Text } from "../../contract/text.ts";
import type { Session } from "../command-line/command.ts";
import { warn } from "../terminal/failure.ts";
import type { AttestValues } from "./flags.ts";
import { type Notary, notarised, requestedNotary } from "./notary.ts";
import { requestedPredicates } from "./predicates.ts";
import { readKey } from "./read-key.ts";
import { type RequestedScans, requestedScans } from "./scans.ts";

/** Statements to be signed, and the key or the notary that signs. */
interface Signing {
  readonly predicates: readonly Predicate[];
  readonly scans: RequestedScans;
  readonly by: SigningKey | Notary;
}

/** `douane attest IMAGE`. Key and files are read before any connection. */
export async function runAttest(
  session: Session,
  values: AttestValues,
  [image, ...others]: readonly string[],
): Promise<number> {
  const { context, lang, quiet } = session;
  if (image === undefined || others.length > 0) throw oneImage();
  const signing = await requestedSigning(session, values, image);
  if (signing === undefined && !values.repair) throw nothingToAttest();
  const lines = await context.catchSignals(() => attestIn(session, values, image, signing));
  if (!quiet) await context.stdout.write(lines.map((line) => `${line[lang]}\n`).join(""));
  return EXIT.admitted;
}

/** Undefined if the options ask for no signature. */
async function requestedSigning(
  { context }: Session,
  values: AttestValues,
  image: string,
): Promise<Signing | undefined> {
  const notary = requestedNotary(context, values, image);
  const stated = await requestedPredicates(context, values);
  const scans = await requestedScans(context, values.scan);
  const predicates = [...stated, ...scans.predicates];
  if (predicates.length === 0 && !values.sign) return undefined;
  return { predicates, scans, by: notary ?? (await readKey(context, values.key)) };
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
    if (values.sbom.length > 0 && platform === undefined && found.platforms.length > 1) {
      throw severalPlatforms(found.platforms);
    }
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
  { store, name }: OpenStore,
  { subjects }: ImageSubjects,
  { predicates, scans, by }: Signing,
): Promise<readonly Text[]> {
  const warnings: Text[] = [...scans.warnings];
  const { sign, layout = "both" } = values;
  const ports = { pause: randomPause, warn: (text: Text) => void warnings.push(text) };
  const attachment = { subjects, reports: scans.reports, layout };
  let keyId: string;
  if ("source" in by) {
    const digests = subjects.map(({ digest }) => digest);
    const statements = await notarised(context, by, values, { repository: name, digests, predicates });
    await attachStatements(store, attachment, statements, ports);
    keyId = statements[0]?.keyId ?? "";
  } else {
    const { unreadBy } = by.algorithm;
    if (unreadBy !== undefined) warnings.push(unreadBy);
    const request = { ...attachment, name, predicates, sign, key: by, now: context.now() };
    await attestImage(store, request, ports);
    keyId = by.id;
  }
  if (!quiet) for (const text of warnings) await warn(text, context, lang);
  const types = [...predicates.map(({ type }) => type), ...(sign ? [SIGNATURE] : [])];
  return subjects.map(({ digest }) => ({
    fr: `${name}@${digest} : ${types.map(textOf("fr")).join(", ")} (clé ${keyId})`,
    en: `${name}@${digest}: ${types.map(textOf("en")).join(", ")} (key ${keyId})`,
  }));
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
    fr: "douane attest : dire quoi attester, par --provenance, --sbom FICHIER, --scan FICHIER, --predicate FICHIER --type URI ou --sign.",
    en: "douane attest: say what to attest, with --provenance, --sbom FILE, --scan FILE, --predicate FILE --type URI or --sign.",
  });
}

function severalPlatforms(platforms: readonly string[]): UsageError {
  const list = platforms.join(", ");
  return new UsageError("sbom-platform", {
    fr: `--sbom décrit une plateforme, et cette image en a plusieurs (${list}). Attester chaque SBOM avec --platform OS/ARCH.`,
    en: `--sbom describes one platform, and this image has several (${list}). Attest each SBOM with --platform OS/ARCH.`,
  });
}
