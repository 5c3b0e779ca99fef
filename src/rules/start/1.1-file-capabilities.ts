// No program started by the entrypoint has effective file capabilities (contract 1.1).
//
// capabilities(7): execve() of a file whose capability set is effective, but not within the
// bounding set, fails with EPERM. Restricted drops ALL capabilities, so the program cannot start
// for a non-root user. With only permitted capabilities (`setcap cap_net_bind_service=p`), the program starts without
// them. For a script, execve checks the interpreter's file.
//
//   a program of the start with effective capabilities                             fail
//   the start is not fully known (a program that the image does not have, a
//   name that the shell computes, a bound), and another file has effective ones     unproven
//   the same, and no file of the image has effective ones                           pass
//
// The xattr (linux/capability.h): le32 magic (revision << 24 | effective flag), then le32 pairs of
// permitted and inheritable: one in revision 1, two in 2, two and a root uid in 3.

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import type { ProgramStep } from "../../contract/image-facts.ts";
import { outcomeOf, sortFindings } from "../../contract/outcome-of.ts";
import type { Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { type StartedImage, startedImage } from "../../start/started-image.ts";
import { unlessUnread } from "../image/unread-layers.ts";
import { defineStartRule } from "./start-rule.ts";
import { notFound, unfollowed } from "./unfollowed.ts";

const ID = "1.1-file-capabilities";
const VFS_CAP_FLAGS_EFFECTIVE = 1;
/** Length of the xattr in bytes, by revision. */
const SIZES: Readonly<Record<number, number>> = { 1: 12, 2: 20, 3: 24 };

export const fileCapabilities = defineStartRule({
  id: ID,
  rows: ["non-root"],
  title: {
    fr: "Aucun programme du démarrage n'exige de capacités de fichier",
    en: "No startup program requires file capabilities",
  },
  why: {
    fr: "Sous le profil Restricted, toutes les capacités sont retirées : le noyau refuse d'exécuter (EPERM) un fichier dont les capacités sont effectives.",
    en: "Under the Restricted profile every capability is dropped: the kernel refuses to execute (EPERM) a file whose capabilities are effective.",
  },
  remedy: {
    fr: "Retirer les capacités dans le Dockerfile (RUN setcap -r FICHIER) et écouter sur un port supérieur à 1023, par exemple 8080.",
    en: "Remove the capabilities in the Dockerfile (RUN setcap -r FILE) and listen on a port above 1023, for example 8080.",
  },
  files: [{ type: "file", capability: true }],
  check(evidence) {
    const image = startedImage(evidence);
    const { steps } = image.program;
    const found = steps.filter(({ file, script }) => file !== undefined && script === undefined);
    if (steps.length === 0 && image.manifest?.unknown === undefined) {
      return {
        status: "n/a",
        reason: {
          fr: "l'image ne définit ni ENTRYPOINT ni CMD",
          en: "the image sets neither ENTRYPOINT nor CMD",
        },
      };
    }
    const judged = found.flatMap((step) => {
      const capability = step.capability === undefined ? undefined : parse(step.capability);
      return capability === undefined
        ? []
        : [{ refutes: capability.effective, finding: finding(step, capability) }];
    });
    const names = found.map(({ file = "" }) => excerpt(file)).join(", ");
    const proof: Text = {
      fr:
        names === ""
          ? "aucun programme du démarrage trouvé dans l'image n'a de capacités effectives"
          : `sans capacités de fichier effectives : ${names}`,
      en:
        names === ""
          ? "no program of the start found in the image has effective capabilities"
          : `without effective file capabilities: ${names}`,
    };
    return unlessUnread(image, outcomeOf(sortFindings(judged), unknownStart(image) ?? proof));
  },
});

/** Outcome if an unknown program starts, since the program may be any file with capabilities. */
function unknownStart(image: StartedImage): Outcome | undefined {
  const capable = image.files.filter(
    ({ capability }) => capability !== undefined && parse(capability)?.effective === true,
  );
  const missing = image.program.steps.filter(({ file }) => file === undefined).map(({ name }) => name);
  const reason = unfollowed(image) ?? (missing.length === 0 ? undefined : notFound(missing));
  if (reason === undefined || capable.length === 0) return undefined;
  const [example = ""] = capable.map(({ path }) => excerpt(path));
  return {
    status: "unproven",
    reason: {
      fr: `${reason.fr} ; or l'image contient des fichiers à capacités effectives, dont ${example}`,
      en: `${reason.en}; and the image holds files with effective capabilities, ${example} among them`,
    },
    settle: {
      fr: `Retirer ces capacités dans le Dockerfile (RUN setcap -r ${example}) ou nommer le programme par son chemin dans la commande de démarrage.`,
      en: `Remove these capabilities in the Dockerfile (RUN setcap -r ${example}) or name the program by its path in the start command.`,
    },
  };
}

interface Capability {
  readonly effective: boolean;
  /** Capability numbers as a hexadecimal bit mask. */
  readonly permitted: string;
}

/**
 * Capabilities in the xattr. The kernel refuses to start a file whose xattr has another size or revision
 * (EINVAL), so such a file counts as effective.
 */
function parse(hex: string): Capability | undefined {
  const bytes = new DataView(
    Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)).buffer,
  );
  if (bytes.byteLength < 4) return { effective: true, permitted: "?" };
  const magic = bytes.getUint32(0, true);
  if (SIZES[magic >>> 24] !== bytes.byteLength) return { effective: true, permitted: "?" };
  const high = bytes.byteLength > 12 ? bytes.getUint32(12, true) : 0;
  const permitted = (BigInt(high) << 32n) | BigInt(bytes.getUint32(4, true));
  const effective = (magic & VFS_CAP_FLAGS_EFFECTIVE) !== 0;
  // Capabilities that are not permitted cannot be missing in the bounding set.
  return permitted === 0n ? undefined : { effective, permitted: `0x${permitted.toString(16)}` };
}

function finding({ file = "" }: ProgramStep, { effective, permitted }: Capability): Finding {
  const shown = excerpt(file);
  const consequence: Text = effective
    ? {
        fr: "il ne peut pas démarrer sous le profil Restricted (EPERM)",
        en: "it cannot start under the Restricted profile (EPERM)",
      }
    : {
        fr: "elles restent sans effet sous le profil Restricted",
        en: "they have no effect under the Restricted profile",
      };
  const kind = effective ? { fr: "effectives", en: "effective" } : { fr: "permises", en: "permitted" };
  return {
    message: {
      fr: `${shown} porte des capacités ${kind.fr} (${permitted}) : ${consequence.fr}`,
      en: `${shown} has ${kind.en} file capabilities (${permitted}): ${consequence.en}`,
    },
    remedy: {
      fr: `Ajouter « RUN setcap -r ${shown} » dans le Dockerfile et écouter sur un port supérieur à 1023.`,
      en: `Add \`RUN setcap -r ${shown}\` to the Dockerfile and listen on a port above 1023.`,
    },
    fingerprint: fingerprint(ID, file, permitted),
    at: { path: file },
  };
}
