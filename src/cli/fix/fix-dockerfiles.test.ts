import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dockerfileFacts } from "../../../test/fixtures/dockerfile.ts";
import { REALISTIC } from "../../../test/fixtures/dockerfiles.ts";
import { fixDockerfile } from "../../fix/dockerfile/fix-dockerfile.ts";
import { linesOf } from "../../fix/dockerfile/lines.ts";
import { judgedDockerfile } from "./judged.ts";

function judge(text: string) {
  return judgedDockerfile(dockerfileFacts(text));
}

function fixed(...lines: readonly string[]): readonly string[] {
  return fixDockerfile(lines.join("\n"), judge).text.split("\n");
}

const NODE = "FROM node:22-alpine";
const START = 'CMD ["node", "server.js"]';

describe("USER", () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ["a name of the base", [NODE, "USER node", START], [NODE, "USER 1000", START]],
    ["a name with a group", [NODE, "USER node:node", START], [NODE, "USER 1000:node", START]],
    [
      "a user made there",
      ["FROM alpine:3.22", "RUN adduser -D -u 1234 app", "USER app"],
      ["FROM alpine:3.22", "RUN adduser -D -u 1234 app", "USER 1234"],
    ],
    [
      "none: behind what root does",
      [NODE, "COPY . .", "RUN npm ci", "EXPOSE 80", START],
      [NODE, "COPY . .", "RUN npm ci", "USER 1000", "EXPOSE 80", START],
    ],
    ["none, and nothing to do", [NODE, "ENV A=b", START], [NODE, "ENV A=b", "USER 1000", START]],
    [
      "none, of a user that is made there",
      ["FROM debian:13", "RUN useradd -u 7 app", "CMD x"],
      ["FROM debian:13", "RUN useradd -u 7 app", "USER 7", 'CMD ["x"]'],
    ],
    ["root at the end", [NODE, "USER root", START], [NODE, "USER 1000", START]],
    [
      "root, for what comes next",
      [NODE, "USER 0", "RUN npm ci", START],
      [NODE, "USER 0", "RUN npm ci", "USER 1000", START],
    ],
    [
      "small letters",
      ["from node:22-alpine", "copy . .", START],
      ["from node:22-alpine", "copy . .", "user 1000", START],
    ],
    [
      "the last stage alone",
      ["FROM golang:1.25 AS b", "RUN go build", "FROM scratch", "COPY --from=b /x /x", 'ENTRYPOINT ["/x"]'],
      [
        "FROM golang:1.25 AS b",
        "RUN go build",
        "FROM scratch",
        "COPY --from=b /x /x",
        "USER 1000",
        'ENTRYPOINT ["/x"]',
      ],
    ],
  ])("%s", (_, before, after) => {
    expect(fixed(...before)).toEqual(after);
  });

  test.each<[string, readonly string[]]>([
    ["a name that nobody knows", [NODE, "USER app", START]],
    ["a daemon's image", ["FROM nginx:1.27-alpine", "COPY . /usr/share/nginx/html"]],
    ["a daemon", ["FROM alpine:3.22", "RUN apk add nginx", 'CMD ["nginx", "-g", "daemon off;"]']],
    ["Apache's PHP", ["FROM php:8.4-apache", "COPY . /var/www/html"]],
    [
      "a user whose number nobody knows",
      ["FROM debian:13", "RUN useradd app && chown app /data", 'CMD ["x"]'],
    ],
    ["a variable that nobody gives", [NODE, "ARG UID", "USER ${UID:-0}", START]],
    ["a number", [NODE, "USER 1000", START]],
    ["what no builder takes", [NODE, "USER node", "NOTHING x"]],
  ])("%s stays", (_, before) => {
    expect(fixed(...before)).toEqual(before);
  });
});

