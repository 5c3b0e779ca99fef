import { join } from "node:path";
import type { Text } from "../../contract/text.ts";
import { isMapping } from "../decode/collections.ts";
import { buildWith, changedBy } from "./commands.ts";
import { readYaml } from "./read-yaml.ts";

type Mapping = Readonly<Record<string, unknown>>;

interface Tool {
  /** Files that identify the tool in a folder. */
  readonly files: readonly string[];
  /** Ending of file names that also identify the tool. */
  readonly ending?: string;
  readonly name: string;
  /** Command that prints the manifests; absent if there is none. */
  readonly build?: string;
  /** Whether the tool changes the manifests of the folder, judged by its file; default: always. */
  readonly changes?: (settings: Mapping) => boolean;
  /** Folder of the tool's output, which is judged instead. */
  readonly output?: string;
}

/** Tools that generate all manifests from other sources, or change the manifests of the folder. */
const TOOLS: readonly Tool[] = [
  { files: ["helmfile.yaml", "helmfile.yaml.gotmpl"], name: "Helmfile", build: "helmfile template" },
  { files: ["cdk8s.yaml"], name: "cdk8s", build: "cdk8s synth --stdout", output: "dist" },
  { files: ["kcl.mod"], name: "KCL", build: "kcl run" },
  { files: ["timoni.cue"], name: "Timoni", build: "timoni build NAME ." },
  // Argo CD evaluates these files of a folder itself, and Tanka evaluates those of its environments.
  { files: [], ending: ".jsonnet", name: "Jsonnet", build: "jsonnet -y FILE", output: "manifests" },
  { files: ["kosko.toml"], name: "Kosko", build: "kosko generate", output: "manifests" },
  {
    files: ["Kptfile"],
    name: "kpt",
    build: "kpt fn render -o unwrap",
    changes: ({ pipeline }) => holds(pipeline, ["mutators"]),
  },
  {
    files: ["fleet.yaml"],
    name: "Fleet",
    changes: ({ helm, kustomize, yaml, targetCustomizations }) =>
      [helm, kustomize].some(isMapping) || holds(yaml, ["overlays"]) || isFilled(targetCustomizations),
  },
  {
    files: ["skaffold.yaml", "skaffold.yml"],
    name: "Skaffold",
    build: "skaffold render",
    changes: ({ manifests, profiles }) =>
      holds(manifests, ["kpt", "transform"]) ||
      (isMapping(manifests) && holds(manifests["hooks"], ["after"])) ||
      isFilled(profiles),
  },
];

function holds(value: unknown, fields: readonly string[]): boolean {
  return isMapping(value) && fields.some((field) => isFilled(value[field]));
}

function isFilled(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}

/**
 * Messages about tools whose output is not judged.
 *
 * @param path path of the folder, absolute; `name`: as the user would write it; `names`: names of its entries
 */
export function toolsIn(path: string, name: string, names: readonly string[]): readonly Text[] {
  return TOOLS.flatMap((tool) => {
    const { ending } = tool;
    const isOwn = (one: string) => tool.files.includes(one) || (ending !== undefined && one.endsWith(ending));
    const file = names.find(isOwn);
    if (file === undefined || (tool.output !== undefined && names.includes(tool.output))) return [];
    if (tool.changes?.(readYaml(join(path, file))) === false) return [];
    return [tool.build === undefined ? changedBy(tool.name) : buildWith(tool.name, tool.build, name)];
  });
}
