import { type Flag, flagsOf } from "../../shell/flags.ts";
import { commandName } from "../../shell/wrappers.ts";

/** Options for the listen address, used by servers in general. */
const ADDRESS =
  /^--(?:host|hostname|bind|bind-address|bind-addr|listen|listen-address|listen-addr|listen-host|address|addr|http-addr|http-address|http-host|binding|ip|dev-addr|server\.address|server\.host|server-address|web\.listen-address|listen-ip)$|^-D(?:server\.address|quarkus\.http\.host|micronaut\.server\.host|http\.address|play\.server\.http\.address)$/;

/** Short options for the address by server, since they mean something else in other programs. */
const SHORT: Readonly<Record<string, RegExp>> = {
  gunicorn: /^-b$/,
  hypercorn: /^-b$/,
  daphne: /^-b$/,
  rails: /^-b$/,
  puma: /^-b$/,
  thin: /^-a$/,
  flask: /^-h$/,
  next: /^-H$/,
  sanic: /^-H$/,
  jekyll: /^-H$/,
  gatsby: /^-H$/,
  "http-server": /^-a$/,
  mkdocs: /^-a$/,
  rackup: /^-o$/,
  php: /^-S$/,
  serve: /^-l$/,
};

/** Clients, whose --host is the server that they call. */
const CLIENTS =
  /^(?:psql|pg_\w+|createdb|mysql\w*|mariadb[\w-]*|redis-cli|valkey-cli|mongo\w*|curl|wget|nc|ncat|ssh|ldapsearch|kafka-\S+|nats|amqp-\S+|rabbitmqctl|wait-for\S*|dockerize|flyway|liquibase|etcdctl|celery|consumer|worker)$/;

/** Listen addresses in a command's arguments; ports alone and expansions are ignored. */
export function bindFlags(words: readonly string[]): readonly Flag[] {
  const name = commandName(words[0]);
  if (CLIENTS.test(name) && !/^mongod$|^mysqld/.test(name)) return [];
  const short = Object.hasOwn(SHORT, name) ? SHORT[name] : undefined;
  const flags = flagsOf(words).filter((flag) => ADDRESS.test(flag.name) || short?.test(flag.name) === true);
  return [...flags, ...ofOperands(name, words)].filter(({ value }) => value !== "" && !value.includes("$"));
}

/** Address in an operand: `manage.py runserver 127.0.0.1:8000`. */
function ofOperands(name: string, words: readonly string[]): readonly Flag[] {
  const at = words.indexOf("runserver");
  if (name !== "manage" && name !== "django-admin") return [];
  const operand = at === -1 ? undefined : words.slice(at + 1).find((word) => !word.startsWith("-"));
  return operand === undefined || /^\d+$/.test(operand)
    ? []
    : [{ name: "runserver", value: operand, index: at }];
}
