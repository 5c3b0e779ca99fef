// Row 6 by the configuration of the daemon that an image starts: where that names a log file, logs go there.

import type { Answer } from "../../../src/contract/verdict.ts";
import type { Case, Cases } from "../case.ts";
import type { LayerFiles } from "../given/given.ts";
import { image } from "../given/image.ts";

const NGINX =
  "user www-data;\nerror_log /var/log/nginx/error.log;\nhttp {\n\taccess_log /var/log/nginx/access.log;\n}\n";
const LINKS: LayerFiles = {
  "var/log/nginx/access.log": { type: "symlink", link: "/dev/stdout" },
  "var/log/nginx/error.log": { type: "symlink", link: "/dev/stderr" },
};

export const cases: Cases = [
  starts(
    "nginx as Debian packages it",
    ["nginx", "-g", "daemon off;"],
    { "etc/nginx/nginx.conf": NGINX },
    "no",
    "error_log and access_log name files.",
  ),
  starts(
    "Apache as Debian packages it",
    ["apache2ctl", "-D", "FOREGROUND"],
    { "etc/apache2/apache2.conf": "ErrorLog ${APACHE_LOG_DIR}/error.log\n" },
    "no",
    "envvars put APACHE_LOG_DIR at /var/log/apache2.",
  ),
  starts(
    "php-fpm as Debian packages it",
    ["php-fpm8.4", "-F"],
    { "etc/php/8.4/fpm/php-fpm.conf": "[global]\nerror_log = /var/log/php8.4-fpm.log\n" },
    "no",
    "error_log names a file.",
  ),
  starts(
    "Mosquitto with the configuration of its package",
    ["mosquitto", "-c", "/etc/mosquitto/mosquitto.conf"],
    { "etc/mosquitto/mosquitto.conf": "log_dest file /var/log/mosquitto/mosquitto.log\n" },
    "no",
    "log_dest file.",
  ),
  starts(
    "nginx whose logs are links to stdout, as its official image has them",
    ["nginx", "-g", "daemon off;"],
    { "etc/nginx/nginx.conf": NGINX, ...LINKS },
    "unproven",
    "What is written there goes to stdout.",
  ),
  starts(
    "nginx that logs to stdout",
    ["nginx"],
    { "etc/nginx/nginx.conf": "error_log stderr;\nhttp { access_log /dev/stdout; }\n" },
    "unproven",
    "Streams.",
  ),
  starts(
    "nginx with a configuration of the application's own",
    ["nginx", "-c", "/app/nginx.conf"],
    { "etc/nginx/nginx.conf": NGINX, "app/nginx.conf": "error_log stderr;\n" },
    "unproven",
    "The package's is not read.",
  ),
  starts(
    "a server beside nginx' configuration, which nobody starts",
    ["/app/server"],
    { "etc/nginx/nginx.conf": NGINX },
    "unproven",
    "Nothing reads it.",
  ),
];

function starts(
  name: string,
  command: readonly string[],
  files: LayerFiles,
  answer: Answer,
  why: string,
): Case {
  return {
    name,
    given: image({ files, config: { Entrypoint: [], Cmd: [...command] } }),
    expect: { "stdout-logs": answer },
    ...(answer === "no" ? {} : { trap: true as const }),
    why,
  };
}
