// The image contains no log files of the application (contract 1.2: logs go to stdout and stderr).
//
// A program that wrote a log file during the build writes the same file at run time.
//
//   /app/logs/app.log, /var/log/myapp/app.log with timestamped lines                   presumed fail
//   the same names without a timestamp in the kept beginning; npm-debug.log             note
//   apt, dpkg, alternatives, bootstrap, yum, dnf, apk, wtmp, btmp, lastlog, faillog     the build's
//   a base image that was verified, dependencies, documentation, fixtures, empty, links silent

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import type { FileFacts, ImageFacts } from "../../contract/image-facts.ts";
import { outcomeOf } from "../../contract/outcome-of.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import { LOG_NAME, LOG_STAMP, TOOL_LOG } from "../../observations/log-content.ts";
import { isBaseLayer } from "./base-layers.ts";
import { isDependency, isFixture } from "./dependency-trees.ts";
import { layerPlace } from "./layer-place.ts";

const ID = "1.2-log-files";
const PACKAGES =
  /^\/var\/log\/(?:apt|aptitude|dpkg|alternatives|bootstrap|fontconfig|dnf5?|microdnf|yum|hawkey|rhsm|apk|pacman|zypp|zypper|anaconda|journal|installer|unattended-upgrades|faillog|lastlog|tallylog|btmp|wtmp)(?:[./-]|$)/;
const SHOWN = 20;

export const logFiles = defineRule({
  id: ID,
  rows: ["stdout-logs"],
  title: {
    fr: "L'image ne contient pas de journaux de l'application",
    en: "The image holds no log files of the application",
  },
  why: {
    fr: "Une application qui a laissé ses journaux dans l'image pendant sa construction les écrira au même endroit à l'exécution, hors de la collecte de la plateforme.",
    en: "An application that has left its logs in the image while it was built will write them to the same place at run time, out of the platform's reach.",
  },
  remedy: {
    fr: "Journaliser sur stdout, et exclure les fichiers de journaux de la construction par .dockerignore (« **/*.log ») : les fichiers, et non leur répertoire, que l'application peut attendre.",
    en: "Log to stdout, and keep log files out of the build by .dockerignore (`**/*.log`): the files, not their folder, which the application may expect.",
  },
  needs: ["image"],
  files: [{ pattern: LOG_NAME, type: "file", content: 4_096 }],
  check({ image }) {
    const logs = image.files.filter((file) => isApplicationLog(image, file));
    const written = logs.filter(({ path, content = "" }) => LOG_STAMP.test(content) && !TOOL_LOG.test(path));
    const notes = logs
      .filter((file) => !written.includes(file))
      .slice(0, SHOWN)
      .map((file) => finding(image, file));
    return outcomeOf(
      { findings: written.slice(0, SHOWN).map((file) => finding(image, file)), presumed: true, notes },
      {
        fr: "aucun journal horodaté de l'application dans les fichiers de l'image",
        en: "no timestamped log of the application among the image's files",
      },
    );
  },
});

function isApplicationLog(image: ImageFacts, file: FileFacts): boolean {
  const { path, size, layer } = file;
  if (size === 0 || isBaseLayer(image, layer)) return false;
  return !PACKAGES.test(path) && !isDependency(path) && !isFixture(path);
}

function finding(image: ImageFacts, file: FileFacts): Finding {
  const path = excerpt(file.path);
  return {
    message: {
      fr: `l'image contient le journal ${path} (${file.size} octets)`,
      en: `the image holds the log file ${path} (${file.size} bytes)`,
    },
    remedy: {
      fr: `Journaliser sur stdout et exclure ${path} de l'image (.dockerignore).`,
      en: `Log to stdout and keep ${path} out of the image (.dockerignore).`,
    },
    fingerprint: fingerprint(ID, file.path),
    at: layerPlace(image, file),
  };
}
