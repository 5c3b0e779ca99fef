import { assertDistinct, type FormatTarget, formatParser } from "../command-line/format-target.ts";

const NAMES = ["table", "json", "sarif", "cyclonedx", "gitlab"] as const;

export type VulnsFormatName = (typeof NAMES)[number];

/** A form in which an image's findings are told; without what writes it, which only the scan loads. */
export interface VulnsFormat {
  readonly name: VulnsFormatName;
}

export const VULNS_FORMATS: readonly VulnsFormat[] = NAMES.map((name) => ({ name }));

export const parseVulnsFormat = formatParser(VULNS_FORMATS);

/** The formats of `status` and `affected`, whose answers are no findings of one image. */
export const PLAIN_NAMES = ["table", "json"] as const;

/** A form of such an answer. */
export interface PlainFormat {
  readonly name: (typeof PLAIN_NAMES)[number];
}

export const parsePlainFormat = formatParser<PlainFormat>(PLAIN_NAMES.map((name) => ({ name })));

/**
 * Where the answer goes: a table on stdout, unless something else is asked for.
 *
 * @throws UsageError format-twice
 */
export function targetsOf<F extends { readonly name: string }>(
  asked: readonly FormatTarget<F>[],
): readonly FormatTarget<F | { readonly name: "table" }>[] {
  assertDistinct(asked);
  return asked.length > 0 ? asked : [{ format: { name: "table" } }];
}
