// The start installs nothing (contract 1.2: no write to the root file system; 1.4: build, release, run).
//
//   CMD npm install && npm start, ["sh", "-c", "pip install -r requirements.txt && …"], apt-get install…   presumed fail
//   npm start, npm run migrate, npm exec, behind an unknown condition                                      silent

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { outcomeOf } from "../../contract/outcome-of.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import { declaredImage, placeOf } from "../../dockerfile/declared-image.ts";
import { placeIn } from "../../dockerfile/places.ts";
import { type BuildableDockerfile, unlessRefused } from "../../dockerfile/unless-refused.ts";
import { commandName } from "../../shell/wrappers.ts";
import { runsAlways, type StartedCommand } from "../../start/command-place.ts";
import { startedCommands } from "../../start/started-commands.ts";

const ID = "1.2-dockerfile-runtime-install";

/** Package managers, with the subcommand by which they install. */
const INSTALLS: Readonly<Record<string, RegExp>> = {
  npm: /^(?:install|i|ci|add|update)$/,
  pnpm: /^(?:install|i|add|update)$/,
  yarn: /^(?:install|add)$/,
  bun: /^(?:install|i|add)$/,
  pip: /^install$/,
  pip3: /^install$/,
  poetry: /^(?:install|sync)$/,
  uv: /^(?:sync|pip)$/,
  composer: /^(?:install|update|require)$/,
  bundle: /^(?:install|update)$/,
  apk: /^(?:add|upgrade)$/,
  apt: /^(?:install|upgrade)$/,
  "apt-get": /^(?:install|upgrade)$/,
  dnf: /^(?:install|upgrade|update)$/,
  yum: /^(?:install|update)$/,
  microdnf: /^(?:install|update)$/,
};

export const dockerfileRuntimeInstall = defineRule({
  id: ID,
  rows: ["read-only-root", "twelve-factor"],
  title: {
    fr: "ENTRYPOINT et CMD n'installent rien au démarrage",
    en: "ENTRYPOINT and CMD install nothing at start",
  },
  why: {
    fr: "Installer au démarrage écrit sur le système de fichiers racine, dépend du réseau et donne à chaque redémarrage une autre application que celle qui a été testée.",
    en: "Installing at start writes to the root file system, depends on the network and gives each restart another application than the one that was tested.",
  },
  remedy: {
    fr: "Installer pendant la construction (RUN), et ne démarrer que le programme.",
    en: "Install during the build (RUN), and start the program alone.",
  },
  needs: ["dockerfile"],
  check: ({ dockerfile: facts }) =>
    unlessRefused(facts, (dockerfile) => {
      const found = startedCommands(declaredImage(dockerfile)).filter(runsAlways).filter(installs);
      return outcomeOf(
        { findings: found.map((command) => finding(dockerfile, command)), presumed: true },
        {
          fr: "ENTRYPOINT et CMD n'appellent aucune installation",
          en: "ENTRYPOINT and CMD call no installation",
        },
      );
    }),
});

function installs({ words }: StartedCommand): boolean {
  const name = commandName(words[0]);
  const verb = Object.hasOwn(INSTALLS, name) ? INSTALLS[name] : undefined;
  const operand = words.slice(1).find((word) => !word.startsWith("-"));
  return verb !== undefined && operand !== undefined && verb.test(operand);
}

function finding(dockerfile: BuildableDockerfile, { words, at }: StartedCommand): Finding {
  const command = words.join(" ");
  const shown = excerpt(command);
  return {
    message: {
      fr: `le démarrage installe des paquets : ${shown}`,
      en: `the start installs packages: ${shown}`,
    },
    remedy: {
      fr: `Déplacer la commande dans la construction : « RUN ${shown} ».`,
      en: `Move the command into the build: \`RUN ${shown}\`.`,
    },
    fingerprint: fingerprint(ID, command),
    at: placeIn(dockerfile, placeOf(dockerfile.final, at.path)),
  };
}
