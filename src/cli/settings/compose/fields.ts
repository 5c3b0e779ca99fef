import type { Text } from "../../../contract/text.ts";

/** Fields of a service that a trial uses. */
export const READ: ReadonlySet<string> = new Set([
  "image",
  "environment",
  "env_file",
  "command",
  "entrypoint",
  "ports",
  "expose",
  "healthcheck",
  "mem_limit",
  "deploy",
  "volumes",
]);

/** Fields without effect in a trial, or without an effect visible to an application. */
export const IDLE: ReadonlySet<string> = new Set([
  "annotations",
  "attach",
  "cap_drop",
  "container_name",
  "cpu_count",
  "cpu_shares",
  "cpus",
  "depends_on",
  "develop",
  "hostname",
  "init",
  "labels",
  "logging",
  "mem_reservation",
  "memswap_limit",
  "networks",
  "oom_score_adj",
  "pids_limit",
  "platform",
  "profiles",
  "pull_policy",
  "read_only",
  "restart",
  "scale",
  "security_opt",
  "shm_size",
  "stdin_open",
  "stop_grace_period",
  "stop_signal",
  "tmpfs",
  "tty",
  "ulimits",
]);

/** Fields whose effect a trial lacks, and the alternative to each; unknown fields get the last text. */
export const REMEDIES: Readonly<Record<string, Text>> = {
  build: {
    fr: "construire l'image, et la nommer dans trial.dependencies (image: docker:NOM ou oci:RÉPERTOIRE)",
    en: "build the image, and name it in trial.dependencies (image: docker:NAME or oci:FOLDER)",
  },
  volumes: {
    fr: "ce qui vient du disque n'est pas monté : le mettre dans une image, et nommer celle-ci dans trial.dependencies ; seuls des volumes nommés, qui commencent vides, sont admis",
    en: "what comes from the disk is not mounted: put it into an image, and name that in trial.dependencies; only named volumes, which begin empty, are taken",
  },
  other: {
    fr: "l'essai ne sait pas le faire : décrire ce service dans trial.dependencies (image, env, command, args, ports, ready)",
    en: "a trial cannot do it: describe this service in trial.dependencies (image, env, command, args, ports, ready)",
  },
};
