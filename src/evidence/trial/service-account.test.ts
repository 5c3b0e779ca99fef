import { X509Certificate } from "node:crypto";
import { expect, test } from "vitest";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { NO_OBJECTS } from "./namespace-objects.ts";
import { withServiceAccount } from "./service-account.ts";

const spec = { containers: [{}] };

function files(workload: Parameters<typeof withServiceAccount>[1], account = NO_OBJECTS.account) {
  const [mount] = withServiceAccount([], workload, { account });
  return mount?.kind === "files" ? mount : undefined;
}

test("a pod has the account of its namespace, as the kubelet mounts it", () => {
  const mount = files(undefined);
  expect(mount?.path).toBe("/var/run/secrets/kubernetes.io/serviceaccount");
  expect(Object.keys(mount?.files ?? {})).toEqual(["ca.crt", "namespace", "token"]);
  expect(mount?.files["namespace"]?.content).toBe("default");
  expect(new X509Certificate(mount?.files["ca.crt"]?.content ?? "").ca).toBe(true);
});

test("the token names the account", () => {
  const workload = workloadFacts({ ...spec, serviceAccountName: "portal" });
  const [, payload = ""] = files(workload)?.files["token"]?.content.split(".") ?? [];
  expect(JSON.parse(Buffer.from(payload, "base64url").toString())).toMatchObject({
    sub: `system:serviceaccount:${workload.namespace ?? "default"}:portal`,
  });
});

test("unless the pod forbids it", () => {
  expect(files(workloadFacts({ ...spec, automountServiceAccountToken: true }))).toBeDefined();
  expect(files(workloadFacts({ ...spec, automountServiceAccountToken: false }))).toBeUndefined();
});

test.each([
  [undefined, false, false],
  [undefined, true, true],
  [true, false, true],
  [false, true, false],
])("the pod says %s, its account %s", (ofPod, ofAccount, isMounted) => {
  const own = ofPod === undefined ? {} : { automountServiceAccountToken: ofPod };
  const workload = workloadFacts({ ...spec, serviceAccount: "portal", ...own });
  const account = (name: string) =>
    name === "portal" ? { name, automountServiceAccountToken: ofAccount } : undefined;
  expect(files(workload, account) !== undefined).toBe(isMounted);
});

test("nor where something else is mounted there", () => {
  const own = [{ kind: "empty", path: "/var/run/secrets/kubernetes.io/serviceaccount" }] as const;
  expect(withServiceAccount(own, undefined, NO_OBJECTS)).toEqual(own);
});
