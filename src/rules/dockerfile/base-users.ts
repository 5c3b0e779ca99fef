import { partsOf } from "../../dockerfile/base-images.ts";

/** Entry of the table: matching images, and the user in their config. */
interface KnownUsers {
  readonly repository: RegExp;
  /** Matches the tag; a reference by digest alone matches only lines without a pattern. */
  readonly tag?: RegExp;
  readonly user: string;
}

/** Docker's official images that start as root: they set no USER, or go back to root at the end of their Dockerfile. */
const OFFICIAL =
  "almalinux|alpine|amazoncorretto|amazonlinux|archlinux|bash|buildpack-deps|busybox|caddy|cassandra|centos|clojure|" +
  "composer|dart|debian|docker|drupal|eclipse-temurin|elixir|erlang|fedora|gcc|golang|gradle|haskell|httpd|" +
  "ibm-semeru-runtimes|ibmjava|joomla|julia|mariadb|matomo|maven|mediawiki|mongo|mysql|nextcloud|nginx|node|openjdk|" +
  "oraclelinux|perl|photon|php|phpmyadmin|postgres|pypy|python|r-base|rabbitmq|redis|registry|rockylinux|ruby|rust|" +
  "sapmachine|swift|tomcat|tomee|traefik|ubuntu|wordpress";

/** Images of other publishers that start as root. */
const OTHERS =
  "azul/zulu-openjdk(?:-alpine|-debian|-centos)?|bellsoft/liberica-[\\w-]{1,60}|continuumio/(?:ana|mini)conda3|cypress/[\\w-]{1,40}|" +
  "dunglas/frankenphp|hashicorp/terraform|nvidia/cuda|openresty/openresty|opensuse/(?:leap|tumbleweed)|oven/bun|" +
  "phusion/[\\w-]{1,60}|tensorflow/tensorflow|pytorch/pytorch|tiangolo/[\\w-]{1,80}|valkey/valkey|" +
  "(?:.{1,100}/)?ubi\\d{1,2}(?:/ubi(?:-minimal|-micro|-init)?|-minimal|-micro|-init)?|" +
  "mcr\\.microsoft\\.com/(?:playwright(?:/[\\w-]{1,20})?|cbl-mariner/base/core|azurelinux/base/core|devcontainers/[\\w-]{1,40})|" +
  "public\\.ecr\\.aws/amazonlinux/amazonlinux|quay\\.io/centos/centos|registry\\.fedoraproject\\.org/fedora(?:-minimal)?|" +
  "(?:cgr\\.dev/chainguard|chainguard)/wolfi-base";

/** Any tag; a missing one means `latest`. */
const ANY_TAG = /^/;

/** Users that publishers document, or set in the Dockerfiles of their images; the first match counts. */
const USERS: readonly KnownUsers[] = [
  { repository: /^gcr\.io\/distroless\//, tag: /nonroot/, user: "65532" },
  { repository: /^gcr\.io\/distroless\//, tag: ANY_TAG, user: "root" },
  { repository: /^mcr\.microsoft\.com\/dotnet\//, tag: /chiseled|distroless/, user: "1654" },
  { repository: /^mcr\.microsoft\.com\/dotnet\//, tag: ANY_TAG, user: "root" },
  { repository: /^nginxinc\/nginx-unprivileged$/, user: "101" },
  { repository: /^bitnami(?:legacy|secure)?\//, user: "1001" },
  { repository: new RegExp(`^(?:${OFFICIAL}|${OTHERS})$`), user: "root" },
];

/**
 * User as which an image with this reference is widely known to start: `root`, a uid, or undefined for other
 * images.
 */
export function baseUser(reference: string): string | undefined {
  const { repository, tag, digest } = partsOf(reference);
  const isNamedByDigest = digest !== undefined && tag === "";
  return USERS.find(
    (one) =>
      one.repository.test(repository) && (one.tag === undefined || (!isNamedByDigest && one.tag.test(tag))),
  )?.user;
}
