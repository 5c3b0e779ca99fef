import { describe, expect, test } from "vitest";
import { dockerfileFacts } from "../../test/fixtures/dockerfile.ts";
import { imageFacts } from "../../test/fixtures/image-facts.ts";
import { isBuiltFrom } from "./built-image.ts";

const DOCKERFILE = `FROM node:22-slim AS build
RUN npm ci
FROM node:22-slim
ARG V=3
WORKDIR /app
RUN --mount=type=cache,target=/root/.npm npm ci \\
    --omit=dev
COPY --chown=1000 . .
ENV A=1 B=2
EXPOSE 8080
USER 1000
CMD ["node","server.js"]
`;
/** History in the form of BuildKit 0.12 and later. */
const BUILDKIT = [
  "ADD rootfs.tar.xz / # buildkit",
  'CMD ["node"]',
  "ARG V=3",
  "WORKDIR /app",
  "RUN |1 V=3 /bin/sh -c npm ci     --omit=dev # buildkit",
  "COPY . . # buildkit",
  "ENV A=1 B=2",
  "EXPOSE map[8080/tcp:{}]",
  "USER 1000",
  'CMD ["node" "server.js"]',
];
/** History in the form of Buildah 1.39, with and without --layers. */
const BUILDAH = [
  "/bin/sh -c #(nop) ADD file:0d12 in / ",
  '/bin/sh -c #(nop) CMD ["node"]',
  "/bin/sh -c #(nop) ARG V=3",
  "/bin/sh -c #(nop) WORKDIR /app",
  "/bin/sh -c npm ci     --omit=dev",
  "/bin/sh -c #(nop) COPY dir:395c in . ",
  "/bin/sh -c #(nop) ENV A=1 B=2",
  "/bin/sh -c #(nop) EXPOSE 8080",
  "/bin/sh -c #(nop) USER 1000",
  '/bin/sh -c #(nop) CMD ["node","server.js"]',
];

function isBuilt(text: string, steps: readonly string[]): boolean {
  const history = steps.map((createdBy) => ({ createdBy }));
  return isBuiltFrom(dockerfileFacts(text), imageFacts({ history }));
}

describe("built from this Dockerfile", () => {
  test.each([
    ["BuildKit", BUILDKIT],
    ["Buildah", BUILDAH],
  ])("by %s", (_, steps) => {
    expect(isBuilt(DOCKERFILE, steps)).toBe(true);
  });

  test.each([
    "RUN |1 V=3 /bin/sh -c echo a && /bin/sh -c b # buildkit",
    "RUN |2 V=3 W=/bin/sh /bin/sh -c echo a && /bin/sh -c b # buildkit",
    "RUN /bin/bash -o pipefail -c echo a && /bin/sh -c b # buildkit",
    "RUN /bin/bash -eo pipefail -c echo a && /bin/sh -c b # buildkit",
    "/bin/sh -c echo a && /bin/sh -c b",
    "|1 V=3 /bin/sh -c echo a && /bin/sh -c b",
  ])("a RUN that calls a shell itself: %s", (step) => {
    expect(isBuilt("FROM x\nRUN echo a && /bin/sh -c b\n", [step])).toBe(true);
    expect(isBuilt("FROM x\nRUN b\n", [step])).toBe(false);
    expect(isBuilt("FROM x\nRUN echo a && /bin/sh -c b\n", [`x${step}`])).toBe(false);
  });

  test("stages upon one another", () => {
    const text = "FROM scratch AS a\nCOPY x /x\nFROM a\nUSER 1000\n";
    expect(isBuilt(text, ["COPY x /x # buildkit", "USER 1000"])).toBe(true);
    expect(isBuilt(text, ["USER 1000"])).toBe(false);
  });

  test("shell forms, and variables that only the build knows", () => {
    expect(isBuilt("FROM x\nCMD node a.js\n", ['CMD ["/bin/sh" "-c" "node a.js"]'])).toBe(true);
    expect(isBuilt("FROM x\nARG U=5\nUSER $U\n", ["ARG U=5", "USER 5"])).toBe(true);
  });
});

describe("not built from it", () => {
  test.each([
    ["another user", DOCKERFILE.replace("USER 1000", "USER 1001")],
    ["another command", DOCKERFILE.replace("server.js", "main.js")],
    ["another RUN", DOCKERFILE.replace("--omit=dev", "")],
    ["one instruction more", `${DOCKERFILE}STOPSIGNAL SIGTERM\n`],
    ["one instruction less", DOCKERFILE.replace("USER 1000\n", "")],
    ["another order", DOCKERFILE.replace("ENV A=1 B=2\nEXPOSE 8080", "EXPOSE 8080\nENV A=1 B=2")],
    ["no instruction of its own", "FROM node:22-slim\n"],
    ["what BuildKit refuses", `${DOCKERFILE}NOTHING x\n`],
  ])("%s", (_, text) => {
    expect(isBuilt(text, BUILDKIT)).toBe(false);
  });

  test("squashed or imported", () => {
    expect(isBuilt(DOCKERFILE, [])).toBe(false);
    expect(isBuilt("FROM x\n", [])).toBe(false);
    expect(isBuilt(DOCKERFILE, ["/bin/sh -c #(nop) CMD"])).toBe(false);
  });

  test("something was built upon it", () => {
    expect(isBuilt(DOCKERFILE, [...BUILDKIT, "COPY late / # buildkit"])).toBe(false);
  });
});

