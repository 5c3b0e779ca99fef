import { quoted } from "../../../contract/shown.ts";
import type { Text } from "../../../contract/text.ts";
import type { SbomDocument } from "./sbom-document.ts";

/** Reasons that a document itself gives for being incomplete. */
export function incompleteTexts({ incomplete }: Pick<SbomDocument, "incomplete">): readonly Text[] {
  return incomplete.map((reason) => ({
    fr: `le document se dit incomplet (${quoted(reason)}).`,
    en: `the document says that it is incomplete (${quoted(reason)}).`,
  }));
}
