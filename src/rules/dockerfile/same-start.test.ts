import { describe, expect, test } from "vitest";
import { dockerfileFacts } from "../../../test/fixtures/dockerfile.ts";
import { RULES } from "../index.ts";

const DOCKERFILE_RULES = RULES.filter(({ needs }) => needs.includes("dockerfile"));

/** The same command line, written in each form. */
function forms(script: string): readonly string[] {
  const text = JSON.stringify(script);
  return [
    `CMD ["/bin/sh", "-c", ${text}]`,
    `CMD ["sh", "-c", ${text}]`,
    `ENTRYPOINT ["sh", "-c", ${text}]`,
    `ENTRYPOINT ["/bin/sh", "-c"]\nCMD [${text}]`,
    `ENTRYPOINT ${script}`,
    `SHELL ["/bin/sh", "-c"]\nCMD ${script}`,
    `CMD ["/usr/bin/env", "sh", "-c", ${text}]`,
  ];
}

const BASES = [
  "node:22-slim",
  "node:22-alpine",
  "registry.example/base:1",
  "registry.access.redhat.com/ubi9-minimal:9.6",
];

const SCRIPTS = [
  "uvicorn app:app",
  "uvicorn app:app --host 0.0.0.0 --port 8000",
  "npm run dev",
  "npm start",
  "npm ci && node server.js",
  "flask --debug run",
  "node server.js >> /var/log/app.log",
  "node server.js",
  "exec node server.js",
  "node --inspect server.js",
  "sudo -u app node server.js",
  "su-exec app node server.js",
  "nginx && php-fpm",
  "crond & node server.js",
  "supervisord -n",
  "HOSTNAME=0.0.0.0 node server.js",
  "./manage.py migrate; ./manage.py runserver 127.0.0.1:8000",
  "java -Dserver.address=127.0.0.1 -jar app.jar",
  "psql postgres://app:Kx9fQ2mzL7@db:5432/x",
  "pip install -r requirements.txt && gunicorn app:app",
  "pm2 start app.js",
];

function seen(text: string): unknown {
  const dockerfile = dockerfileFacts(text);
  return DOCKERFILE_RULES.map((rule) => {
    const outcome = rule.check({ dockerfile });
    const findings = outcome.status === "fail" ? outcome.findings : [];
    const presumed = outcome.status === "fail" && outcome.presumed === true;
    return [rule.id, outcome.status, presumed, findings.length, (outcome.notes ?? []).length];
  });
}

describe.each(BASES)("on %s", (base) => {
  const file = (start: string) => `FROM ${base}\nCOPY --from=x /app/.next/standalone ./\n${start}\n`;
  test.each(SCRIPTS)("%s is judged alike in every form", (script) => {
    const plain = seen(file(`CMD ${script}`));
    for (const start of forms(script))
      expect({ start, seen: seen(file(start)) }).toEqual({ start, seen: plain });
  });
});
