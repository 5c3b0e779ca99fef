import type { Text } from "../../contract/text.ts";
import { buildWith } from "./commands.ts";

interface Tool {
  /** Files that identify the tool in a folder. */
  readonly files: readonly string[];
  readonly name: string;
  readonly build: string;
  /** Folder of the tool's output, which is judged instead. */
  readonly output?: string;
}

/** Tools that generate all manifests from other sources. */
const TOOLS: readonly Tool[] = [
  { files: ["helmfile.yaml", "helmfile.yaml.gotmpl"], name: "Helmfile", build: "helmfile template" },
  { files: ["cdk8s.yaml"], name: "cdk8s", build: "cdk8s synth --stdout", output: "dist" },
  { files: ["kosko.toml"], name: "Kosko", build: "kosko generate", output: "manifests" },
];

/** @param name of the folder, as the user would write it; `names`: of its entries */
export function toolsIn(name: string, names: readonly string[]): readonly Text[] {
  return TOOLS.filter(
    ({ files, output }) =>
      files.some((file) => names.includes(file)) && (output === undefined || !names.includes(output)),
  ).map((tool) => buildWith(tool.name, tool.build, name));
}
