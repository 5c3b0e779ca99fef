import { DouaneError } from "../../contract/error.ts";
import { compose } from "../yaml/compose.ts";
import { parse } from "../yaml/parse.ts";
import { YamlError } from "../yaml/yaml-error.ts";
import type { KubernetesObject } from "./kind.ts";
import { objectsOf } from "./objects.ts";

/** Objects of a YAML document; empty for text that is not YAML: a script, documentation, a template. */
export function objectsIn(text: string): readonly KubernetesObject[] {
  try {
    return compose(text, parse(text)).flatMap(({ value }) => [...objectsOf(value)]);
  } catch (error) {
    if (error instanceof YamlError || error instanceof DouaneError) return [];
    throw error;
  }
}
