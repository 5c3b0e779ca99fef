import { describe, expect, test } from "vitest";
import { deployment, type Manifest, podSpec, yaml } from "../../../test/fixtures/manifests.ts";
import { readWorkloads } from "../read-workloads.ts";

const ENFORCE = "pod-security.kubernetes.io/enforce";
const PRIVILEGED = { [ENFORCE]: "privileged" };

async function exemptions(one: Manifest): Promise<readonly string[]> {
  const web = deployment({ pod: podSpec({ serviceAccountName: "web" }) });
  const text = [web, one].map((each) => yaml(each)).join("---\n");
  async function* stdin() {
    yield Buffer.from(text);
  }
  const { workloads } = await readWorkloads(["-"], { cwd: "/", stdin: stdin() });
  return (workloads[0]?.facts.related ?? []).flatMap(({ effect }) =>
    effect.is === "exemption" ? [`${effect.holds} ${effect.field}`] : [],
  );
}

function object(type: string, fields: Manifest, metadata: Manifest = {}): Manifest {
  const at = type.lastIndexOf("/");
  return {
    apiVersion: type.slice(0, at),
    kind: type.slice(at + 1),
    metadata: { name: "it", ...metadata },
    ...fields,
  };
}

const HARDENED = {
  allowPrivilegeEscalation: false,
  runAsUser: { type: "MustRunAsRange" },
  seLinuxContext: { type: "MustRunAs" },
  allowedCapabilities: ["NET_BIND_SERVICE"],
};
const OWN = { users: ["system:serviceaccount:aides:web"] };

function constraints(fields: Manifest): Manifest {
  return object("security.openshift.io/v1/SecurityContextConstraints", { ...HARDENED, ...OWN, ...fields });
}

function podSecurity(fields: Manifest): Manifest {
  return {
    apiVersion: "pod-security.admission.config.k8s.io/v1",
    kind: "PodSecurityConfiguration",
    ...fields,
  };
}

function application(namespace: string | undefined, labels: Manifest): Manifest {
  return object(
    "argoproj.io/v1alpha1/Application",
    { spec: { destination: { namespace }, syncPolicy: { managedNamespaceMetadata: { labels } } } },
    { namespace: "argocd" },
  );
}

describe("objects that exempt the pods", () => {
  test.each<[string, Manifest, string]>([
    ["SecurityContextConstraints", constraints({ allowHostNetwork: true }), "these-pods allowHostNetwork"],
    [
      "with capabilities",
      constraints({ defaultAddCapabilities: ["SYS_ADMIN"] }),
      "these-pods defaultAddCapabilities",
    ],
    ["of any user", constraints({ runAsUser: { type: "RunAsAny" } }), "these-pods runAsUser"],
    [
      "that say nothing of escalation",
      constraints({ allowPrivilegeEscalation: undefined }),
      "these-pods allowPrivilegeEscalation",
    ],
    [
      "by a group",
      constraints({ allowHostPID: true, users: [], groups: ["system:serviceaccounts:aides"] }),
      "these-pods allowHostPID",
    ],
    [
      "PodSecurityConfiguration",
      podSecurity({ exemptions: { namespaces: ["aides"] } }),
      "these-pods exemptions.namespaces",
    ],
    [
      "by default",
      podSecurity({ defaults: { enforce: "baseline" } }),
      "these-pods defaults.enforce: baseline",
    ],
    [
      "by users",
      podSecurity({ exemptions: { usernames: ["ci"] } }),
      "perhaps-these-pods exemptions.usernames",
    ],
    [
      "AdmissionConfiguration",
      object("apiserver.config.k8s.io/v1/AdmissionConfiguration", {
        plugins: [{ name: "PodSecurity", configuration: { exemptions: { namespaces: ["aides"] } } }],
      }),
      "these-pods exemptions.namespaces",
    ],
    [
      "an Application of its namespace",
      application("aides", PRIVILEGED),
      `these-pods ${ENFORCE}: privileged`,
    ],
    [
      "an Application of no namespace",
      application(undefined, PRIVILEGED),
      `perhaps-these-pods ${ENFORCE}: privileged`,
    ],
    [
      "HNC",
      object(
        "hnc.x-k8s.io/v1alpha2/SubnamespaceAnchor",
        { spec: { labels: [{ key: ENFORCE, value: "baseline" }] } },
        { name: "aides", namespace: "parent" },
      ),
      `these-pods ${ENFORCE}: baseline`,
    ],
    [
      "Capsule",
      object("capsule.clastix.io/v1beta2/Tenant", {
        spec: { namespaceOptions: { additionalMetadata: { labels: PRIVILEGED } } },
      }),
      `perhaps-these-pods ${ENFORCE}: privileged`,
    ],
    [
      "Kyverno",
      object("kyverno.io/v1/ClusterPolicy", {
        spec: {
          rules: [
            {
              mutate: { patchStrategicMerge: { metadata: { labels: { [`+(${ENFORCE})`]: "privileged" } } } },
            },
          ],
        },
      }),
      `perhaps-these-pods ${ENFORCE}: privileged`,
    ],
  ])("%s", async (_name, one, expected) => {
    expect(await exemptions(one)).toEqual([expected]);
  });

  test.each<[string, Manifest]>([
    ["constraints as strict as Restricted", constraints({})],
    ["of another account", constraints({ allowHostPID: true, users: ["system:serviceaccount:aides:other"] })],
    [
      "PodSecurityConfiguration of another namespace",
      podSecurity({ exemptions: { namespaces: ["kube-system"] } }),
    ],
    ["that enforces restricted", podSecurity({ defaults: { enforce: "restricted" } })],
    ["that is empty", podSecurity({})],
    ["an Application of another namespace", application("ops", PRIVILEGED)],
    ["an Application that enforces restricted", application("aides", { [ENFORCE]: "restricted" })],
    [
      "Kyverno that validates the label",
      object("kyverno.io/v1/ClusterPolicy", {
        spec: { rules: [{ validate: { pattern: { metadata: { labels: PRIVILEGED } } } }] },
      }),
    ],
  ])("not %s", async (_name, one) => {
    expect(await exemptions(one)).toEqual([]);
  });
});
