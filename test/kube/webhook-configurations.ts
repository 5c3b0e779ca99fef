import type { KubeObject } from "./storage.ts";

/** Configurations that send pods and their controllers to `douane serve`, as docs/usage/server.md has them. */
export function webhookConfigurations(
  origin: string,
  ca: string,
  { timeoutSeconds = 10 }: { readonly timeoutSeconds?: number } = {},
): Readonly<Record<string, KubeObject>> {
  const webhook = (name: string, path: string, rules: readonly object[]) => ({
    name,
    clientConfig: { url: `${origin}${path}`, caBundle: Buffer.from(ca).toString("base64") },
    rules,
    namespaceSelector: {
      matchExpressions: [
        { key: "kubernetes.io/metadata.name", operator: "NotIn", values: ["kube-system", "douane"] },
      ],
    },
    sideEffects: "NoneOnDryRun",
    failurePolicy: "Fail",
    timeoutSeconds,
    admissionReviewVersions: ["v1"],
  });
  const pods = { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"] };
  const created = { apiVersions: ["v1"], operations: ["CREATE", "UPDATE"] };
  const apiVersion = "admissionregistration.k8s.io/v1";
  return {
    mutatingwebhookconfigurations: {
      apiVersion,
      kind: "MutatingWebhookConfiguration",
      metadata: { name: "douane" },
      webhooks: [
        webhook("pin.douane.example", "/admission/mutate", [
          { ...pods, resources: ["pods", "pods/ephemeralcontainers"] },
        ]),
      ],
    },
    validatingwebhookconfigurations: {
      apiVersion,
      kind: "ValidatingWebhookConfiguration",
      metadata: { name: "douane" },
      webhooks: [
        webhook("admission.douane.example", "/admission/validate", [
          { ...pods, resources: ["pods", "pods/*"] },
          { ...created, apiGroups: [""], resources: ["replicationcontrollers", "podtemplates"] },
          {
            ...created,
            apiGroups: ["apps"],
            resources: ["deployments", "statefulsets", "daemonsets", "replicasets"],
          },
          { ...created, apiGroups: ["batch"], resources: ["jobs", "cronjobs"] },
        ]),
      ],
    },
  };
}
