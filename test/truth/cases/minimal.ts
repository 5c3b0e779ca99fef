// Rows 16 and 18: the base, and the builder of the image.

import { emptyImage } from "../../fixtures/image/image.ts";
import type { Cases } from "../case.ts";
import { dockerfile } from "../given/folder.ts";
import { image } from "../given/image.ts";

const RUN = { mode: 0o755, content: "\x7fELF" };
const CONFIG = { User: "1000", Cmd: ["/app/server"] };
const BARE = { from: emptyImage(), config: CONFIG };

function distribution(id: string, more: string = "") {
  return { "etc/os-release": `ID=${id}\n${more}`, "bin/sh": RUN, "app/server": RUN };
}

export const cases: Cases = [
  {
    name: "one static program from scratch",
    given: image({ ...BARE, files: { "app/server": RUN }, by: "COPY server /app/server # buildkit" }),
    expect: { minimal: "yes" },
    trap: true,
    why: "3.1 names scratch.",
  },
  {
    name: "distroless: Debian's files without a shell or a package manager",
    given: image({
      ...BARE,
      files: {
        "etc/os-release": 'PRETTY_NAME="Distroless"\nNAME="Debian GNU/Linux"\nID="debian"\nVERSION_ID="12"\n',
        "etc/debian_version": "12.5\n",
        "var/lib/dpkg/status.d/base": "Package: base-files\nVersion: 12.4\n",
        "app/server": RUN,
      },
    }),
    expect: { minimal: "yes" },
    trap: true,
    why: "3.1 names distroless; its os-release says Debian.",
  },
  {
    name: "Debian, with apt and a shell",
    given: image({
      ...BARE,
      files: {
        ...distribution("debian", 'VERSION_ID="12"\n'),
        "usr/bin/apt-get": RUN,
        "usr/bin/dpkg": RUN,
        "var/lib/dpkg/status": "Package: apt\nStatus: install ok installed\nVersion: 2.6\n",
      },
    }),
    expect: { minimal: "no" },
    why: "3.1: avoid general-purpose images.",
  },
  {
    name: "Ubuntu 22.04",
    given: image({
      ...BARE,
      files: {
        ...distribution("ubuntu", 'VERSION_ID="22.04"\n'),
        "usr/bin/apt-get": RUN,
        "usr/bin/dpkg": RUN,
      },
    }),
    expect: { minimal: "no" },
    why: "3.1's own example.",
  },
  {
    name: "Fedora",
    given: image({ ...BARE, files: { ...distribution("fedora"), "usr/bin/dnf": RUN, "usr/bin/rpm": RUN } }),
    expect: { minimal: "no" },
    why: "3.1: general-purpose.",
  },
  {
    name: "Alpine",
    given: image({
      ...BARE,
      files: {
        ...distribution("alpine", "VERSION_ID=3.20.1\n"),
        "etc/alpine-release": "3.20.1\n",
        "sbin/apk": RUN,
      },
    }),
    expect: { minimal: "yes" },
    trap: true,
    why: "Minimal by design, by the design's row 16.",
  },
  {
    name: "Wolfi",
    given: image({ ...BARE, files: { ...distribution("wolfi"), "usr/bin/apk": RUN } }),
    expect: { minimal: "yes" },
    trap: true,
    why: "Minimal by design.",
  },
  {
    name: "Alpine with gcc",
    given: image({
      ...BARE,
      files: {
        ...distribution("alpine"),
        "etc/alpine-release": "3.20.1\n",
        "usr/bin/gcc": RUN,
        "usr/libexec/gcc/x86_64-alpine-linux-musl/13/cc1": RUN,
        "usr/bin/cc": RUN,
      },
    }),
    expect: { minimal: "no" },
    why: "A compiler is a dependency of the build.",
  },
  {
    name: "a Go toolchain in a scratch image",
    given: image({ ...BARE, files: { "app/server": RUN, "usr/local/go/bin/go": RUN } }),
    expect: { minimal: "no" },
    why: "An SDK.",
  },
  {
    name: "Maven beside the application",
    given: image({
      ...BARE,
      files: {
        ...distribution("alpine"),
        "etc/alpine-release": "3.20\n",
        "usr/share/maven/bin/mvn": RUN,
        "usr/bin/mvn": RUN,
      },
    }),
    expect: { minimal: "yes" },
    trap: true,
    why: "A build tool is neither a compiler nor an SDK; what it needs to build, the image does not have.",
  },
  {
    name: "a file called gcc.md",
    given: image({ files: { "app/docs/gcc.md": "# Building with gcc\n" } }),
    expect: { minimal: "yes" },
    trap: true,
    why: "No compiler.",
  },
  {
    name: "a Dockerfile FROM ubuntu:22.04",
    given: dockerfile('FROM ubuntu:22.04\nUSER 1000\nCMD ["/app"]\n'),
    expect: { minimal: "no" },
    why: "3.1's own « à éviter » example.",
  },
  {
    name: "a Dockerfile FROM gcr.io/distroless/java17",
    given: dockerfile('FROM gcr.io/distroless/java17\nUSER 1000\nCMD ["/app.jar"]\n'),
    expect: { minimal: "unproven" },
    trap: true,
    why: "3.1's own recommended example; a Dockerfile proves nothing of the image.",
  },
  {
    name: "built on ubuntu, shipped on distroless",
    given: dockerfile(
      'FROM ubuntu:22.04 AS build\nRUN make\nFROM gcr.io/distroless/static\nCOPY --from=build /app /app\nUSER 65532\nENTRYPOINT ["/app"]\n',
    ),
    expect: { minimal: "unproven" },
    trap: true,
    why: "Multi-stage builds are what 3.3 recommends: the last stage counts.",
  },
  {
    name: "a last stage that is built on the stage that is ubuntu",
    given: dockerfile('FROM ubuntu:22.04 AS base\nRUN apt-get update\nFROM base\nUSER 1000\nCMD ["/app"]\n'),
    expect: { minimal: "no" },
    why: "The stage's base is the image's.",
  },
  {
    name: "BuildKit's steps on top",
    given: image(),
    expect: { "no-dockerfile": "no" },
    why: "3.3: the history is a Dockerfile's.",
  },
  {
    name: "docker build's old steps on top",
    given: image({
      ...BARE,
      files: { "app/server": RUN },
      by: "/bin/sh -c #(nop) COPY file:0a1b in /app/server ",
    }),
    expect: { "no-dockerfile": "no" },
    why: "3.3: the history is a Dockerfile's.",
  },
  {
    name: "a squashed history",
    given: image({ ...BARE, files: { "app/server": RUN }, by: "" }),
    expect: { "no-dockerfile": "unproven" },
    trap: true,
    why: "Nothing says how it was built.",
  },
  {
    name: "ko",
    given: image({
      ...BARE,
      files: { "ko-app/web": RUN },
      by: "ko build ko://example.fr/aides/cmd/web",
      config: { ...CONFIG, Entrypoint: ["/ko-app/web"], Env: ["KO_DATA_PATH=/var/run/ko"] },
    }),
    expect: { "no-dockerfile": "yes" },
    trap: true,
    why: "3.3 names ko; its fingerprint is on top.",
  },
  {
    name: "Jib",
    given: image({
      ...BARE,
      files: { "app/classes/Main.class": "\xca\xfe" },
      by: "jib-maven-plugin:3.4.0",
      config: { ...CONFIG, Entrypoint: ["java", "-cp", "@/app/jib-classpath-file", "fr.Main"] },
    }),
    expect: { "no-dockerfile": "yes" },
    trap: true,
    why: "3.3 names Jib; its fingerprint is on top.",
  },
  {
    name: "Jib below, a Dockerfile on top",
    given: image({
      ...BARE,
      files: { "app/classes/Main.class": "\xca\xfe" },
      by: "jib-maven-plugin:3.4.0",
      layers: [{ files: { "app/x": "x" }, by: "COPY x /app/x # buildkit" }],
    }),
    expect: { "no-dockerfile": "no" },
    why: "The topmost builder counts.",
  },
  {
    name: "a JDK on Alpine",
    given: image({
      ...BARE,
      files: {
        ...distribution("alpine"),
        "etc/alpine-release": "3.20\n",
        "opt/jdk/bin/java": RUN,
        "opt/jdk/bin/javac": RUN,
      },
    }),
    expect: { minimal: "no" },
    why: "javac is a compiler.",
  },
  {
    name: "a JRE on Alpine",
    given: image({
      ...BARE,
      files: {
        ...distribution("alpine"),
        "etc/alpine-release": "3.20\n",
        "opt/jre/bin/java": RUN,
        "opt/jre/lib/modules": "x",
      },
    }),
    expect: { minimal: "yes" },
    trap: true,
    why: "A runtime, without a compiler.",
  },
  {
    name: "a compiler that a later layer deletes",
    given: image({
      ...BARE,
      files: {
        ...distribution("alpine"),
        "etc/alpine-release": "3.20\n",
        "usr/libexec/gcc/x86_64-alpine-linux-musl/13/cc1": RUN,
      },
      layers: [{ files: { "usr/libexec/.wh.gcc": "" }, by: "RUN /bin/sh -c apk del gcc # buildkit" }],
    }),
    expect: { minimal: "yes" },
    trap: true,
    why: "It is not in the file system with which the container runs.",
  },
];
