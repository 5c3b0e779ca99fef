// The Dockerfile's last stage ends on a numeric USER other than 0 (contract 1.1).
//
// The rule reads the last stage and the stages on which it is built, with variables replaced. Discarded
// stages and ONBUILD do not count.
//
//   USER root, 0, 0:0, "" (a variable without a value)            fail
//   USER app, node, nonroot                                       fail: a name cannot be verified; the
//     remedy names the uid that useradd, adduser or the known base image gives it
//   USER 1000, 1000:0, ${UID} with its ARG's default              pass
//   no USER on scratch, or on a base that was read as root        fail
//   no USER on a base that is known to start as root (ubuntu, node, distroless without nonroot)   presumed fail
//   no USER otherwise                                             unproven: the base image decides
//   1000 with BuildKit, another user with Buildah                 unproven: the builder decides
//   ${UID:-0} and an ARG UID without a default                    presumed fail
//   USER $APP_UID, set by the base or only by --build-arg         unproven

import type { DeclaredUser, FinalFacts } from "../../contract/dockerfile-facts.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { defineRule, type Outcome } from "../../contract/rule.ts";
import { shellWord } from "../../contract/shell-word.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { type KnownUser, userNamed } from "../../dockerfile/created-users.ts";
import { placeIn } from "../../dockerfile/places.ts";
import { type BuildableDockerfile, unlessRefused } from "../../dockerfile/unless-refused.ts";
import { HIGHEST_ID } from "../../start/container-user.ts";
import { baseUser } from "./base-users.ts";

const ID = "1.1-dockerfile-user";

export const dockerfileUser = defineRule({
  id: ID,
  rows: ["non-root"],
  title: {
    fr: "Le Dockerfile se termine par un USER numérique différent de 0",
    en: "The Dockerfile ends on a numeric USER other than 0",
  },
  why: {
    fr: "Sans USER, l'image s'exécute sous l'utilisateur de son image de base, presque toujours root. Le kubelet ne peut vérifier qu'un UID numérique : sous runAsNonRoot, il refuse un nom d'utilisateur, même non privilégié.",
    en: "Without USER, the image runs as the user of its base image, nearly always root. The kubelet can only verify a numeric UID: under runAsNonRoot it refuses a user name, even an unprivileged one.",
  },
  remedy: {
    fr: "Terminer le Dockerfile par un UID numérique : « USER 1000 ».",
    en: "End the Dockerfile with a numeric UID: `USER 1000`.",
  },
  needs: ["dockerfile"],
  check: ({ dockerfile: facts }) => unlessRefused(facts, (dockerfile) => judge(dockerfile, dockerfile.final)),
});

function judge(dockerfile: BuildableDockerfile, final: FinalFacts): Outcome {
  const user = final.user;
  if (user === undefined) return final.baseKnown ? absent(dockerfile) : inherited(dockerfile, final);
  if (user.unknown.length > 0) return unknownUser(dockerfile, user);
  const outcome = judgeValue(dockerfile, user.value);
  const { value, elsewhere } = user;
  if (elsewhere === undefined || outcome.status !== "pass") return outcome;
  return judgeValue(dockerfile, elsewhere).status === "pass" ? outcome : dependsOnBuilder(value, elsewhere);
}

function judgeValue(dockerfile: BuildableDockerfile, user: string): Outcome {
  const name = user.replace(/:.*$/s, "").trim();
  if (name === "") {
    return refuse(dockerfile, name, {
      fr: "USER est vide une fois ses variables remplacées : l'image s'exécute en root",
      en: "USER is empty once its variables are replaced: the image runs as root",
    });
  }
  return /^[+-]?\d+$/.test(name) ? judgeUid(dockerfile, name) : judgeName(dockerfile, name);
}

function judgeUid(dockerfile: BuildableDockerfile, user: string): Outcome {
  const uid = Number(user);
  const shown = excerpt(user);
  if (uid === 0) {
    return refuse(dockerfile, user, {
      fr: `USER ${shown} est root (UID 0)`,
      en: `USER ${shown} is root (UID 0)`,
    });
  }
  if (uid < 0 || uid > HIGHEST_ID) {
    return refuse(dockerfile, user, {
      fr: `USER ${shown} n'est pas un UID : le conteneur ne peut pas démarrer`,
      en: `USER ${shown} is no UID: the container cannot start`,
    });
  }
  return {
    status: "pass",
    proof: { fr: `USER ${shown} : UID numérique non-root`, en: `USER ${shown}: a numeric, non-root UID` },
  };
}

function judgeName(dockerfile: BuildableDockerfile, name: string): Outcome {
  const known = name === "root" ? { uid: 0 } : userNamed(dockerfile, name);
  const user = excerpt(name);
  if (known?.uid === 0) {
    return refuse(dockerfile, name, {
      fr: `USER ${user} est root (UID 0)`,
      en: `USER ${user} is root (UID 0)`,
    });
  }
  return refuse(
    dockerfile,
    name,
    {
      fr: `USER ${user} est un nom : le kubelet ne peut pas vérifier qu'il n'est pas root et refuse de démarrer`,
      en: `USER ${user} is a name: the kubelet cannot verify that it is not root, and refuses to start it`,
    },
    remedyFor(known, user),
  );
}

