import type { ImageSbom } from "../../assess/image-sbom.ts";
import { EXIT, UsageError } from "../../contract/error.ts";
import type { Text } from "../../contract/text.ts";
import { incompleteTexts, type SbomDocument } from "../../sbom/documents/read/sbom-document.ts";
import { asDocument } from "../../sbom/formats/formats.ts";
import type { Session } from "../command-line/command.ts";
import { writeFormats } from "../command-line/write-formats.ts";
import { warn } from "../terminal/failure.ts";
import { accountTexts } from "./accounts.ts";
import type { SbomValues } from "./flags.ts";
import { CYCLONEDX, notAFormatOf, TABLE } from "./formats.ts";
import { readOperand } from "./operand.ts";
import { profileTexts } from "./profile-texts.ts";

/** `douane sbom IMAGE|FILE`. */
export async function runSbom(
  session: Session,
  values: SbomValues,
  [first, ...others]: readonly string[],
): Promise<number> {
  if (first === undefined) throw oneImage();
  if (others.length > 0) throw tooMany();
  const operand = await readOperand(session, values, first);
  return operand.kind === "image"
    ? writeImage(session, values, operand.sbom)
    : writeDocument(session, values, operand.document);
}

async function writeImage(session: Session, values: SbomValues, { content, choice }: ImageSbom) {
  const remarks = choice === undefined ? content.gaps : [choice, ...content.gaps];
  await tell(session, [...remarks, ...accountTexts(content.packages)]);
  const { isTTY } = session.context.stdout;
  const targets = values.format.length > 0 ? values.format : [{ format: isTTY ? TABLE : CYCLONEDX }];
  await writeFormats(session, targets, (format, options) => {
    if (format.image === undefined) throw notAFormatOf(format, "image");
    return format.image(content, options);
  });
  await tellProfiles(session, values, () => asDocument(content));
  return content.gaps.length === 0 ? EXIT.admitted : EXIT.unproven;
}

async function writeDocument(session: Session, values: SbomValues, document: SbomDocument) {
  const incomplete = incompleteTexts(document);
  await tell(session, [...incomplete, ...document.remarks]);
  const targets = values.format.length > 0 ? values.format : [{ format: TABLE }];
  await writeFormats(session, targets, (format, options) => {
    if (format.document === undefined) throw notAFormatOf(format, "document");
    return format.document(document, options);
  });
  await tellProfiles(session, values, () => document);
  return incomplete.length === 0 ? EXIT.admitted : EXIT.unproven;
}

/** Prints the results of requested profiles, even with --quiet. */
async function tellProfiles(session: Session, { profile }: SbomValues, documentOf: () => SbomDocument) {
  if (profile.length === 0) return;
  const { context, lang, verbose } = session;
  const document = documentOf();
  for (const one of profile) {
    const texts = profileTexts(document, one, verbose).map((text) => `${text[lang]}\n`);
    await context.stderr.write(texts.join(""));
  }
}

async function tell({ quiet, context, lang }: Session, texts: readonly Text[]): Promise<void> {
  if (!quiet) for (const text of texts) await warn(text, context, lang);
}

function oneImage(): UsageError {
  return new UsageError("image-missing", {
    fr: "douane sbom décrit une image : la nommer (douane sbom registry.example.fr/equipe/portail:1.4.2).",
    en: "douane sbom describes one image: name it (`douane sbom registry.example.fr/team/portal:1.4.2`).",
  });
}

function tooMany(): UsageError {
  return new UsageError("image-missing", {
    fr: "douane sbom décrit une image à la fois ; pour en comparer deux : douane sbom diff A B.",
    en: "douane sbom describes one image at a time; to compare two: `douane sbom diff A B`.",
  });
}
