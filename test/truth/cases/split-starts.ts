// Row 1: starts written in one word or in a here-document, and starts of a file that only looks like a tool.

import type { Answer } from "../../../src/contract/verdict.ts";
import type { Case, Cases } from "../case.ts";
import { dockerfile } from "../given/folder.ts";
import { image } from "../given/image.ts";

const PROGRAM = { content: "\x7fELF", mode: 0o755 };
const FILES = Object.fromEntries(
  ["env", "node", "python", "ruby", "php"].map((name) => [`usr/bin/${name}`, PROGRAM]),
);

const CALLS = "1.1: no sudo at run time, whatever takes its words apart.";
const LOADS = "A file that the language loads is no program.";

export const cases: Cases = [
  ...start(["/usr/bin/env", "-S", "sudo -E node"], "no", CALLS),
  ...start(["env", "-Ssudo -E node", "a.js"], "no", CALLS),
  ...start(["/usr/bin/env", "--split-string=sudo node", "a.js"], "no", CALLS),
  ...start(["env", "--split-string", "A=b sudo node"], "no", CALLS),
  ...start(["env", "-i", "-S", "PATH=/bin 'sudo' node"], "no", CALLS),
  ...start(["env", "-iS", "su-exec app node"], "no", CALLS),
  ...start(["env", "A=b", "sudo", "node"], "no", CALLS),
  ...start(["poetry", "run", "sudo", "node"], "no", CALLS),
  ...start(["python", "-m", "pipenv", "run", "sudo", "node"], "no", CALLS),
  ...start(["/usr/bin/env", "-S", "node --enable-source-maps", "a.js"], "yes", "node starts."),
  ...start(["/usr/bin/env", "-S", "node sudo"], "yes", LOADS),
  ...start(["node", "sudo"], "yes", LOADS),
  ...start(["node", "--import", "./otel.js", "/app/su"], "yes", LOADS),
  ...start(["python", "sudo"], "yes", LOADS),
  ...start(["python", "-m", "gosu"], "yes", LOADS),
  ...start(["ruby", "su"], "yes", LOADS),
  ...start(["php", "doas"], "yes", LOADS),
  {
    name: "node alone, then sudo in the same line",
    given: image({
      files: { ...FILES, "bin/sh": PROGRAM },
      config: { Cmd: ["/bin/sh", "-c", "node; sudo x"] },
    }),
    expect: { "non-root": "no" },
    why: "Two commands: node loads nothing, sudo is called.",
  },

  entry("COPY --chmod=755 <<EOF /entrypoint.sh\n#!/bin/sh\nexec sudo -E node a.js\nEOF", "no", CALLS),
  entry(
    "COPY <<'EOF' entrypoint.sh\n#!/bin/sh\nset -e\nexec gosu app \"$@\"\nEOF",
    "no",
    "The tool, in a here-document.",
  ),
  entry(
    "COPY <<entrypoint.sh /\n#!/bin/sh\nexec su-exec app node\nentrypoint.sh",
    "no",
    "By the here-document's name.",
  ),
  entry("RUN cat > /entrypoint.sh <<EOF\n#!/bin/sh\nexec sudo node a.js\nEOF", "no", "A command writes it."),
  entry(
    "RUN <<EOF\ncat > /entrypoint.sh <<SH\n#!/bin/sh\nexec sudo node a.js\nSH\nchmod +x /entrypoint.sh\nEOF",
    "no",
    "The same within.",
  ),
  entry(
    `RUN printf '#!/bin/sh\\nexec sudo node "$@"\\n' > /entrypoint.sh && chmod +x /entrypoint.sh`,
    "no",
    "printf writes it.",
  ),
  entry(
    `RUN echo '#!/bin/sh' > /x && printf '%s\\n' '#!/bin/sh' 'exec sudo node' > /entrypoint.sh`,
    "no",
    "Line by line.",
  ),
  entry("COPY <<EOF /entrypoint.sh\n#!/bin/sh\nexec node a.js\nEOF", "unproven", "No tool."),
  entry(
    "COPY <<EOF /entrypoint.sh\n#!/bin/sh\n# sudo is not needed\necho 'run sudo'\nexec node a.js\nEOF",
    "unproven",
    "Words.",
  ),
  entry(
    "COPY <<EOF /other.sh\n#!/bin/sh\nexec sudo node a.js\nEOF",
    "unproven",
    "Another script than the one that starts.",
  ),
  entry(
    "COPY <<EOF /entrypoint.sh\n#!/bin/sh\nexec sudo node\nEOF\nCOPY <<EOF /entrypoint.sh\n#!/bin/sh\nexec node a.js\nEOF",
    "unproven",
    "What was written last is what starts.",
  ),
  {
    name: "an entrypoint of a stage that is not kept",
    given: dockerfile(
      'FROM alpine:3.20 AS b\nCOPY <<EOF /entrypoint.sh\n#!/bin/sh\nexec sudo node\nEOF\nFROM alpine:3.20\nUSER 1000\nENTRYPOINT ["/entrypoint.sh"]\n',
    ),
    expect: { "non-root": "unproven" },
    trap: true,
    why: "The image does not hold it.",
  },
];

/** The command in an image, and in a Dockerfile. */
function start(command: readonly string[], answer: "yes" | "no", why: string): Cases {
  const trap = answer === "no" ? {} : { trap: true as const };
  const words = JSON.stringify(command);
  return [
    {
      name: `an image that starts ${words}`,
      given: image({ files: FILES, config: { Cmd: command } }),
      expect: { "non-root": answer },
      ...trap,
      why,
    },
    {
      name: `ENTRYPOINT ${words}`,
      given: dockerfile(`FROM alpine:3.20\nUSER 1000\nENTRYPOINT ${words}\n`),
      expect: { "non-root": answer === "no" ? "no" : "unproven" },
      ...trap,
      why,
    },
  ];
}

function entry(lines: string, answer: Answer, why: string): Case {
  return {
    name: lines.replaceAll("\n", " ⏎ "),
    given: dockerfile(`FROM alpine:3.20\nUSER 1000\n${lines}\nENTRYPOINT ["/entrypoint.sh"]\n`),
    expect: { "non-root": answer },
    ...(answer === "no" ? {} : { trap: true }),
    why,
  };
}
