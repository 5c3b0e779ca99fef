import type { RawWorkload } from "../../contract/workload-facts.ts";
import type { TrialMount } from "../../trial/trial-options.ts";

/** Where the ServiceAccount admission plugin mounts it into every container (serviceaccount/admission.go, DefaultAPITokenMountPath). */
const PATH = "/var/run/secrets/kubernetes.io/serviceaccount";

/** Of an authority that signed nothing, and whose key nobody has. */
const AUTHORITY = [
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
 * What the kubelet gives a pod to call the API server with, unless the pod forbids it: programs tell
 * by it that they run in a cluster. Nobody accepts this token, and nobody answers at that address.
 */
export function withServiceAccount(
  mounts: readonly TrialMount[],
  workload: RawWorkload | undefined,
): readonly TrialMount[] {
  const { automountServiceAccountToken, serviceAccountName } = workload?.pod.spec ?? {};
  const own = mounts.some(({ path }) => path === PATH);
  if (own || automountServiceAccountToken === false) return mounts;
  const namespace = workload?.namespace ?? "default";
  const token = tokenOf(`system:serviceaccount:${namespace}:${serviceAccountName ?? "default"}`);
  return [...mounts, { kind: "files", path: PATH, files: { "ca.crt": AUTHORITY, namespace, token } }];
}

/** Of the form that a token has, signed by nobody. */
function tokenOf(subject: string): string {
  const parts = [
    { alg: "RS256", kid: "none" },
    { iss: "https://kubernetes.default.svc.cluster.local", sub: subject },
  ];
  const texts = [...parts.map((part) => JSON.stringify(part)), "unsigned"];
  return texts.map((text) => Buffer.from(text).toString("base64url")).join(".");
}