describe("a step of a history", () => {
  /** Answer for an image of one step and a linked Dockerfile of one instruction: can the one have made the other? */
  const isMade = (instruction: string, createdBy: string) => isBuilt(`FROM x\n${instruction}\n`, [createdBy]);

  test.each([
    ["RUN make", "/bin/sh -c make"],
    ["RUN make", "/bin/sh -c make # buildkit"],
    ["RUN cp a b", "/bin/sh -c cp a b"],
    ["RUN cp a b", "RUN /bin/sh -c cp a b # buildkit"],
    ["RUN cmake .", "RUN |1 A=1 /bin/sh -c cmake . # buildkit"],
    ["RUN chmod 755 a", "RUN /bin/bash -o pipefail -c chmod 755 a # buildkit"],
    ["RUN curl a", "RUN /bin/bash -eo pipefail -c curl a # buildkit"],
    ["RUN make", "RUN /bin/sh -ec make # buildkit"],
    ["RUN make", "RUN /bin/sh -e -c make # buildkit"],
    ["RUN make", "RUN /bin/sh -c make # buildkit"],
    ["RUN make", "/bin/bash -c make"],
    ["RUN make", "RUN /bin/bash -o pipefail -c make # buildkit"],
    ["RUN make", "|2 A=1 B=x y /bin/sh -c make"],
    ["RUN --network=none --mount=type=tmpfs,target=/t make", "RUN /bin/sh -c make # buildkit"],
    ["RUN make  all", "/bin/sh -c make all"],
    ["RUN echo /bin/sh -c #(nop) x", "RUN /bin/sh -c echo /bin/sh -c #(nop) x # buildkit"],
    ["RUN make --jobs 4 --keep-going x", "/bin/sh -c make --jobs 4 --keep-going x"],
    ["USER 1000", "/bin/sh -c #(nop)  USER 1000"],
    ["USER 1000", "USER 1000"],
    ["WORKDIR /app", "WORKDIR /app"],
    ['ENTRYPOINT ["a"]', 'ENTRYPOINT ["a"]'],
    ["STOPSIGNAL SIGTERM", "STOPSIGNAL SIGTERM"],
    ["ADD a /a", "ADD file:0d12 in /a"],
    ["COPY a /a", "COPY dir:395c in /a"],
    ["HEALTHCHECK NONE", "HEALTHCHECK &{x}"],
    ["LABEL a=b", "LABEL a=b"],
    ["VOLUME /v", "VOLUME [/v]"],
    ['SHELL ["sh"]', "SHELL [sh]"],
    ["ENV A=1", "ENV A=1"],
    ["EXPOSE 80", "EXPOSE map[80/tcp:{}]"],
    ["RUN <<X\nmake\nX", "RUN /bin/sh -c anything # buildkit"],
    ["RUN echo $A", "RUN /bin/sh -c anything # buildkit"],
  ])("%j makes %j", (instruction, step) => {
    expect(isMade(instruction, step)).toBe(true);
  });

  test.each([
    ["RUN make", "/bin/sh -c make test"],
    ["RUN make", "USER make"],
    ["RUN make", "x/bin/sh -c make"],
    ["RUN make", "/bin/sh -c cmake"],
    ["RUN cmake", "/bin/sh -c make"],
    ["RUN p a b", "/bin/sh -c cp a b"],
    ["RUN make", "/bin/sh -c make # buildkit x"],
    ["USER 1000", "x /bin/sh -c #(nop) USER 1000"],
    ["USER 1000", "USER 1001"],
    ["USER 1000", "USERS 1000"],
    ["WORKDIR /app", "WORKDIR /other"],
    ['ENTRYPOINT ["a"]', 'ENTRYPOINT ["b"]'],
    ["STOPSIGNAL SIGTERM", "STOPSIGNAL SIGINT"],
    ["ENV A=1", "LABEL A=1"],
    ["COPY a /a", "ADD a /a"],
  ])("%j does not make %j", (instruction, step) => {
    expect(isMade(instruction, step)).toBe(false);
  });

  test("arguments and maintainers have none that counts", () => {
    expect(isBuilt("FROM x\nARG A\nMAINTAINER me\nUSER 1\n", ["ARG A", "MAINTAINER me", "USER 1"])).toBe(
      true,
    );
    expect(isBuilt("FROM x\nARG A\nUSER 1\n", ["USER 1"])).toBe(true);
    expect(isBuilt("FROM x\nONBUILD RUN a\nUSER 1\n", ["ONBUILD RUN a", "USER 1"])).toBe(true);
  });
});
