import { dirname } from "node:path";
import { DouaneError } from "../../contract/error.ts";
import { judgedRoot } from "../../files/judged-root.ts";
import { isMapping } from "../decode/collections.ts";
import { compose } from "../yaml/compose.ts";
import { parse } from "../yaml/parse.ts";
import { readManifestFile } from "../yaml/read-file.ts";
import { decodeText } from "../yaml/text.ts";
import { YamlError } from "../yaml/yaml-error.ts";

/** First document of a tool's file; empty if unreadable. @param path absolute path */
export function readYaml(path: string): Readonly<Record<string, unknown>> {
  const bytes = readManifestFile(path, judgedRoot(dirname(path)));
  if ("problem" in bytes) return {};
  const decoded = decodeText(bytes);
  if ("problem" in decoded) return {};
  try {
    const value = compose(decoded.text, parse(decoded.text))[0]?.value;
    return isMapping(value) ? value : {};
  } catch (error) {
    if (error instanceof YamlError || error instanceof DouaneError) return {};
    throw error;
  }
}

/** Strings of a list; empty if the value is not a list. */
export function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
