import type { z } from "zod";
import { jsonText } from "../../../report/escape.ts";
import { VERSION } from "../../version.ts";
import type { sbomDiffSchema } from "./diff-schema.ts";
import { countOf, type DiffSide, type SbomDiff } from "./sbom-diff.ts";

type DiffJson = z.input<typeof sbomDiffSchema>;

/** The difference for programs, as sbomDiffSchema has it. */
export function diffJson({ from, to, difference }: SbomDiff): string {
  const { added, removed, changed, same } = difference;
  const json: DiffJson = {
    schema: "douane/sbom-diff/v1",
    douane: VERSION,
    from: side(from),
    to: side(to),
    added: added.map((one) => ({ ...one, versions: [...one.versions] })),
    removed: removed.map((one) => ({ ...one, versions: [...one.versions] })),
    changed: changed.map((one) => ({ ...one, from: [...one.from], to: [...one.to] })),
    same,
  };
  return `${jsonText(json)}\n`;
}

function side(one: DiffSide): DiffJson["from"] {
  const { packages: _packages, gaps, ...about } = one;
  return { ...about, packages: countOf(one), unread: gaps.map((gap) => ({ ...gap })) };
}
