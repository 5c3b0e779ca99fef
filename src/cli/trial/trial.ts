import { defineCommand } from "../command-line/command.ts";
import { TRIAL_FLAGS } from "./flags.ts";
import { runTrialCommand } from "./run-trial.ts";

export const trialCommand = defineCommand({
  description: {
    fr: "Lance une image comme la plateforme le fera (sans root, racine en lecture seule, aucune capacité Linux, seccomp RuntimeDefault, sans accès au réseau), la sollicite, la tue, la relance, l'arrête, lui ajoute une seconde réplique, et juge d'après ce qui a été vu. Rien de l'image ne s'exécute hors du bac à sable ; il n'en reste rien.",
    en: "Runs an image as the platform will (without root, on a read-only root, no capabilities, seccomp RuntimeDefault, no way to the network), calls it, kills it, starts it again, stops it, adds a second replica, and judges by what was seen. Nothing of the image runs outside of the sandbox; nothing of it is left.",
  },
  operand: {
    name: { fr: "IMAGE", en: "IMAGE" },
    many: true,
    help: {
      fr: "une image, comme pour douane check ; avec -f, celle à lancer d'après les manifestes",
      en: "an image, as for douane check; with -f, the one to run by the manifests",
    },
  },
  flags: TRIAL_FLAGS,
  examples: [
    {
      line: { fr: "douane trial oci:image", en: "douane trial oci:image" },
      says: { fr: "une image construite ici", en: "an image that was built here" },
    },
    {
      line: {
        fr: "douane trial -f deploiement/ registry.example.fr/equipe/portail:1.4.3",
        en: "douane trial -f deploy/ registry.example.fr/team/portal:1.4.3",
      },
      says: {
        fr: "une nouvelle image avec la commande, les variables, les sondes, les hooks et les montages de ses manifestes",
        en: "a new image with the command, variables, probes, hooks and mounts of its manifests",
      },
    },
    {
      line: {
        fr: "douane trial oci:image --output essai.json --keep traces",
        en: "douane trial oci:image --output trial.json --keep traces",
      },
      says: {
        fr: "garder les observations pour douane check --evidence et douane fix --evidence, et les traces pour soi",
        en: "keep the observations for douane check --evidence and douane fix --evidence, and the traces for yourself",
      },
    },
  ],
  epilogue: {
    fr: `Ce dont l'application a besoin pour démarrer se donne sous trial dans douane.yaml : env, files, mounts,
ports, probes, warmUp, dependencies, readyTimeout… (douane schema config).
Les conteneurs d'un même workload sont essayés ensemble : ils partagent réseau et volumes, et démarrent dans l'ordre de Kubernetes.

Codes de retour : ceux de douane check ; 69 quand aucun essai n'est possible ici (douane doctor dit pourquoi).`,
    en: `What the application needs to start is given under trial in douane.yaml: env, files, mounts, ports,
probes, warmUp, dependencies, readyTimeout… (douane schema config).
The containers of one workload are tried together: they share network and volumes, and start in the order of Kubernetes.

Exit codes: those of douane check; 69 when no trial is possible here (douane doctor says why).`,
  },
  run: runTrialCommand,
});
