/** Properties of a base image known from its name, for widely used images. */
export interface KnownBase {
  readonly kind: "general" | "minimal" | "distroless" | "none";
  /** Program behind `/bin/sh`. */
  readonly shell?: "dash" | "busybox" | "bash";
  /** The compiler or SDK that the image contains. */
  readonly sdk?: string;
  /** Uids of the users in the image, by name. */
  readonly users: Readonly<Record<string, number>>;
  /** A minimal base image for the same program. */
  readonly instead?: string;
}

interface Family {
  /** Matches the repository, without the registry of Docker's official images. */
  readonly name: RegExp;
  /** Variant of the image whose tag names no variant. */
  readonly plain: "debian" | "alpine" | "rpm" | "micro" | "distroless" | "scratch";
  /** Tags with compilers or an SDK, and the SDK's name. */
  readonly sdk?: readonly [tag: RegExp, name: string];
  readonly users?: Readonly<Record<string, number>>;
  readonly instead?: string;
}

const BUILDPACK_DEPS = /^(?!.*(?:alpine|slim))/;
const ANY = /^/;

/** Families of images, named as in their registries; the first match wins. */
const FAMILIES: readonly Family[] = [
  { name: /^scratch$/, plain: "scratch" },
  { name: /^(?:alpine|busybox)$|\/wolfi-base$/, plain: "alpine" },
  { name: /^(?:.+\/)?ubi\d+(?:\/ubi)?-micro$/, plain: "micro" },
  {
    name: /^(?:gcr\.io|.+)\/distroless\/|^cgr\.dev\/chainguard\//,
    plain: "distroless",
    users: { nonroot: 65532 },
  },
  {
    name: /^node$/,
    plain: "debian",
    sdk: [BUILDPACK_DEPS, "gcc, g++, make, python3"],
    users: { node: 1000 },
    instead: "node:VERSION-alpine, gcr.io/distroless/nodejsMAJOR-debian12",
  },
  {
    name: /^python$/,
    plain: "debian",
    sdk: [BUILDPACK_DEPS, "gcc, g++, make"],
    instead: "python:VERSION-alpine, gcr.io/distroless/python3-debian12",
  },
  {
    name: /^ruby$/,
    plain: "debian",
    sdk: [BUILDPACK_DEPS, "gcc, g++, make"],
    instead: "ruby:VERSION-alpine",
  },
  {
    name: /^php$/,
    plain: "debian",
    sdk: [/^(?!.*alpine)/, "gcc, g++, make"],
    users: { "www-data": 33 },
    instead: "php:VERSION-fpm-alpine",
  },
  { name: /^golang$/, plain: "debian", sdk: [ANY, "go"], instead: "gcr.io/distroless/static-debian12" },
  { name: /^rust$/, plain: "debian", sdk: [ANY, "rustc, cargo"], instead: "gcr.io/distroless/cc-debian12" },
  { name: /^(?:maven|gradle)$/, plain: "debian", sdk: [ANY, "JDK"], instead: "eclipse-temurin:…-jre-alpine" },
  {
    name: /^(?:eclipse-temurin|amazoncorretto|openjdk)$/,
    plain: "debian",
    sdk: [/^(?!.*jre)/, "javac (JDK)"],
    instead: "eclipse-temurin:…-jre-alpine, gcr.io/distroless/java21-debian12",
  },
  {
    name: /^mcr\.microsoft\.com\/dotnet\/sdk$/,
    plain: "debian",
    sdk: [ANY, "SDK .NET"],
    users: { app: 1654 },
    instead: "mcr.microsoft.com/dotnet/aspnet:VERSION-noble-chiseled",
  },
  {
    name: /^mcr\.microsoft\.com\/dotnet\/(?:aspnet|runtime|runtime-deps)$/,
    plain: "debian",
    users: { app: 1654 },
    instead: "mcr.microsoft.com/dotnet/aspnet:VERSION-noble-chiseled",
  },
  {
    name: /^nginx$/,
    plain: "debian",
    users: { nginx: 101 },
    instead: "nginxinc/nginx-unprivileged:VERSION-alpine-slim",
  },
  {
    name: /^nginxinc\/nginx-unprivileged$/,
    plain: "debian",
    users: { nginx: 101 },
    instead: "nginxinc/nginx-unprivileged:VERSION-alpine-slim",
  },
  { name: /^(?:caddy|traefik)$/, plain: "alpine" },
  { name: /^(?:gcc|buildpack-deps)$/, plain: "debian", sdk: [ANY, "gcc, g++, make"] },
  { name: /^(?:debian|ubuntu|httpd|tomcat|perl|redis|postgres|mariadb|mysql)$/, plain: "debian" },
  {
    name: /^(?:fedora|centos|rockylinux|almalinux|amazonlinux|oraclelinux)$|^(?:.+\/)?ubi\d+(?:\/ubi(?:-minimal|-init)?|-minimal|-init)?$/,
    plain: "rpm",
  },
];

const PLAIN: Readonly<Record<Family["plain"], Pick<KnownBase, "kind" | "shell">>> = {
  debian: { kind: "general", shell: "dash" },
  alpine: { kind: "minimal", shell: "busybox" },
  rpm: { kind: "general", shell: "bash" },
  micro: { kind: "minimal", shell: "bash" },
  distroless: { kind: "distroless" },
  scratch: { kind: "none" },
};

/** Properties of the base image with this reference; undefined for an unknown image. */
export function knownBase(reference: string): KnownBase | undefined {
  const { repository, tag } = partsOf(reference);
  const family = FAMILIES.find(({ name }) => name.test(repository));
  if (family === undefined) return undefined;
  const plain = family.plain === "debian" ? flavourOf(tag) : family.plain;
  const { sdk, users = {}, instead } = family;
  return {
    ...PLAIN[plain],
    users: plain === "alpine" && users["www-data"] !== undefined ? { "www-data": 82 } : users,
    ...(sdk?.[0].test(tag) === true ? { sdk: sdk[1] } : {}),
    ...(instead === undefined ? {} : { instead: withVersion(instead, tag) }),
  };
}

function flavourOf(tag: string): Family["plain"] {
  if (/alpine/.test(tag)) return "alpine";
  return /chiseled|distroless/.test(tag) ? "distroless" : "debian";
}

/**
 * Prefix of Docker's own registry, of mirrors of its official images, and of its images for one architecture.
 */
const OFFICIAL =
  /^(?:(?:(?:index|registry-1)\.)?docker\.io\/|registry\.hub\.docker\.com\/|mirror\.gcr\.io\/|public\.ecr\.aws\/docker\/(?=library\/))?(?:(?:library|amd64|arm64v8|arm32v7|i386)\/)?/;

/** Parts of a reference; the repository is without Docker's own registry and without `library`. */
export function partsOf(reference: string): {
  readonly repository: string;
  readonly tag: string;
  readonly digest?: string;
} {
  const [name = "", digest] = reference.split("@", 2);
  const colon = name.lastIndexOf(":");
  const tagged = colon > name.lastIndexOf("/");
  const repository = (tagged ? name.slice(0, colon) : name).replace(OFFICIAL, "");
  const tag = tagged ? name.slice(colon + 1) : "";
  return digest === undefined ? { repository, tag } : { repository, tag, digest };
}

function withVersion(image: string, tag: string): string {
  const [version = "…", major = "…"] = /^(\d{1,4})(?:\.\d{1,4}){0,2}/.exec(tag) ?? [];
  return image.replaceAll("VERSION", version).replaceAll("MAJOR", major);
}