describe("the start", () => {
  const slim = (...lines: readonly string[]) => ["FROM node:22-slim", ...lines, "USER 1000"];
  test.each<[string, readonly string[], readonly string[]]>([
    ["exec form", ["CMD node server.js --port 80"], ['CMD ["node", "server.js", "--port", "80"]']],
    ["a quoted word", ["CMD node 'a b.js'"], ['CMD ["node", "a b.js"]']],
    ["exec, for a variable", ["CMD node server.js $PORT"], ["CMD exec node server.js $PORT"]],
    ["exec, behind a variable for it", ["CMD A=b node server.js"], ["CMD A=b exec node server.js"]],
    [
      "exec, before the last of several",
      ["CMD node migrate.js && node server.js"],
      ["CMD node migrate.js && exec node server.js"],
    ],
    [
      "exec, on the line of it",
      ["CMD node migrate.js \\", "  # then", "  && node server.js"],
      ["CMD node migrate.js \\", "  # then", "  && exec node server.js"],
    ],
    [
      "an ENTRYPOINT that keeps CMD out",
      ["ENTRYPOINT node server.js", 'CMD ["x"]'],
      ["ENTRYPOINT exec node server.js", 'CMD ["x"]'],
    ],
    ["STOPSIGNAL", ["STOPSIGNAL SIGKILL", START], ["STOPSIGNAL SIGTERM", START]],
    ["HOST", ["ENV HOST=localhost DB_HOST=localhost", START], ["ENV HOST=0.0.0.0 DB_HOST=localhost", START]],
    [
      "a flag",
      ['CMD ["uvicorn", "a:b", "--db", "localhost", "--host", "localhost"]'],
      ['CMD ["uvicorn", "a:b", "--db", "localhost", "--host", "0.0.0.0"]'],
    ],
    ["a server's variable", ['CMD ["flask", "run"]'], ["ENV FLASK_RUN_HOST=0.0.0.0", 'CMD ["flask", "run"]']],
    [
      "HOSTNAME of Next.js",
      ["COPY --from=b /a/.next/standalone ./", START],
      ["COPY --from=b /a/.next/standalone ./", "ENV HOSTNAME=0.0.0.0", START],
    ],
    [
      "HOSTNAME of Next.js, given wrongly",
      ["COPY --from=b /a/.next/standalone ./", 'ENV HOSTNAME="localhost"', START],
      ["COPY --from=b /a/.next/standalone ./", "ENV HOSTNAME=0.0.0.0", START],
    ],
  ])("%s", (_, before, after) => {
    expect(fixed(...slim(...before))).toEqual(slim(...after));
  });

  test.each([
    ["npm, whose script a signal reaches", 'CMD ["npm", "start"]'],
    ["a builtin at the end", "CMD node a.js; wait"],
    ["gunicorn, which one variable tells more", 'CMD ["gunicorn", "a:b"]'],
  ])("%s stays", (_, command) => {
    expect(fixed(...slim(command))).toEqual(slim(command));
  });
});

describe("whatever the Dockerfile", () => {
  const line = fc.oneof(
    fc.constantFrom(
      ...'FROM node:22-slim|FROM alpine:3.22 AS a|FROM a|from debian:13|FROM scratch|FROM nginx|ENV HOST=localhost A=127.0.0.1|ENV HOSTNAME=x|ARG U=node|USER node|USER root|USER $U|user 0|RUN useradd -u 5 app|RUN a <<E|E|# c|COPY .next/standalone .|STOPSIGNAL 9|SHELL ["bash","-c"]|ONBUILD USER root|CMD node server.js|CMD a && b $C|CMD flask run|CMD ["uvicorn","a:b","--host","localhost"]|ENTRYPOINT node server.js|ENTRYPOINT ["sh","-c"]|CMD a \\|  b'.split(
        "|",
      ),
    ),
    fc.string({ maxLength: 12 }),
  );
  const text = fc
    .tuple(fc.array(line, { maxLength: 14 }), fc.constantFrom("\n", "\r\n"), fc.boolean())
    .map(([lines, end, closed]) => `FROM node:22-slim${end}${lines.join(end)}${closed ? end : ""}`);

  /** Violations: new findings, wrong line origins, and changes by a second fix. */
  function wrong(before: string): readonly unknown[] {
    const fix = fixDockerfile(before, judge);
    const keys = (value: string) =>
      judge(value).findings.map(({ rule, fingerprint }) => `${rule} ${fingerprint}`);
    const found = keys(before);
    const [old, lines] = [linesOf(before), linesOf(fix.text)];
    const moved = fix.origins.filter((origin, index) => origin >= 0 && lines[index] !== old[origin]);
    const again = fixDockerfile(fix.text, judge).text;
    return [
      ...keys(fix.text).filter((key) => !found.includes(key)),
      ...moved,
      ...(again === fix.text && fix.origins.length === lines.length ? [] : [again]),
    ];
  }

  test("no finding is new, fixing again changes nothing, and lines that stay are theirs", () => {
    fc.assert(
      fc.property(text, (source) => {
        expect(wrong(source)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test.each(REALISTIC.map(({ name, text: source }) => [name, source] as const))(
    "so it is for %s",
    (_, source) => {
      expect(wrong(source)).toEqual([]);
    },
  );
});
