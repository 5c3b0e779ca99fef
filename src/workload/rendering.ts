// Sources of manifests that are not manifests yet: charts, overlays, templates.

import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { quoted } from "../contract/shown.ts";
import type { Text } from "../contract/text.ts";
import type { RawWorkload } from "../contract/workload-facts.ts";

/** Of Helm, Jinja, ERB, envsubst. */
const PLACEHOLDER = /\{\{|\{%|<%|\$\{/;
/** Those that may run over several lines. */
const BRACES = [
  ["{{", "}}"],
  ["{%", "%}"],
  ["<%", "%>"],
] as const;

function hasPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text);
}

/**
 * Whether text that is no YAML here is a template: its line, or the one before, holds a placeholder, or
 * the end of one. Elsewhere in the text `${HOME}` is but a script's.
 */
export function standsAtPlaceholder(text: string, offset: number): boolean {
  const start = text.lastIndexOf("\n", text.lastIndexOf("\n", offset - 1) - 1);
  const end = text.indexOf("\n", offset);
  return (
    hasPlaceholder(text.slice(Math.max(start, 0), end < 0 ? undefined : end)) ||
    BRACES.some(([open, close]) => text.lastIndexOf(open, start) > text.lastIndexOf(close, start))
  );
}

/**
 * It decoded, but what names it is still to be filled in: `image: "{{ .Values.image }}"`. Where one image
 * is named, its container starts, whatever the others are.
 */
export function isUnrendered({ name, namespace = "", pod }: RawWorkload): boolean {
  const { containers, initContainers, ephemeralContainers } = pod.spec;
  const images = [...containers, ...initContainers, ...ephemeralContainers].map(({ image = "" }) => image);
  return [name, namespace].some(hasPlaceholder) || (images.length > 0 && images.every(hasPlaceholder));
}

/** The folder of the chart that a file belongs to. @param path absolute */
export function chartOf(path: string): string | undefined {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "Chart.yaml"))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

export function renderChart(chart: string): Text {
  const command = `helm template ${shellWord(chart)} | douane check -f -`;
  return {
    fr: `chart Helm : les gabarits ne sont pas jugés avant d'être rendus. Lancer : ${command}`,
    en: `Helm chart: templates are not judged before they are rendered. Run: ${command}`,
  };
}

export function renderOverlay(folder: string): Text {
  const command = `kubectl kustomize ${shellWord(folder)} | douane check -f -`;
  return {
    fr: `Kustomize : ces fichiers ne sont pas jugés avant d'être assemblés. Lancer : ${command}`,
    en: `Kustomize: these files are not judged before they are built. Run: ${command}`,
  };
}

export const RENDER_TEMPLATE: Text = {
  fr: "gabarit non rendu : à juger une fois rendu (helm template, envsubst…), par exemple : helm template CHART | douane check -f -",
  en: "unrendered template: judge it once it is rendered (helm template, envsubst…), for example: helm template CHART | douane check -f -",
};

export const NO_TEMPLATE: Text = {
  fr: "ce Rollout n'a pas de gabarit de pod : il reprend celui du workload que nomme spec.workloadRef, à juger à sa place",
  en: "this Rollout has no pod template: it takes that of the workload named by spec.workloadRef, which is to be judged instead",
};

function shellWord(path: string): string {
  return /^[\w./@%+=:,-]+$/.test(path) ? path : quoted(path);
}
