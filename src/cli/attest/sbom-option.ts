import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";

/** An SBOM to attest. */
export interface SbomOption {
  readonly file: string;
  /** Platform of the image that it describes; absent: the only one, or that of --platform. */
  readonly platform?: string;
}

/**
 * Reads `FILE[,platform=OS/ARCH]`: the SBOMs of an image's platforms go into one request, since a job's token is good
 * for one.
 *
 * @throws UsageError sbom-option
 */
export function parseSbomOption(option: string): SbomOption {
  const [file = "", word, ...others] = option.split(/,(?=[a-z-]{1,20}=)/);
  const [, platform] = /^platform=(.+)$/.exec(word ?? "") ?? [];
  if (file === "" || others.length > 0 || (word !== undefined && platform === undefined)) throw wrong(option);
  return platform === undefined ? { file } : { file, platform };
}

function wrong(option: string): UsageError {
  return new UsageError("sbom-option", {
    fr: `--sbom ${quoted(option)} n'est pas reconnu. Forme : --sbom FICHIER[,platform=OS/ARCH]`,
    en: `--sbom ${quoted(option)} is not recognised. Form: --sbom FILE[,platform=OS/ARCH]`,
  });
}
