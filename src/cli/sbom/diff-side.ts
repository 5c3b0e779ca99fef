import { packagesOfDocument, packagesOfImage } from "../../assess/package-difference.ts";
import { subjectName, subjectVersion } from "../../sbom/documents/document.ts";
import { incompleteTexts } from "../../sbom/documents/read/sbom-document.ts";
import type { Operand } from "./operand.ts";
import type { DiffSide } from "./sbom-diff.ts";

/** Packages of an operand for comparison. */
export function diffSide(given: string, operand: Operand): DiffSide {
  if (operand.kind === "image") {
    const { content } = operand.sbom;
    const { os } = content.packages;
    return {
      given,
      name: subjectName(content.subject),
      version: subjectVersion(content.subject),
      ...(os === undefined ? {} : { os }),
      packages: packagesOfImage(content),
      gaps: content.gaps,
    };
  }
  const { document } = operand;
  const { subject, os } = document;
  return {
    given,
    ...(subject === undefined ? {} : { name: subject.name }),
    ...(subject?.version === undefined ? {} : { version: subject.version }),
    ...(os === undefined ? {} : { os }),
    packages: packagesOfDocument(document),
    gaps: incompleteTexts(document),
  };
}
