import { X509Certificate } from "node:crypto";
import { expect, test } from "vitest";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { withServiceAccount } from "./service-account.ts";

const spec = { containers: [{}] };

function files(workload: Parameters<typeof withServiceAccount>[1]) {
  const [mount] = withServiceAccount([], workload);
  return mount?.kind === "files" ? mount : undefined;
}

test("a pod has the account of its namespace, as the kubelet mounts it", () => {
  const mount = files(undefined);
  expect(mount?.path).toBe("/var/run/secrets/kubernetes.io/serviceaccount");
  expect(Object.keys(mount?.files ?? {})).toEqual(["ca.crt", "namespace", "token"]);
  expect(mount?.files["namespace"]).toBe("default");
  expect(new X509Certificate(mount?.files["ca.crt"] ?? "").ca).toBe(true);
});

test("the token names the account", () => {
  const workload = workloadFacts({ ...spec, serviceAccountName: "portal" });
  const [, payload = ""] = files(workload)?.files["token"]?.split(".") ?? [];
  expect(JSON.parse(Buffer.from(payload, "base64url").toString())).toMatchObject({
    sub: `system:serviceaccount:${workload.namespace ?? "default"}:portal`,
  });
});

test("unless the pod forbids it", () => {
  expect(files(workloadFacts({ ...spec, automountServiceAccountToken: true }))).toBeDefined();
  expect(files(workloadFacts({ ...spec, automountServiceAccountToken: false }))).toBeUndefined();
});

test("nor where something else is mounted there", () => {
  const own = [{ kind: "empty", path: "/var/run/secrets/kubernetes.io/serviceaccount" }] as const;
  expect(withServiceAccount(own, undefined)).toEqual(own);
});
