import type { ExecutorProblem } from "../plan/executor.ts";
import { freeIds, type IdRange } from "./free-ids.ts";
import { PACKAGES, type ToolName } from "./tools.ts";

/** Problem of other platforms: namespaces, seccomp and cgroups exist only on Linux. */
export function notLinux(platform: string): ExecutorProblem {
  return {
    code: "not-linux",
    text: {
      fr: `un essai se fait sous Linux, et le système de cette machine est ${platform}`,
      en: `a trial takes Linux, and this machine's system is ${platform}`,
    },
    fix: {
      fr: "L'essayer dans une machine virtuelle (macOS : Lima ; Windows : WSL 2) ou dans un pipeline, avec --output trial.json, puis contrôler ici avec --evidence trial.json",
      en: "Try it in a virtual machine (macOS: Lima; Windows: WSL 2) or in a pipeline, with --output trial.json, then check here with --evidence trial.json",
    },
  };
}

/** Problem of programs that are missing in PATH. */
export function missingTools(names: readonly ToolName[]): ExecutorProblem {
  const listed = names.join(", ");
  const packages = [...new Set(names.map((name) => PACKAGES[name]))].join(" ");
  return {
    code: "tools-missing",
    text: { fr: `programmes absents : ${listed}`, en: `programs are missing: ${listed}` },
    fix: {
      fr: `Les installer : apt-get install ${packages}`,
      en: `Install them: apt-get install ${packages}`,
    },
  };
}

/** @param free unused range of ids */
export function noSubordinateIds(user: string, { first, last }: IdRange = freeIds([], [])): ExecutorProblem {
  const range = `${first}-${last}`;
  const fix = `usermod --add-subuids ${range} --add-subgids ${range} ${user}`;
  return {
    code: "subuid-missing",
    text: {
      fr: `l'utilisateur ${user} n'a pas d'uid ni de gid subordonnés (/etc/subuid, /etc/subgid)`,
      en: `the user ${user} has no subordinate uids and gids (/etc/subuid, /etc/subgid)`,
    },
    fix: { fr: `En root : ${fix}`, en: `As root: ${fix}` },
  };
}

/** Problem of a runtime with a known vulnerability: see isKnownVulnerable(). */
export function vulnerableRuntime(version: string): ExecutorProblem {
  const fix = "apt-get update && apt-get install --only-upgrade runc";
  const releases = "https://github.com/opencontainers/runc/releases";
  return {
    code: "runtime-vulnerable",
    text: {
      fr: `runc ${version} laisse une image hostile sortir de son conteneur (CVE-2024-21626, corrigée par la 1.1.12)`,
      en: `runc ${version} lets a hostile image break out of its container (CVE-2024-21626, repaired in 1.1.12)`,
    },
    fix: {
      fr: `Installer runc 1.1.12 ou plus récent : ${fix}, ou ${releases}`,
      en: `Install runc 1.1.12 or later: ${fix}, or ${releases}`,
    },
  };
}

/** Problem of crun without cgroups of version 2, the only version that it supports. */
export function crunWithoutCgroups(): ExecutorProblem {
  return {
    code: "crun-cgroups",
    text: {
      fr: "crun refuse les cgroups de cette machine, qui ne sont pas de la seule version 2",
      en: "crun refuses this machine's cgroups, which are not of version 2 alone",
    },
    fix: { fr: "Installer runc : apt-get install runc", en: "Install runc: apt-get install runc" },
  };
}

/** Problem of namespaces that the machine denies. */
export function namespacesRefused(said: string, rootless: boolean): ExecutorProblem {
  return {
    code: "namespaces-refused",
    text: {
      fr: `les espaces de noms nécessaires sont refusés : ${said}`,
      en: `the namespaces that it needs are refused: ${said}`,
    },
    fix: rootless
      ? {
          fr: "Autoriser les espaces de noms utilisateur : sysctl -w kernel.apparmor_restrict_unprivileged_userns=0 (Ubuntu), kernel.unprivileged_userns_clone=1 (Debian ancienne), user.max_user_namespaces ; ou lancer l'essai en root ; ou sur une autre machine avec --output trial.json, puis contrôler ici avec --evidence trial.json.",
          en: "Allow user namespaces: sysctl -w kernel.apparmor_restrict_unprivileged_userns=0 (Ubuntu), kernel.unprivileged_userns_clone=1 (old Debian), user.max_user_namespaces; or run the trial as root; or on another machine with --output trial.json, then check here with --evidence trial.json.",
        }
      : {
          fr: "Lancer l'essai hors d'un conteneur ou dans un conteneur privilégié ; ou sur une autre machine avec --output trial.json, puis contrôler ici avec --evidence trial.json.",
          en: "Run the trial outside of a container or in a privileged one; or on another machine with --output trial.json, then check here with --evidence trial.json.",
        },
  };
}
