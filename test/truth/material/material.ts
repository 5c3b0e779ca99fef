import { type Layer, layerOfTree } from "../trials/images/layers.ts";
import { debianLayer } from "./debian-layer.ts";
import { ENTRYPOINTS } from "./entrypoints.ts";
import { skeletonLayer } from "./make-skeleton.ts";
import { REPOSITORIES } from "./repositories.ts";
import { SKELETONS } from "./skeletons.ts";
import { writeFiles } from "./write-files.ts";

/** Typical content of images in the field, as one layer. */
export interface Material {
  readonly name: string;
  /** Makes it once. Throws where npm, a build or apt-get fails. */
  make(): Layer;
}

/** Packages of Debian whose files are in most images of a language; one layer each. */
const DEBIAN: Readonly<Record<string, readonly string[]>> = {
  python: (
    "django flask fastapi starlette ecdsa twisted autobahn scrapy sqlalchemy werkzeug jwt requests boto3 botocore " +
    "cryptography paramiko celery tornado aiohttp oauthlib jwcrypto rsa django-allauth djangorestframework"
  )
    .split(" ")
    .map((name) => `python3-${name}`),
  ruby: (
    "rails ruby-railties ruby-actionpack ruby-activerecord ruby-rack puma ruby-bcrypt ruby-jwt ruby-net-ssh ruby-httpclient " +
    "ruby-eventmachine ruby-omniauth ruby-faraday ruby-excon ruby-webrick"
  ).split(" "),
  php: "php-symfony-framework-bundle php-symfony-security-bundle php-laravel-framework php-guzzlehttp-guzzle php-phpseclib3 php-monolog composer".split(
    " ",
  ),
  java: (
    "libspring-web-java libspring-core-java libspring-context-java libspring-jdbc-java libspring-orm-java libtomcat10-java " +
    "libjetty9-java libmariadb-java libpostgresql-jdbc-java libjackson2-databind-java libnetty-java libbcprov-java " +
    "liblog4j2-java libshiro-java"
  ).split(" "),
  perl: ["libmojolicious-perl", "libdancer2-perl"],
};

export const MATERIAL: readonly Material[] = [
  ...SKELETONS.map((skeleton) => ({ name: skeleton.name, make: () => skeletonLayer(skeleton) })),
  ...Object.entries(DEBIAN).map(([name, packages]) => ({
    name: `debian-${name}`,
    make: () => debianLayer(name, packages),
  })),
  ...Object.entries(ENTRYPOINTS).map(([name, script]) =>
    ofFiles(`entrypoint-${name}`, { "usr/local/bin/docker-entrypoint.sh": script }),
  ),
  ...Object.entries(REPOSITORIES).map(([name, files]) => ofFiles(`repository-${name}`, files)),
];

function ofFiles(name: string, files: Readonly<Record<string, string>>): Material {
  return { name, make: () => layerOfTree(`material-${name}`, files, (tree) => writeFiles(tree, files)) };
}
