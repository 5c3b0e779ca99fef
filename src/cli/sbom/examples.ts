import type { AnyCommand } from "../command-line/command.ts";

/** Examples of `douane sbom IMAGE`, in the help of the group and of its command. */
export const WRITE_EXAMPLES: AnyCommand["examples"] = [
  {
    line: {
      fr: "douane sbom registry.example.fr/equipe/portail:1.4.2",
      en: "douane sbom registry.example.fr/team/portal:1.4.2",
    },
    says: { fr: "ce que l'image contient, en un tableau", en: "the packages of the image, as a table" },
  },
  {
    line: {
      fr: "douane sbom portail.tar --format cyclonedx=portail.cdx.json --format spdx=portail.spdx.json",
      en: "douane sbom portal.tar --format cyclonedx=portal.cdx.json --format spdx=portal.spdx.json",
    },
    says: { fr: "deux documents en une lecture", en: "two documents from a single read" },
  },
];

/** Examples of `douane sbom diff`. */
export const DIFF_EXAMPLES: AnyCommand["examples"] = [
  {
    line: {
      fr: "douane sbom diff portail:1.4.1 portail:1.4.2",
      en: "douane sbom diff portal:1.4.1 portal:1.4.2",
    },
    says: {
      fr: "les paquets ajoutés, retirés et changés, et les vulnérabilités apparues et disparues",
      en: "the packages that were added, removed and changed, and the vulnerabilities gained and lost",
    },
  },
];
