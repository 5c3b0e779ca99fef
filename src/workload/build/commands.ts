// Commands of tools that render the manifests sent to the cluster.

import { pathWord } from "../../contract/shell-word.ts";
import type { Text } from "../../contract/text.ts";

const CHECK = "douane check -f -";

/** Properties of a chart that its render command depends on. */
export interface ChartCommand {
  /** Set if the chart depends on charts outside its folder. */
  readonly needsCharts?: boolean;
  /** Path of the chart's production values. */
  readonly values?: string;
}

export function renderChart(chart: string, { needsCharts = false, values }: ChartCommand = {}): Text {
  const path = pathWord(chart);
  const first = needsCharts ? `helm dependency build ${path} && ` : "";
  const given = values === undefined ? "" : ` --values ${pathWord(values)}`;
  const command = `${first}helm template ${path}${given} | ${CHECK}`;
  return {
    fr: `chart Helm : les gabarits ne sont pas jugés avant d'être rendus. Lancer : ${command}`,
    en: `Helm chart: templates are not judged before they are rendered. Run: ${command}`,
  };
}

/** @param inflatesCharts whether the overlay renders charts, for which kubectl needs a flag */
export function renderOverlay(folder: string, inflatesCharts = false): Text {
  const command = `kubectl kustomize ${inflatesCharts ? "--enable-helm " : ""}${pathWord(folder)} | ${CHECK}`;
  return {
    fr: `Kustomize : ces fichiers ne sont pas jugés avant d'être assemblés. Lancer : ${command}`,
    en: `Kustomize: these files are not judged before they are built. Run: ${command}`,
  };
}

export const COMPONENT: Text = {
  fr: `composant Kustomize : il ne s'assemble pas seul, et n'est pas jugé ici. Juger un overlay qui le reprend : kubectl kustomize OVERLAY | ${CHECK}`,
  en: `Kustomize component: it is not built by itself, and is not judged here. Judge an overlay that takes it: kubectl kustomize OVERLAY | ${CHECK}`,
};

/** @param folder folder that contains `.kontinuous` */
export function buildKontinuous(folder: string): Text {
  const build = "npx kontinuous build --env prod -o";
  const command = folder === "." ? build : `(cd ${pathWord(folder)} && ${build})`;
  return {
    fr: `kontinuous : ces fichiers ne sont pas jugés avant d'être construits, environnement par environnement. Lancer : ${command} | ${CHECK}`,
    en: `kontinuous: these files are not judged before they are built, one environment after the other. Run: ${command} | ${CHECK}`,
  };
}

/** Text about tools that write all manifests. @param build command to run in the folder */
export function buildWith(tool: string, build: string, folder: string): Text {
  const command = folder === "." ? build : `(cd ${pathWord(folder)} && ${build})`;
  return {
    fr: `${tool} : ce qu'il produit n'est pas jugé avant d'être construit. Lancer : ${command} | ${CHECK}`,
    en: `${tool}: what it makes is not judged before it is built. Run: ${command} | ${CHECK}`,
  };
}

/** Text about tools that change manifests on their way to the cluster, without printing them. */
export function changedBy(tool: string): Text {
  return {
    fr: `${tool} : ce qu'il change dans ces manifestes n'est pas jugé. Juger ce que le cluster a reçu : kubectl get deployments,statefulsets,daemonsets,cronjobs -o yaml | ${CHECK}`,
    en: `${tool}: what it changes in these manifests is not judged. Judge what the cluster was given: kubectl get deployments,statefulsets,daemonsets,cronjobs -o yaml | ${CHECK}`,
  };
}

export const RENDER_TEMPLATE: Text = {
  fr: `gabarit non rendu : à juger une fois rendu (helm template, envsubst…), par exemple : helm template CHART | ${CHECK}`,
  en: `unrendered template: judge it once it is rendered (helm template, envsubst…), for example: helm template CHART | ${CHECK}`,
};
