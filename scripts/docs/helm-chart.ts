// Helm chart in deploy/helm, made of the texts of deploy/base, deploy/roles and deploy/webhooks: one installation, two
// forms. Objects, comments and order stay; what differs between clusters becomes a value.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";

const DEPLOY = join(import.meta.dirname, "..", "..", "deploy");
const NAMESPACE = "{{ .Release.Namespace | quote }}";
const CLUSTER_SCOPED = /^kind: (?:Cluster|Mutating|Validating)/m;
const ROLES = ".Values.roles.enabled";
const WEBHOOKS = ".Values.webhooks.enabled";
const GENERATED = "# Made of {0} by UPDATE=1 node scripts/generate-docs.ts.\n";

/** Templates, by source below deploy/, with the value that turns them on. */
const SOURCES: readonly (readonly [source: string, condition?: string])[] = [
  ["base/access.yaml"],
  ["base/certificate.yaml"],
  ["base/deployment.yaml"],
  ["base/availability.yaml"],
  ["base/network.yaml"],
  ["roles/access.yaml", ROLES],
  ["roles/examiner.yaml", ROLES],
  ["roles/watcher.yaml", ROLES],
  ["roles/network.yaml", ROLES],
  ["webhooks/validating.yaml", WEBHOOKS],
  ["webhooks/mutating.yaml", WEBHOOKS],
];

/** Values in place of texts; each text is in at least one source. */
const VALUES: readonly (readonly [text: RegExp, value: string])[] = [
  [/image: douane$/gm, "image: {{ .Values.image | quote }}"],
  [/secretName: douane-database(-\w+)/g, 'secretName: "{{ .Values.databaseSecret }}$1"'],
  [/secretName: douane-database,/g, "secretName: {{ .Values.databaseSecret | quote }},"],
  [/namespace: douane\b/g, `namespace: ${NAMESPACE}`],
  [/values: \[kube-system, douane\]/g, `values: [kube-system, ${NAMESPACE}]`],
  [/metadata\.name: monitoring\b/g, "metadata.name: {{ .Values.metricsNamespace | quote }}"],
  [/(\{ kind: ServiceAccount, name: [\w-]+) \}/g, `$1, namespace: ${NAMESPACE} }`],
  [
    /caBundle: ""/g,
    'caBundle: {{ required "webhooks.caBundle: ca.crt of the ConfigMap douane-ca, in base64" .Values.webhooks.caBundle | quote }}',
  ],
  [
    /^( {6})(labels: \{ app\.kubernetes\.io\/name: [\w-]+ \})$/gm,
    "$1$2\n$1annotations: { checksum/policy: {{ .Values.policy | sha256sum | quote }} }",
  ],
];

/** Files of the chart by path; README.md is written by hand. */
export function helmChart(version: string): ReadonlyMap<string, string> {
  const templates = SOURCES.map(([source, condition]): [string, string] => [
    `templates/${source.replace("/", "-")}`,
    inCondition(GENERATED.replace("{0}", `deploy/${source}`) + templateOf(source), condition),
  ]);
  const files: readonly [string, string][] = [
    ["Chart.yaml", chartFile(version)],
    ["values.yaml", valuesFile()],
    ["templates/policy.yaml", POLICY],
    ...templates,
  ];
  return new Map(files.map(([path, text]) => [`deploy/helm/${path}`, text]));
}

function templateOf(source: string): string {
  const documents = read(source).split(/^---$/m);
  return documents.map((document) => withValues(withRoles(source, named(document)))).join("---");
}

/** With the namespace and the label that Kustomize adds. */
function named(document: string): string {
  const namespace = CLUSTER_SCOPED.test(document) ? "" : `\n  namespace: ${NAMESPACE}`;
  return document.replace(
    /^metadata:\n {2}name: .*$/m,
    (text) => `${text}${namespace}\n  labels: { app.kubernetes.io/name: douane }`,
  );
}

