import { serviceAccountOf } from "../../contract/pod-defaults.ts";
import type { RawWorkload } from "../../contract/workload-facts.ts";
import type { TrialMount } from "../../trial/trial-options.ts";
import type { NamespaceObjects } from "./namespace-objects.ts";

/**
 * Mount path of the ServiceAccount admission plugin in every container (serviceaccount/admission.go,
 * DefaultAPITokenMountPath).
 */
const PATH = "/var/run/secrets/kubernetes.io/serviceaccount";

/** Certificate of an authority whose key was discarded. */
export const AUTHORITY = [
  "-----BEGIN CERTIFICATE-----",
  "MIIBgTCCASegAwIBAgIUMsvH5Ksx2+8l6e/+o8czd1fzJT0wCgYIKoZIzj0EAwIw",
  "FTETMBEGA1UEAwwKa3ViZXJuZXRlczAgFw0yNjExMjYxODQwMTJaGA8yMTI2MTEw",
  "MjE4NDAxMlowFTETMBEGA1UEAwwKa3ViZXJuZXRlczBZMBMGByqGSM49AgEGCCqG",
  "SM49AwEHA0IABGB8TwNIBdzPTjSadjFktEORwInNSUhetS/o5Duxo3+fzvOsxNe3",
  "G0WfhV1Y0yP+KvhBkMQImdta1X9H5Ky5ZY2jUzBRMB0GA1UdDgQWBBQmm7f9v7a8",
  "iDJu8i2E387sW0VvYjAfBgNVHSMEGDAWgBQmm7f9v7a8iDJu8i2E387sW0VvYjAP",
  "BgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQCKOW00tJE80UOZzk3E",
  "rRxI6aIB9fAEghOXkQLnyU/l2AIgPd4nflRTu/TysYhxYaQF+hIf0uWvd/IhVxgL",
  "tIHNIGA=",
  "-----END CERTIFICATE-----",
  "",
].join("\n");

/**
 * Adds the files of the service account, by which programs detect a cluster. Nothing is added if
 * `automountServiceAccountToken` is false (the pod's, otherwise its ServiceAccount's) or if the manifest
 * mounts this path. No API server accepts the token, and none answers.
 */
export function withServiceAccount(
  mounts: readonly TrialMount[],
  workload: RawWorkload | undefined,
  { account }: Pick<NamespaceObjects, "account">,
): readonly TrialMount[] {
  const { automountServiceAccountToken } = workload?.pod.spec ?? {};
  const name = serviceAccountOf(workload?.pod.spec);
  const own = mounts.some(({ path }) => path === PATH);
  const automount = automountServiceAccountToken ?? account(name)?.automountServiceAccountToken;
  if (own || automount === false) return mounts;
  const namespace = workload?.namespace ?? "default";
  const contents = { "ca.crt": AUTHORITY, namespace, token: tokenOf(workload) };
  const files = Object.fromEntries(
    Object.entries(contents).map(([file, content]) => [file, { content, mode: 0o644 }]),
  );
  return [...mounts, { kind: "files", path: PATH, files }];
}

/** A token in the right format with an invalid signature. */
export function tokenOf(workload: RawWorkload | undefined): string {
  const subject = `system:serviceaccount:${workload?.namespace ?? "default"}:${serviceAccountOf(workload?.pod.spec)}`;
  const parts = [
    { alg: "RS256", kid: "none" },
    { iss: "https://kubernetes.default.svc.cluster.local", sub: subject },
  ];
  const texts = [...parts.map((part) => JSON.stringify(part)), "unsigned"];
  return texts.map((text) => Buffer.from(text).toString("base64url")).join(".");
}
