import { resolve } from "node:path";
import { type VerifiedImage, verifyImage } from "../../assess/attestations/verify-image.ts";
import type { CertificateAuthority } from "../../contract/certificate-policy.ts";
import { EXIT, UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { worst } from "../../contract/worst.ts";
import type { Session } from "../command-line/command.ts";
import { writeFormats } from "../command-line/write-formats.ts";
import { judgingTime } from "../process/judging-time.ts";
import { VERSION } from "../process/version.ts";
import { openPolicy } from "../settings/open-policy.ts";
import { targetsOf } from "../vulns/formats.ts";
import type { VerifyValues } from "./flags.ts";
import { verifyJson } from "./verify-json.ts";
import { verifyTable } from "./verify-table.ts";

/** `douane verify IMAGE --policy FILE`. */
export async function runVerify(
  session: Session,
  values: VerifyValues,
  [image, ...others]: readonly string[],
): Promise<number> {
  const { context } = session;
  if (others.length > 0) throw oneImage();
  if (values.updateRoot) {
    // Only this command loads the TUF client.
    const { updateRoots } = await import("./update-root.ts");
    await updateRoots(session, values);
    if (image === undefined) return EXIT.admitted;
  } else if ([values.tufMirror, values.tufRoot, values.trustedRoot].some((one) => one !== undefined)) {
    throw withoutUpdate();
  }
  if (image === undefined) throw oneImage();
  const { env, cwd, signal } = context;
  const policy = await attestedPolicy(session, values);
  await warnOfRoots(session, policy.attestations.authorities, values.policy);
  const { insecureRegistry, caFile, rebuilt, at = judgingTime(context).judgedAt } = values;
  const platform = policy.platform ?? values.platform;
  const targets = targetsOf(values.format);
  const explain = values.explain || session.verbose;
  const verified = await verifyImage({
    image,
    policy,
    at,
    signatures: explain || targets.some(({ format }) => format.name === "json"),
    cwd,
    env,
    signal,
    insecureRegistries: insecureRegistry,
    douane: VERSION,
    ...(rebuilt === undefined ? {} : { rebuilt }),
    ...(platform === undefined ? {} : { platform }),
    ...(caFile === undefined ? {} : { caFile: resolve(cwd, caFile) }),
  });
  await writeFormats(session, targets, ({ name }, options) =>
    name === "json" ? verifyJson(verified, at) : verifyTable(verified, { ...options, explain }),
  );
  return exitOf(verified);
}

function exitOf({ rows, enforced }: VerifiedImage): number {
  const answers = rows.filter(({ id }) => enforced.some((one) => one === id)).map(({ answer }) => answer);
  if (answers.length === 0) return EXIT.admitted;
  const answer = worst(answers);
  if (answer === "no") return EXIT.refused;
  return answer === "unproven" ? EXIT.unproven : EXIT.admitted;
}

async function attestedPolicy(session: Session, values: VerifyValues) {
  const { policy: file } = values;
  if (file === undefined) throw withoutPolicy();
  const { attestations, ...others } = await openPolicy(session, { ...values, policy: file });
  if (attestations === undefined) throw withoutSection(file);
  return { ...others, attestations };
}

async function warnOfRoots(
  session: Session,
  authorities: readonly CertificateAuthority[] = [],
  policy?: string,
): Promise<void> {
  const roots = authorities.filter((one) => one.kind === "sigstore");
  if (roots.length === 0) return;
  const { warnOfRootEnds } = await import("./root-warnings.ts");
  await warnOfRootEnds(session, roots, policy?.startsWith("oci://") === true ? undefined : policy);
}

function withoutUpdate(): UsageError {
  return new UsageError("tuf-options", {
    fr: "--tuf-mirror, --tuf-root et --trusted-root accompagnent --update-root.",
    en: "--tuf-mirror, --tuf-root and --trusted-root go with --update-root.",
  });
}

function oneImage(): UsageError {
  return new UsageError("image-missing", {
    fr: "douane verify : nommer une image, registre/nom@sha256:… ou oci:RÉPERTOIRE.",
    en: "douane verify: name one image, registry/name@sha256:… or oci:FOLDER.",
  });
}

function withoutPolicy(): UsageError {
  return new UsageError("policy-missing", {
    fr: "douane verify : donner la politique de la plateforme (--policy douane.yaml). Sans elle, aucune signature ne vaut plus qu'une autre.",
    en: "douane verify: give the platform's policy (--policy douane.yaml). Without it no signature is worth more than another.",
  });
}

function withoutSection(file: string): UsageError {
  return new UsageError("policy-without-attestations", {
    fr: `${quoted(file)} n'a pas de section attestations : elle ne dit pas qui peut signer quoi. L'ajouter (« douane schema policy »).`,
    en: `${quoted(file)} has no section attestations: it does not say who may sign what. Add it (\`douane schema policy\`).`,
  });
}
