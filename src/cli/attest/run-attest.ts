import { type ImageSubjects, imageSubjects } from "../../attest/attach/image-subjects.ts";
import { randomPause } from "../../attest/attach/shared-tag.ts";
import { type AttestPorts, attachStatements, attestImage } from "../../attest/attest-image.ts";
import type { Predicate } from "../../attest/in-toto/write-statement.ts";
import type { SigningKey } from "../../attest/keys/signing-key.ts";
import { repairImage } from "../../attest/repair-image.ts";
import { type OpenStore, openStore } from "../../attest/store/open-store.ts";
import { EXIT, UsageError } from "../../contract/error.ts";
import type { Text } from "../../contract/text.ts";
import type { Session } from "../command-line/command.ts";
import type { Context } from "../process/context.ts";
import { warn } from "../terminal/failure.ts";
import type { AttestValues } from "./flags.ts";
import { type Notary, notarised, requestedNotary } from "./notary.ts";
import { requestedPredicates } from "./predicates.ts";
import { openKey } from "./read-key.ts";
import { type RequestedScans, requestedScans } from "./scans.ts";

/** Statements to be signed. */
interface Statements {
  readonly predicates: readonly Predicate[];
  readonly scans: RequestedScans;
}

/** Statements, and the key or the notary that signs them. */
interface Signing extends Statements {
  readonly by: SigningKey | Notary;
}

/** `douane attest IMAGE`. Files are read before any connection, and the key before the registry is asked. */
export async function runAttest(
  session: Session,
  values: AttestValues,
  [image, ...others]: readonly string[],
): Promise<number> {
  const { context, lang, quiet } = session;
  if (image === undefined || others.length > 0) throw oneImage();
  const statements = await requestedStatements(session, values);
  const notary = requestedNotary(context, values, image);
  if (statements === undefined && !values.repair) throw nothingToAttest();
  const lines = await context.catchSignals(async () => {
    if (statements === undefined) return attestIn(session, values, image, undefined);
    if (notary !== undefined) return attestIn(session, values, image, { ...statements, by: notary });
    const { key, close } = await openKey(context, values.key, values.caFile);
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
  { context }: Session,
  values: AttestValues,
): Promise<Statements | undefined> {
  const stated = await requestedPredicates(context, values);
  const scans = await requestedScans(context, values.scan);
  const predicates = [...stated, ...scans.predicates];
  return predicates.length === 0 && !values.sign ? undefined : { predicates, scans };
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
  place: OpenStore,
  { subjects }: ImageSubjects,
  signing: Signing,
): Promise<readonly Text[]> {
  const warnings: Text[] = [...signing.scans.warnings];
  const ports = { pause: randomPause, warn: (text: Text) => void warnings.push(text) };
  const keyId = await signBy({ context, values, place, subjects, ports }, signing);
  if (!quiet) for (const text of warnings) await warn(text, context, lang);
  const { predicates } = signing;
  const types = [...predicates.map(({ type }) => type), ...(values.sign ? [SIGNATURE] : [])];
  return subjects.map(({ digest }) => ({
    fr: `${place.name}@${digest} : ${types.map(textOf("fr")).join(", ")} (clé ${keyId})`,
    en: `${place.name}@${digest}: ${types.map(textOf("en")).join(", ")} (key ${keyId})`,
  }));
}

/** Signs and attaches. @returns the id of the key that signed */
async function signBy(
  run: {
    readonly context: Context;
    readonly values: AttestValues;
    readonly place: OpenStore;
    readonly subjects: ImageSubjects["subjects"];
    readonly ports: AttestPorts;
  },
  { predicates, scans, by }: Signing,
): Promise<string> {
  const { context, values, subjects, ports } = run;
  const { store, name } = run.place;
  const attachment = { subjects, reports: scans.reports, layout: values.layout ?? "both" };
  if ("source" in by) {
    const digests = subjects.map(({ digest }) => digest);
    const statements = await notarised(context, by, values, { repository: name, digests, predicates });
    await attachStatements(store, attachment, statements, ports);
    return statements[0]?.keyId ?? "";
  }
  if (by.algorithm.unreadBy !== undefined) ports.warn(by.algorithm.unreadBy);
  const request = { ...attachment, name, predicates, sign: values.sign, key: by, now: context.now() };
  await attestImage(store, request, ports);
  return by.id;
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
