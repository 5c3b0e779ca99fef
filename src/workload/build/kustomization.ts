import { join, resolve } from "node:path";
import type { Text } from "../../contract/text.ts";
import { COMPONENT, renderOverlay } from "./commands.ts";
import { readYaml, texts } from "./read-yaml.ts";

export const KUSTOMIZATIONS: ReadonlySet<string> = new Set([
  "kustomization.yaml",
  "kustomization.yml",
  "Kustomization",
]);

/** Folder of an overlay, with the folders that it includes. Absolute paths. */
export interface BuiltTogether {
  readonly path: string;
  readonly takes: readonly string[];
}

/** A folder with an overlay, which Kustomize builds. */
interface Overlay extends BuiltTogether {
  readonly message: Text;
}

/**
 * Overlay in a folder; undefined if there is none: objects of Flux have the same name, in files of the same
 * name.
 *
 * @param path path of the folder, absolute; `name`: as the user would write it
 * @param names names of its entries
 */
export function overlayIn(path: string, name: string, names: readonly string[]): Overlay | undefined {
  const file = names.find((entry) => KUSTOMIZATIONS.has(entry));
  if (file === undefined) return undefined;
  const { apiVersion, kind, resources, bases, components, helmCharts } = readYaml(join(path, file));
  if (typeof apiVersion === "string" && apiVersion.startsWith("kustomize.toolkit.fluxcd.io/"))
    return undefined;
  const takes = [resources, bases, components].flatMap(texts).map((taken) => resolve(path, taken));
  const message = kind === "Component" ? COMPONENT : renderOverlay(name, Array.isArray(helmCharts));
  return { path, takes, message };
}
