import { dirname, resolve } from "node:path";
import type { SignerKey } from "../../contract/attestation-policy.ts";
import type { Policy } from "../../policy/policy.ts";
import { readInputFile } from "../process/input-file.ts";

/**
 * The policy with the PEM of each signer's key, read from the file that the policy names. Every key is parsed, so
 * that a wrong one is an error of the policy and not of an image.
 *
 * @param path absolute path of the policy, from whose folder the files' names start
 * @throws UsageError file-unreadable, signing-key-invalid, public-key-private, public-key-certificate
 */
export async function withSignerKeys(policy: Policy, path: string): Promise<Policy> {
  const { attestations } = policy;
  if (attestations === undefined) return policy;
  const { trustedKeys } = await import("../../attest/policy/trusted-key.ts");
  const signers = await Promise.all(
    attestations.signers.map(async ({ id, keys }) => ({
      id,
      keys: await Promise.all(keys.map((key) => withPem(key, dirname(path)))),
    })),
  );
  trustedKeys({ signers });
  return { ...policy, attestations: { ...attestations, signers } };
}

async function withPem(key: SignerKey, folder: string): Promise<SignerKey> {
  const { file } = key;
  return file === undefined
    ? key
    : { ...key, pem: await readInputFile(resolve(folder, file), file, "settingsBytes") };
}
