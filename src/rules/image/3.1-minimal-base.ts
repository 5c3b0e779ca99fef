// The image is minimal (contract 3.1, recommended): distroless, scratch, or a base that is small by design.
//
//   no shell and no package manager, whatever the distribution (scratch, static binaries)   pass
//   Alpine, Wolfi, Chainguard; Ubuntu chiselled; UBI micro (a shell, no package manager);
//   busybox alone                                                                         pass, named
//   distroless; its -debug variants carry /busybox/sh                                     pass; fail
//   Debian, Ubuntu, Fedora, RHEL, UBI and ubi-minimal (microdnf), Amazon, SUSE, Arch…      fail
//   no os-release, or an unknown one, but a shell or a package manager                    unproven
// An image without os-release is not distroless for that reason alone. A link to a missing shell is not a shell.

import { fingerprint } from "../../contract/fingerprint.ts";
import type { ImageFacts } from "../../contract/image-facts.ts";
import { defineRule, type Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { BASE_FILES, type Base, baseOf } from "./bases.ts";
import { minimalRemedy } from "./minimal-alternatives.ts";
import { unlessUnread } from "./unread-layers.ts";

const ID = "3.1-minimal-base";
const UBI_MICRO = /^ubi\d+\/ubi-micro$|^ubi\d+-micro-container$/;

export const minimalBase = defineRule({
  id: ID,
  rows: ["minimal"],
  title: {
    fr: "L'image repose sur une base minimale, distroless ou scratch",
    en: "The image is built on a minimal base, distroless or scratch",
  },
  why: {
    fr: "Un shell et un gestionnaire de paquets ne servent pas à l'application mais à un intrus, et chaque paquet d'une base généraliste apporte ses vulnérabilités.",
    en: "A shell and a package manager serve not the application but whoever breaks in, and every package of a general-purpose base brings its vulnerabilities.",
  },
  remedy: {
    fr: "Construire l'image finale sur une base minimale (distroless, Alpine, scratch).",
    en: "Build the final image on a minimal base (distroless, Alpine, scratch).",
  },
  needs: ["image"],
  files: BASE_FILES,
  check({ image }) {
    const base = baseOf(image);
    return unlessUnread(image, judge(image, base));
  },
});

function judge(image: ImageFacts, base: Base): Outcome {
  const found = [...base.shells, ...base.managers].map(excerpt).join(", ");
  const name = excerpt(base.name);
  if (found === "") return bare(name);
  if (base.kind === "minimal") return minimal({ fr: name, en: name });
  if (base.kind === "chiselled" && base.managers.length === 0) {
    return minimal({ fr: `${name} chiselled`, en: `${name}, chiselled` });
  }
  if (base.kind === "none" || base.kind === "unknown") return judgeUnknown(base, name, found);
  if (isUbiMicro(image, base)) return minimal({ fr: `UBI micro (${name})`, en: `UBI micro (${name})` });
  return refuse(image, name, found);
}

function judgeUnknown(base: Base, name: string, found: string): Outcome {
  const busybox = base.shells.every((path) => /busybox|toybox/.test(path) || isApplet(base, path));
  if (base.kind === "none" && base.managers.length === 0 && busybox) {
    return minimal({ fr: "busybox, sans distribution", en: "busybox, without a distribution" });
  }
  return undetermined(name, found);
}

/** Whether the shell and the busybox beside it are one file (a hard link). */
function isApplet({ shells }: Base, path: string): boolean {
  return /\/(?:sh|ash)$/.test(path) && shells.some((other) => other.includes("busybox"));
}

/** Whether the base is UBI micro, which has bash, but neither rpm nor dnf. */
function isUbiMicro({ config }: ImageFacts, { managers }: Base): boolean {
  const component = config.labels["com.redhat.component"] ?? config.labels["name"] ?? "";
  return managers.length === 0 && UBI_MICRO.test(component);
}

function bare(name: string): Outcome {
  const system = name === "" ? { fr: "aucune distribution", en: "no distribution" } : { fr: name, en: name };
  return minimal({
    fr: `${system.fr}, ni shell ni gestionnaire de paquets`,
    en: `${system.en}, neither shell nor package manager`,
  });
}

function minimal(what: Text): Outcome {
  return { status: "pass", proof: { fr: `base minimale : ${what.fr}`, en: `minimal base: ${what.en}` } };
}

function refuse(image: ImageFacts, name: string, found: string): Outcome {
  return {
    status: "fail",
    findings: [
      {
        message: {
          fr: `base généraliste ${name} : l'image contient ${found}`,
          en: `general-purpose base ${name}: the image holds ${found}`,
        },
        remedy: minimalRemedy(image),
        fingerprint: fingerprint(ID, name),
      },
    ],
  };
}

function undetermined(name: string, found: string): Outcome {
  const system =
    name === ""
      ? { fr: "l'image n'a pas d'os-release", en: "the image has no os-release" }
      : { fr: `distribution inconnue (${name})`, en: `unknown distribution (${name})` };
  return {
    status: "unproven",
    reason: { fr: `${system.fr}, mais contient ${found}`, en: `${system.en}, but holds ${found}` },
    settle: {
      fr: "Retirer le shell et le gestionnaire de paquets de l'image finale.",
      en: "Take the shell and the package manager out of the final image.",
    },
  };
}
