import { excerpt } from "../../contract/shown.ts";
import type { Lang, Text } from "../../contract/text.ts";
import type { ProbeHandlers } from "../seen-start.ts";
import type { Json } from "../syntax/edit.ts";
import { type InjectedDraft, injectedLines } from "./injected.ts";

/** Facts about the application for a draft Deployment. */
export interface DeploymentDraft {
  /** Name of the Deployment, its container and its Service: a DNS label. */
  readonly name: string;
  readonly image: string;
  /** Whether the image is a placeholder, which no cluster can pull yet. */
  readonly isPlaceholder: boolean;
  /** Image of the trial, as named on the command line. */
  readonly source?: string;
  /** Digest of the trial's image; the digest stays valid if the image is pushed unchanged. */
  readonly digest?: string;
  readonly ports: readonly number[];
  /** Probes; absent if unknown, because a probe of a path without an answer is worse than no probe. */
  readonly probes?: ProbeHandlers;
  /** Paths to mount, besides /tmp. */
  readonly mounts: readonly string[];
  /** Variables and files that the application is given. */
  readonly injected: InjectedDraft;
  /** Evidence that the draft rests on, as named on the command line. */
  readonly from?: string;
}

/**
 * Text of a Deployment that meets the contract as far as a manifest can, and of its Service if ports are
 * known.
 */
export function deploymentText(draft: DeploymentDraft, lang: Lang): string {
  const { name, image, ports, probes, mounts } = draft;
  const injected = injectedLines(draft.injected, name, lang, flow);
  const volumes = ["/tmp", ...mounts.filter((path) => path !== "/tmp")].map((path) => ({
    path,
    name: volumeName(path),
  }));
  const lines = [
    ...head(draft, lang),
    "apiVersion: apps/v1",
    "kind: Deployment",
    "metadata:",
    `  name: ${name}`,
    `  labels: { app.kubernetes.io/name: ${name} }`,
    "spec:",
    "  replicas: 2",
    "  selector:",
    `    matchLabels: { app.kubernetes.io/name: ${name} }`,
    "  template:",
    "    metadata:",
    `      labels: { app.kubernetes.io/name: ${name} }`,
    "    spec:",
    `      # ${NO_TOKEN[lang]}`,
    "      automountServiceAccountToken: false",
    ...(ports.length === 0 ? [] : [`      # ${NO_LINKS[lang]}`, "      enableServiceLinks: false"]),
    "      securityContext:",
    "        runAsNonRoot: true",
    "        seccompProfile: { type: RuntimeDefault }",
    "      containers:",
    `        - name: ${name}`,
    ...imageComment(draft, lang).map((line) => `          # ${line}`),
    `          image: ${imageWord(image)}`,
    ...(ports.length === 0 ? [] : ["          ports:"]),
    ...ports.map((port) => `            - containerPort: ${port}`),
    ...injected.env,
    ...(probes === undefined
      ? PROBES_TO_COME[lang].map((line) => `          # ${line}`)
      : probeLines(probes)),
    `          # ${RESOURCES[lang]}`,
    "          resources:",
    "            requests: { cpu: 100m, memory: 128Mi }",
    "            limits: { memory: 256Mi }",
    "          securityContext:",
    "            allowPrivilegeEscalation: false",
    "            readOnlyRootFilesystem: true",
    "            capabilities: { drop: [ALL] }",
    `          # ${MOUNTS[lang]}`,
    "          volumeMounts:",
    ...volumes.map((volume) => `            - { name: ${volume.name}, mountPath: ${flow(volume.path)} }`),
    ...injected.mounts,
    "      volumes:",
    ...volumes.map((volume) => `        - { name: ${volume.name}, emptyDir: {} }`),
    ...injected.volumes,
    ...(ports.length === 0 ? [] : service(name, ports)),
  ];
  return `${lines.join("\n")}\n`;
}

/** Image as a YAML scalar. A reference needs no quotes, but evidence may contain other texts. */
function imageWord(image: string): string {
  return /^[\w./:@-]+$/.test(image) ? image : JSON.stringify(image);
}

