import { UsageError } from "../../contract/error.ts";
import { type FormatTarget, formatParser } from "../command-line/format-target.ts";

const NAMES = ["table", "json", "sarif", "cyclonedx", "gitlab"] as const;

export type VulnsFormatName = (typeof NAMES)[number];

/** A form in which `douane vulns` answers; without what writes it, which only the action loads. */
export interface VulnsFormat {
  readonly name: VulnsFormatName;
}

export const VULNS_FORMATS: readonly VulnsFormat[] = NAMES.map((name) => ({ name }));

export const parseVulnsFormat = formatParser(VULNS_FORMATS);

type Target = FormatTarget<VulnsFormat>;

/** Where the answer goes: a table on stdout, unless something else is asked for. */
export function targetsOf(asked: readonly Target[]): readonly Target[] {
  return asked.length > 0 ? asked : [{ format: { name: "table" } }];
}

/**
 * The same of an action whose answers are no findings of one image.
 *
 * @throws UsageError format-elsewhere
 */
export function plainTargetsOf(action: string, asked: readonly Target[]): readonly Target[] {
  const other = asked.find(({ format: { name } }) => name !== "table" && name !== "json");
  if (other === undefined) return targetsOf(asked);
  const { name } = other.format;
  throw new UsageError("format-elsewhere", {
    fr: `--format ${name} n'est pas un format de douane vulns ${action} : table, json.`,
    en: `--format ${name} is no format of \`douane vulns ${action}\`: table, json.`,
  });
}
