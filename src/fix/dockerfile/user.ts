import type { InstructionFacts } from "../../contract/dockerfile-facts.ts";
import { knownBase } from "../../dockerfile/base-images.ts";
import { userNamed } from "../../dockerfile/created-users.ts";
import { declaredImage } from "../../dockerfile/declared-image.ts";
import { finalStages } from "../../dockerfile/places.ts";
import type { BuildableDockerfile } from "../../dockerfile/unless-refused.ts";
import { commandName } from "../../shell/wrappers.ts";
import { startedCommands } from "../../start/started-commands.ts";
import type { LineEdit } from "./lines.ts";
import { finalInstructions, inserted, partsOfLine, saying } from "./places.ts";

/** Daemons that start as root and need files owned by root: changing only USER would break them. */
const BEGIN_AS_ROOT =
  /^(?:apache2?(?:ctl|-foreground)?|atd|crond?|dovecot|exim\d?|httpd(?:-foreground)?|init|mysqld(?:_safe)?|mariadbd(?:-safe)?|nginx|openresty|php-fpm[\d.]*|postfix|postgres|proftpd|rsyslogd|s6-svscan|smbd|sshd|supervisord|systemd|vsftpd)$/;
/** Images whose daemons need root at start, whatever the command. */
const IMAGES_OF_DAEMONS =
  /(?:^|\/)(?:cassandra|couchdb|drupal|elasticsearch|httpd|influxdb|joomla|mariadb|matomo|mediawiki|memcached|mongo|mysql|nextcloud|nginx|openresty|phpmyadmin|postgres|rabbitmq|redis|registry|traefik|valkey|wordpress)(?:[:@]|$)|(?:^|\/)php:.{0,80}(?:apache|fpm)/;
const AS_ROOT = /^(?:RUN|COPY|ADD|WORKDIR|VOLUME)$/;

/** Edits that make USER numeric; without USER, or with root, edits that add a suitable user. */
export function userEdits(facts: BuildableDockerfile, lines: readonly string[]): readonly LineEdit[] {
  const { user } = facts.final;
  const name = (user?.value ?? "").replace(/:.*$/s, "").trim();
  const named =
    name === "" || name === "root" || /^[+-]?\d+$/.test(name) ? undefined : userNamed(facts, name)?.uid;
  if (named !== undefined) return numbered(lines, user?.at?.line, name, named);
  if (name !== "" && name !== "root" && !/^0+$/.test(name)) return [];
  if (user !== undefined && (user.unknown.length > 0 || user.elsewhere !== undefined)) return [];
  const uid = beginsAsRoot(facts) ? undefined : unprivileged(facts);
  return uid === undefined ? [] : asUser(facts, lines, uid);
}

/** USER as a number; a group after the user stays. */
function numbered(
  lines: readonly string[],
  line: number | undefined,
  name: string,
  uid: number,
): readonly LineEdit[] {
  const [, rest] = partsOfLine(lines[(line ?? 0) - 1] ?? "");
  const [user, ...group] = rest.replaceAll(/["']/g, "").split(":");
  return user === name ? saying(lines, line, [uid, ...group].join(":")) : [];
}

function beginsAsRoot(facts: BuildableDockerfile): boolean {
  const started = startedCommands(declaredImage(facts)).map(({ words }) => commandName(words[0]));
  return IMAGES_OF_DAEMONS.test(facts.final.base.value) || started.some((name) => BEGIN_AS_ROOT.test(name));
}

/**
 * Uid of the user that the Dockerfile creates, otherwise of the base image's user, otherwise the usual uid.
 * Undefined if the Dockerfile creates a user with an unknown uid, who may own the files.
 */
function unprivileged(facts: BuildableDockerfile): number | undefined {
  const commands = finalStages(facts).flatMap(({ runs }) => runs.flatMap((run) => run.commands));
  const made = commands
    .filter(({ words }) => /^(?:useradd|adduser)$/.test(commandName(words[0])))
    .map(({ words }) => userNamed(facts, words.at(-1) ?? "")?.uid ?? 0);
  if (made.length > 0) return made.every((uid) => uid > 0) ? made[0] : undefined;
  return Object.values(knownBase(facts.final.base.value)?.users ?? {}).find((uid) => uid > 0) ?? 1000;
}

/**
 * Edits that put USER after the last instruction that needs root in the final stage, or change a USER that is
 * already there.
 */
function asUser(facts: BuildableDockerfile, lines: readonly string[], uid: number): readonly LineEdit[] {
  const own = finalInstructions(facts);
  const last = own.findLast(({ name }) => AS_ROOT.test(name));
  const line = facts.final.user?.at?.line;
  if (line !== undefined && own.some((one) => one.line === line) && line > (last?.line ?? 0)) {
    return saying(lines, line, String(uid));
  }
  return [inserted(facts, lines, last?.endLine ?? beforeStart(own), `USER ${uid}`)];
}

function beforeStart(own: readonly InstructionFacts[]): number | undefined {
  const start = own.find(({ name }) => name === "CMD" || name === "ENTRYPOINT" || name === "HEALTHCHECK");
  return start === undefined ? undefined : start.line - 1;
}