function head({ from }: DeploymentDraft, lang: Lang): readonly string[] {
  const by: Text =
    from === undefined
      ? { fr: "Écrit par douane init, pour commencer", en: "Written by douane init, to begin with" }
      : {
          fr: `Écrit par douane init d'après ${excerpt(from)}, pour commencer`,
          en: `Written by douane init from ${excerpt(from)}, to begin with`,
        };
  const judged: Text = { fr: "« douane check » le juge.", en: "`douane check` judges it." };
  return [`# ${by[lang]}${lang === "fr" ? " ;" : ";"} ${judged[lang]}`];
}

function imageComment({ isPlaceholder, digest }: DeploymentDraft, lang: Lang): readonly string[] {
  const pinned = digest ?? "sha256:…";
  const said: Text = isPlaceholder
    ? {
        fr: "À FAIRE : le nom de l'image dans son registre, avec un tag qui ne change pas ou son empreinte",
        en: "TO DO: the image's name in your registry, with a tag that never moves or its digest",
      }
    : { fr: "Un tag qui ne change pas, ou l'empreinte", en: "A tag that never moves, or the digest" };
  return [`${said[lang]} (@${pinned}).`];
}

function probeLines(probes: ProbeHandlers): readonly string[] {
  return (["readinessProbe", "livenessProbe"] as const).map(
    (name) => `          ${name}: ${flow(probes[name])}`,
  );
}

/** Value in YAML's flow style, with strings in JSON syntax. */
function flow(value: Json): string {
  if (typeof value === "string") return /^[\w./-]+$/.test(value) ? value : JSON.stringify(value);
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  return `{ ${Object.entries(value)
    .map(([key, own]) => `${key}: ${flow(own)}`)
    .join(", ")} }`;
}

function service(name: string, ports: readonly number[]): readonly string[] {
  return [
    "---",
    "apiVersion: v1",
    "kind: Service",
    "metadata:",
    `  name: ${name}`,
    "spec:",
    `  selector: { app.kubernetes.io/name: ${name} }`,
    "  ports:",
    ...ports.map((port) => `    - { name: tcp-${port}, port: ${port}, targetPort: ${port} }`),
  ];
}

/** Name of a volume for a path: `/app/.next/cache` → `app-next-cache`. */
function volumeName(path: string): string {
  const name = path.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return name.slice(0, 60).replace(/^-/, "").replace(/-$/, "") || "data";
}

const NO_TOKEN: Text = {
  fr: "L'application n'appelle pas l'API de Kubernetes.",
  en: "The application does not call the API of Kubernetes.",
};
const NO_LINKS: Text = {
  fr: "Sans variables des Services (PORTAIL_PORT…), que l'essai de l'image n'a pas connues.",
  en: "Without variables of Services (PORTAL_PORT…), which the trial of the image did not know.",
};
const RESOURCES: Text = {
  fr: "À ajuster à ce que l'application consomme.",
  en: "To be adapted to what the application uses.",
};
const MOUNTS: Text = {
  fr: "Les seuls répertoires où elle peut écrire ; ce qui s'y trouve disparaît avec le pod.",
  en: "The only directories that it can write to; what they hold goes with the pod.",
};
const PROBES_TO_COME: Readonly<Record<Lang, readonly string[]>> = {
  fr: [
    "À FAIRE : les sondes, que personne ne connaît encore. Un essai les trouve :",
    "douane trial -f CE_FICHIER IMAGE --output essai.json && douane fix CE_FICHIER --evidence essai.json --write",
    "readinessProbe: { httpGet: { path: /…, port: … } }",
    "livenessProbe: { httpGet: { path: /…, port: … } }",
  ],
  en: [
    "TO DO: the probes, which nobody knows yet. A trial finds them:",
    "douane trial -f THIS_FILE IMAGE --output trial.json && douane fix THIS_FILE --evidence trial.json --write",
    "readinessProbe: { httpGet: { path: /…, port: … } }",
    "livenessProbe: { httpGet: { path: /…, port: … } }",
  ],
};
