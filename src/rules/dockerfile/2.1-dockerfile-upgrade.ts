// The build takes the packages that its base pins (contract 2.1: a reproducible build): notes.
//
//   apt-get upgrade, dist-upgrade, apk upgrade, apk -U upgrade, dnf or yum update    note
//   apt-get update, apk update, apk add --no-cache, a discarded stage                silent

import type { RunCommandFacts } from "../../contract/dockerfile-facts.ts";
import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import { finalStages, placeIn } from "../../dockerfile/places.ts";
import { type BuildableDockerfile, unlessRefused } from "../../dockerfile/unless-refused.ts";
import { commandName } from "../../shell/wrappers.ts";

const ID = "2.1-dockerfile-upgrade";

const UPGRADES: Readonly<Record<string, RegExp>> = {
  apk: /^upgrade$/,
  apt: /^(?:upgrade|full-upgrade|dist-upgrade)$/,
  "apt-get": /^(?:upgrade|dist-upgrade)$/,
  dnf: /^(?:update|upgrade)$/,
  yum: /^(?:update|upgrade)$/,
  microdnf: /^(?:update|upgrade)$/,
};

export const dockerfileUpgrade = defineRule({
  id: ID,
  rows: ["provenance"],
  title: {
    fr: "La construction ne met pas à jour les paquets de sa base",
    en: "The build does not upgrade its base's packages",
  },
  why: {
    fr: "Une mise à jour de tous les paquets donne une autre image à chaque construction, sans que rien ne le dise.",
    en: "Upgrading every package gives another image with each build, and nothing tells so.",
  },
  remedy: {
    fr: "Retirer cette commande, désigner l'image de base par son empreinte et la renouveler régulièrement (Renovate).",
    en: "Remove the command, name the base image by its digest and renew it regularly (Renovate).",
  },
  needs: ["dockerfile"],
  check: ({ dockerfile: facts }) =>
    unlessRefused(facts, (dockerfile) => {
      const commands = finalStages(dockerfile).flatMap(({ runs }) => runs.flatMap((run) => run.commands));
      const found = commands.filter(upgrades);
      return {
        status: "pass",
        proof: {
          fr: `mises à jour de tous les paquets relevées : ${found.length}`,
          en: `upgrades of every package noted: ${found.length}`,
        },
        notes: found.map((command) => note(dockerfile, command)),
      };
    }),
});

function upgrades({ words }: RunCommandFacts): boolean {
  const name = commandName(words[0]);
  const verb = Object.hasOwn(UPGRADES, name) ? UPGRADES[name] : undefined;
  const [first, second] = words.slice(1).filter((word) => !word.startsWith("-"));
  // If packages are named, only these are upgraded.
  return verb !== undefined && first !== undefined && second === undefined && verb.test(first);
}

function note(dockerfile: BuildableDockerfile, { words, at }: RunCommandFacts): Finding {
  const command = words.join(" ");
  const shown = excerpt(command);
  return {
    message: {
      fr: `« ${shown} » : la même source donne une autre image demain`,
      en: `\`${shown}\`: the same source gives another image tomorrow`,
    },
    fingerprint: fingerprint(ID, command),
    at: placeIn(dockerfile, at),
  };
}
