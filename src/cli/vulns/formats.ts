import { type FormatTarget, formatParser } from "../command-line/format-target.ts";

const NAMES = ["table", "json", "sarif", "cyclonedx", "gitlab"] as const;

export type VulnsFormatName = (typeof NAMES)[number];

/** An output format for findings, without its writer, which only the scan loads. */
export interface VulnsFormat {
  readonly name: VulnsFormatName;
}

export const VULNS_FORMATS: readonly VulnsFormat[] = NAMES.map((name) => ({ name }));

export const parseVulnsFormat = formatParser(VULNS_FORMATS);

/** Formats of `status` and `affected`, whose results are not findings of one image. */
export const PLAIN_NAMES = ["table", "json"] as const;

/** An output format of `status` or `affected`. */
export interface PlainFormat {
  readonly name: (typeof PLAIN_NAMES)[number];
}

export const parsePlainFormat = formatParser<PlainFormat>(PLAIN_NAMES.map((name) => ({ name })));

/**
 * Targets of the output; default: a table on stdout.
 *
 * @throws UsageError format-twice
 */
export function targetsOf<F extends { readonly name: string }>(
  asked: readonly FormatTarget<F>[],
): readonly FormatTarget<F | { readonly name: "table" }>[] {
  return asked.length > 0 ? asked : [{ format: { name: "table" } }];
}
