import { excerpt } from "../../../contract/shown.ts";
import type { Text } from "../../../contract/text.ts";
import { isShell } from "../../../shell/shells.ts";
import type { ExecTarget } from "./exec-target.ts";
import type { JudgedHandler } from "./handler-findings.ts";
import type { HandlerMistake } from "./handler-mistakes.ts";

/**
 * Judgement of an exec handler by its target.
 *
 * @param remedy remedy for a missing shell or program
 */
export function judgedTarget(target: ExecTarget, remedy: Text): Pick<JudgedHandler, "mistakes" | "doubt"> {
  if (target.kind === "found") return { mistakes: [] };
  if (target.kind === "unknown") return { mistakes: [], doubt: target.reason };
  return { mistakes: [target.kind === "barred" ? barred(target.name) : absent(target.name, remedy)] };
}

function barred(name: string): HandlerMistake {
  const shown = excerpt(name);
  return {
    field: "exec.command",
    value: name,
    message: {
      fr: `${shown} n'est exécutable par personne dans l'image : la commande échoue toujours`,
      en: `nobody may execute ${shown} in the image: the command always fails`,
    },
    remedy: {
      fr: "Rendre le fichier exécutable dans l'image (COPY --chmod=0755), ou le donner à son interpréteur.",
      en: "Make the file executable in the image (COPY --chmod=0755), or run it by its interpreter.",
    },
  };
}

function absent(name: string, remedy: Text): HandlerMistake {
  const shown = excerpt(name);
  const message = isShell([name])
    ? {
        fr: `l'image ne contient pas de shell (${shown}) : la commande échoue toujours`,
        en: `the image holds no shell (${shown}): the command always fails`,
      }
    : {
        fr: `l'image ne contient pas ${shown} : la commande échoue toujours`,
        en: `the image does not hold ${shown}: the command always fails`,
      };
  return { field: "exec.command", value: name, message, remedy };
}