/** The exact line to write, if the uid is known. */
function remedyFor(known: KnownUser | undefined, user: string): Text {
  if (known?.uid !== undefined) {
    const uid = String(known.uid);
    return {
      fr: `Remplacer par « USER ${uid} », l'UID de ${user}.`,
      en: `Write \`USER ${uid}\` instead, the UID of ${user}.`,
    };
  }
  if (known?.at !== undefined) {
    const line = String(known.at.line);
    return {
      fr: `Fixer l'UID de ${user} là où il est créé, ligne ${line} (option -u 1001), puis écrire « USER 1001 ».`,
      en: `Fix the UID of ${user} where it is created, line ${line} (option -u 1001), then write \`USER 1001\`.`,
    };
  }
  const word = shellWord(user);
  return {
    fr: `Remplacer ${user} par son UID, que donne « docker run --rm --entrypoint id IMAGE -u ${word} » : « USER 1000 », par exemple.`,
    en: `Replace ${user} by its UID, as \`docker run --rm --entrypoint id IMAGE -u ${word}\` gives it: \`USER 1000\`, for example.`,
  };
}

function absent(dockerfile: BuildableDockerfile): Outcome {
  return refuse(dockerfile, "absent", {
    fr: "ni le Dockerfile ni son image de base ne définissent de USER : l'image s'exécute en root",
    en: "neither the Dockerfile nor its base image sets a USER: the image runs as root",
  });
}

function inherited(dockerfile: BuildableDockerfile, final: FinalFacts): Outcome {
  const base = excerpt(final.base.value);
  const user = final.base.unknown.length > 0 ? undefined : baseUser(final.base.value);
  if (user === "root") {
    const refused = refuse(dockerfile, "absent", {
      fr: `aucun USER, et l'image de base ${base} démarre en root`,
      en: `no USER, and base image ${base} starts as root`,
    });
    return { ...refused, presumed: true };
  }
  const uid = user ?? "1000";
  const known =
    user === undefined
      ? { fr: "", en: "" }
      : { fr: ` (UID ${uid}, à en croire son nom)`, en: ` (UID ${uid}, to judge by its name)` };
  return {
    status: "unproven",
    reason: {
      fr: `aucun USER dans l'étape finale : l'utilisateur est celui de l'image de base ${base}${known.fr}, qui n'a pas été lue`,
      en: `no USER in the final stage: the user is that of the base image ${base}${known.en}, which was not read`,
    },
    settle: {
      fr: `Terminer le Dockerfile par un UID numérique : « USER ${uid} »${user === undefined ? ", par exemple" : ""}.`,
      en: `End the Dockerfile with a numeric UID: \`USER ${uid}\`${user === undefined ? ", for example" : ""}.`,
    },
  };
}

/** The same variable has another value for another builder. */
function dependsOnBuilder(value: string, elsewhere: string): Outcome {
  const [here, there] = [excerpt(value), elsewhere === "" ? "root" : excerpt(elsewhere)];
  return {
    status: "unproven",
    reason: {
      fr: `USER vaut ${here} pour BuildKit et ${there} pour Buildah : l'un hérite de l'ARG de l'étape de base, ou le préfère à ENV, l'autre non`,
      en: `USER is ${here} for BuildKit and ${there} for Buildah: one inherits the ARG of the stage below, or prefers it to ENV, the other does not`,
    },
    settle: {
      fr: "Écrire l'UID en chiffres, ou répéter l'ARG avec sa valeur par défaut dans l'étape finale.",
      en: "Write the UID in digits, or repeat the ARG with its default in the final stage.",
    },
  };
}

/** Outcome for `ARG UID` and `USER ${UID:-0}`: root, unless the build sets the argument. */
function unknownUser(dockerfile: BuildableDockerfile, { unknown, unset = "" }: DeclaredUser): Outcome {
  if (!/^(?:[+-]?0{1,20}|root)(?::|$)/.test(unset)) return unknownVariable(unknown.join(", "));
  const name = excerpt(unknown.join(", "));
  const refused = refuse(dockerfile, unset, {
    fr: `sans l'argument de construction ${name}, USER vaut ${excerpt(unset)} : root`,
    en: `without the build argument ${name}, USER is ${excerpt(unset)}: root`,
  });
  return { ...refused, presumed: true };
}

function unknownVariable(names: string): Outcome {
  const shown = excerpt(names);
  return {
    status: "unproven",
    reason: {
      fr: `USER dépend de ${shown}, que le Dockerfile ne définit pas : l'image de base ou un argument de construction s'en charge`,
      en: `USER depends on ${shown}, which the Dockerfile does not set: the base image or a build argument does`,
    },
    settle: {
      fr: "Écrire l'UID en chiffres, ou donner une valeur par défaut à l'argument : « ARG UID=1000 ».",
      en: "Write the UID in digits, or give the argument a default: `ARG UID=1000`.",
    },
  };
}

function refuse(
  dockerfile: BuildableDockerfile,
  user: string,
  message: Text,
  remedy?: Text,
): Extract<Outcome, { status: "fail" }> {
  const { final, stages } = dockerfile;
  const at = placeIn(dockerfile, final.user?.at ?? stages.at(-1)?.at);
  const finding = { message, fingerprint: fingerprint(ID, user), at };
  return { status: "fail", findings: [remedy === undefined ? finding : { ...finding, remedy }] };
}
