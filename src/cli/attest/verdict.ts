import { resolve } from "node:path";
import { imageVerdict } from "../../assess/image-verdict.ts";
import type { Predicate } from "../../attest/in-toto/write-statement.ts";
import { verdictPredicate } from "../../attest/predicates/verdict.ts";
import { UsageError } from "../../contract/error.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { CheckEvents } from "../check/events.ts";
import { portsOf } from "../check/ports.ts";
import type { Session } from "../command-line/command.ts";
import { loadPolicy } from "../settings/load-policy.ts";
import type { AttestValues } from "./flags.ts";

/** Default of `verifier.id`. */
const VERIFIER = "urn:douane:verifier";

/** Verdict on the image, with the digests by which the image was reached. */
export interface RequestedVerdict {
  readonly predicate: Predicate;
  readonly digests: readonly Digest[];
  /** Notice that the verdict is a refusal. */
  readonly warnings: readonly Text[];
}

/**
 * Judges the image by the platform's policy, as `check` does, for a statement of the verdict.
 *
 * @throws UsageError verdict-policy, policy-without-attestations; as imageVerdict()
 */
export async function requestedVerdict(
  session: Session,
  { policy: file, verifier = VERIFIER, platform, insecureRegistry, caFile }: AttestValues,
  image: string,
): Promise<RequestedVerdict> {
  const { context, lang } = session;
  if (file === undefined) throw policyMissing();
  const policy = await loadPolicy(resolve(context.cwd, file), file);
  if (policy.attestations === undefined) throw withoutSection(file);
  const events = new CheckEvents(session, lang, undefined);
  const asked = {
    policy,
    verifier,
    insecureRegistries: insecureRegistry,
    ...(platform === undefined ? {} : { platform }),
    ...(caFile === undefined ? {} : { caFile: resolve(context.cwd, caFile) }),
  };
  try {
    const { verdict, refusing, digests } = await imageVerdict(image, asked, portsOf(context, false, events));
    const list = refusing.map(({ id, answer }) => `${id} ${answer}`).join(", ");
    return {
      predicate: verdictPredicate(verdict),
      digests,
      warnings: verdict.passed ? [] : [refusal(list)],
    };
  } finally {
    await events.clear();
  }
}

function refusal(rows: string): Text {
  return {
    fr: `le verdict attesté est un refus (${rows}) : « douane check » dit pourquoi.`,
    en: `the attested verdict is a refusal (${rows}): \`douane check\` says why.`,
  };
}

function policyMissing(): UsageError {
  return new UsageError("verdict-policy", {
    fr: "--verdict juge l'image par la politique de la plateforme : la donner par --policy FICHIER.",
    en: "--verdict judges the image by the platform's policy: give it with --policy FILE.",
  });
}

function withoutSection(file: string): UsageError {
  return new UsageError("policy-without-attestations", {
    fr: `${quoted(file)} n'a pas de section attestations : un verdict ne dirait rien de la provenance ni des analyses. L'ajouter (« douane schema policy »).`,
    en: `${quoted(file)} has no section attestations: a verdict would say nothing about provenance or scans. Add it (\`douane schema policy\`).`,
  });
}
