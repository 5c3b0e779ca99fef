import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";

/** An SBOM to attest. */
export interface SbomOption {
  readonly file: string;
  /** Platform of the image that the SBOM describes; absent: the only platform, or that of --platform. */
  readonly platform?: string;
}

/**
 * Reads `FILE[,platform=OS/ARCH]`. The SBOMs of all platforms of an image are in one request, since a job's
 * token is valid for one request.
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