function withValues(document: string): string {
  const replicas = /^kind: Deployment\nmetadata:\n {2}name: douane-?(\w*)$/m.exec(document)?.[1];
  const name = replicas ? `roles.${replicas}Replicas` : "replicas";
  const counted = document.replace(/^( {2}replicas: )\d+$/m, `$1{{ .Values.${name} }}`);
  return VALUES.reduce((text, [from, to]) => text.replace(from, to), counted);
}

/** With the patches of the component `roles`, where the base has its own text otherwise. */
function withRoles(source: string, document: string): string {
  const kind = /^kind: (\w+)$/m.exec(document)?.[1] ?? "";
  const patch = source.startsWith("base/") ? PATCHES.get(kind) : undefined;
  if (patch === undefined) return document;
  const argument = /value: (--role=\w+)/.exec(patch)?.[1];
  if (argument !== undefined) {
    const secret = /value: (douane-database-\w+)/.exec(patch)?.[1] ?? "";
    return document
      .replace(/^( +)- serve\n/m, `$&{{- if ${ROLES} }}\n$1- ${argument}\n{{- end }}\n`)
      .replace(/^.*secretName: douane-database,.*\n/m, (own) => {
        const ofRole = own.replace("douane-database", secret);
        return `{{- if ${ROLES} }}\n${ofRole}{{- else }}\n${own}{{- end }}\n`;
      });
  }
  const rules = patch.slice(patch.indexOf("value:\n") + "value:\n".length).replace(/^ {4}/gm, "  ");
  return document.replace(
    /^rules:\n(?: +.*\n)+/m,
    (own) => `{{- if ${ROLES} }}\nrules:\n${rules.trimEnd()}\n{{- else }}\n${own}{{- end }}\n`,
  );
}

interface Component {
  readonly patches: readonly { readonly target: { readonly kind: string }; readonly patch: string }[];
}

/** Patches of the component `roles`, by the kind of the object that they change. */
const PATCHES: ReadonlyMap<string, string> = new Map(
  (load(read("roles/kustomization.yaml")) as Component).patches.map(({ target, patch }) => [
    target.kind,
    patch,
  ]),
);

function inCondition(text: string, condition?: string): string {
  return condition === undefined ? text : `{{- if ${condition} }}\n${text}{{- end }}\n`;
}

const POLICY = `apiVersion: v1
kind: ConfigMap
metadata:
  name: douane-policy
  namespace: ${NAMESPACE}
  labels: { app.kubernetes.io/name: douane }
data:
  policy.yaml: |
{{ .Values.policy | indent 4 }}
`;

function chartFile(version: string): string {
  return `apiVersion: v2
name: douane
description: Admission of container images by the platform's contract. Untested by Helm.
type: application
version: ${version}
appVersion: ${version}
kubeVersion: ">=1.30.0-0"
`;
}

function valuesFile(): string {
  const [, image = "", tag = ""] =
    /newName: (\S+)\n\s*newTag: (\S+)/.exec(read("base/kustomization.yaml")) ?? [];
  return `# The image as the platform's registry has it, with its digest.
image: ${image}:${tag}
replicas: 2
# Secret with the URL of PostgreSQL, under the key "url"; with roles, NAME-admission, NAME-examiner and NAME-watcher.
databaseSecret: douane-database
# Namespace that may read /metrics.
metricsNamespace: monitoring
# Shares the tasks among three Deployments.
roles:
  enabled: false
  examinerReplicas: 2
  watcherReplicas: 2
# From when they are there, no pod starts unjudged: after the server runs, with its authority.
webhooks:
  enabled: false
  # ca.crt of the ConfigMap douane-ca, in base64.
  caBundle: ""
policy: |
${read("base/policy.yaml")
  .trimEnd()
  .replace(/^(?=.)/gm, "  ")}
`;
}

function read(path: string): string {
  return readFileSync(join(DEPLOY, path), "utf8");
}
