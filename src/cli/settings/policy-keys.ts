import { dirname, resolve } from "node:path";
import type { SignerKey } from "../../contract/attestation-policy.ts";
import type { PolicyPem } from "../../contract/certificate-policy.ts";
import type { Policy } from "../../policy/policy.ts";
import { readInputFile } from "../process/input-file.ts";

/**
 * The policy with each signer's key and each authority's root, read from the files that the policy names. All
 * files are parsed, so that an invalid file is an error of the policy and not of an image.
 *
 * @param path absolute path of the policy; names of files are relative to its folder
 * @throws UsageError file-unreadable, signing-key-invalid, public-key-private, public-key-certificate,
 * public-key-several; as trustedAuthorities()
 */
export async function withSignerKeys(policy: Policy, path: string): Promise<Policy> {
  const { attestations } = policy;
  if (attestations === undefined) return policy;
  const { trustedKeys } = await import("../../attest/policy/trusted-key.ts");
  const folder = dirname(path);
  const signers = await Promise.all(
    attestations.signers.map(async ({ keys = [], ...signer }) => ({
      ...signer,
      keys: await Promise.all(keys.map((key) => withPem(key, folder))),
    })),
  );
  trustedKeys({ signers });
  const { authorities } = attestations;
  if (authorities === undefined) return { ...policy, attestations: { ...attestations, signers } };
  const { trustedAuthorities } = await import("../../attest/policy/trusted-certificates.ts");
  const whole = {
    ...attestations,
    signers,
    authorities: await Promise.all(authorities.map((one) => withRoot(one, folder))),
  };
  trustedAuthorities(whole);
  return { ...policy, attestations: whole };
}

type Authority = NonNullable<NonNullable<Policy["attestations"]>["authorities"]>[number];

/** The authority with the content of its files. */
async function withRoot(authority: Authority, folder: string): Promise<Authority> {
  const all = async <T extends PolicyPem>(list: readonly T[] | undefined) =>
    Promise.all((list ?? []).map((one) => withPem(one, folder)));
  if (authority.kind === "pki") {
    const { certificates, crls, timestampAuthorities } = authority;
    return {
      ...authority,
      certificates: await all(certificates),
      ...(crls === undefined ? {} : { crls: await all(crls) }),
      ...(timestampAuthorities === undefined
        ? {}
        : { timestampAuthorities: await all(timestampAuthorities) }),
    };
  }
  const { trustedRoot, certificates, ctLogs, logs, timestampAuthorities } = authority;
  if (trustedRoot?.file !== undefined) {
    const { file } = trustedRoot;
    const json = await readInputFile(resolve(folder, file), file, "settingsBytes");
    return { ...authority, trustedRoot: { ...trustedRoot, json } };
  }
  return {
    ...authority,
    ...(certificates === undefined ? {} : { certificates: await all(certificates) }),
    ...(ctLogs === undefined ? {} : { ctLogs: await all(ctLogs) }),
    ...(logs === undefined ? {} : { logs: await all(logs) }),
    ...(timestampAuthorities === undefined ? {} : { timestampAuthorities: await all(timestampAuthorities) }),
  };
}

async function withPem<T extends PolicyPem | SignerKey>(key: T, folder: string): Promise<T> {
  const { file } = key;
  return file === undefined
    ? key
    : { ...key, pem: await readInputFile(resolve(folder, file), file, "settingsBytes") };
}
