import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Flags, Values } from "../command-line/command.ts";

/** Flags of commands that read a signed policy from a registry. */
export const SIGNED_POLICY_FLAGS = {
  policyKey: {
    env: true,
    value: { fr: "FICHIER", en: "FILE" },
    many: true,
    help: {
      fr: "clé publique qui doit avoir signé la politique (--policy oci://…), répétable pendant un renouvellement ; un fichier local est alors refusé",
      en: "public key that verifies the policy's signature (--policy oci://…), repeatable during a rotation; a local file is refused then",
    },
  },
  policySerial: {
    env: true,
    value: { fr: "N", en: "N" },
    parse: parseSerial,
    help: {
      fr: "plus petit numéro de politique accepté ; un job, qui ne garde rien, n'a que lui contre une ancienne politique",
      en: "least serial of the policy that is accepted; a job, which keeps nothing, has nothing else against an old policy",
    },
  },
} as const satisfies Flags;

type SignedPolicyValues = Values<typeof SIGNED_POLICY_FLAGS>;

/** Policy, with the settings needed to reach it. */
export interface PolicyRequest extends SignedPolicyValues {
  /** Path of a file, or `oci://REGISTRY/REPOSITORY[:TAG][@DIGEST]`. */
  readonly policy: string;
  readonly insecureRegistry: readonly string[];
  readonly caFile?: string | undefined;
}

export function parseSerial(value: string): number {
  if (/^\d{1,15}$/.test(value)) return Number(value);
  throw new UsageError("policy-serial-invalid", {
    fr: `numéro de politique ${quoted(value)} : écrire un nombre entier, 42 par exemple.`,
    en: `policy serial ${quoted(value)}: write a whole number, 42 for example.`,
  });
}
