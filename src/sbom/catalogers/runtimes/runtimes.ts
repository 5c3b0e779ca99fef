/** A program that carries its version as a text, whatever put it into the image. */
export interface Runtime {
  /** As Bitnami's advisories name it. */
  readonly name: string;
  /** Of its file, without folders. */
  readonly file: RegExp;
  /** Stands before the version, and nowhere else in the program. */
  readonly mark: string;
  /** The mark, and the version behind it. */
  readonly version: RegExp;
  /** Stands in the program too, where its mark alone could stand in others. */
  readonly certainty?: string;
  /** It has some 100 MB, and more with an application within it. */
  readonly isLarge?: true;
  /** Others name it in the same way: it is looked for in files of its name alone. */
  readonly isByName?: true;
}

/** Marks are what the programs print or send themselves; seen in Debian's and the projects' own builds. */
export const RUNTIMES: readonly Runtime[] = [
  {
    name: "node",
    file: /^(?:node|nodejs|libnode\.so(?:\.\d+)?)$/,
    mark: "nodejs.org/download/release/v",
    version: /^nodejs\.org\/download\/release\/v(\d{1,4}\.\d{1,4}\.\d{1,4})\//,
    isLarge: true,
  },
  {
    name: "python",
    file: /^(?:python3\.\d{1,3}t?|libpython3\.\d{1,3}t?\.so\.1\.0)$/,
    mark: "\x003.",
    version: /^\0(3\.\d{1,3}\.\d{1,3}(?:(?:a|b|rc)\d{1,3})?)\0/,
    certainty: "PYTHONHASHSEED",
  },
  {
    name: "php",
    file: /^(?:php[\d.]{0,5}|php-fpm[\d.]{0,5}|php-cgi[\d.]{0,5}|libphp[\d.]{0,5}\.so)$/,
    mark: "X-Powered-By: PHP/",
    version: /^X-Powered-By: PHP\/(\d{1,3}\.\d{1,3}\.\d{1,3})/,
  },
  {
    name: "ruby",
    file: /^(?:ruby[\d.]{0,5}|libruby[-\d.]{0,6}\.so[\d.]{0,12})$/,
    mark: "\0ruby ",
    version: /^\0ruby (\d{1,3}\.\d{1,3}\.\d{1,3})(?:p\d{1,5})? \(/,
  },
  {
    name: "openjdk",
    file: /^libjvm\.so$/,
    mark: " JRE (",
    version: /^ JRE \((\d{1,3}(?:\.\d{1,5}){0,4})[+)-]/,
    certainty: "OpenJDK",
  },
  {
    name: "nginx",
    file: /^nginx$/,
    mark: "nginx version: nginx/",
    version: /^nginx version: nginx\/(\d{1,3}\.\d{1,3}\.\d{1,3})/,
  },
  {
    name: "postgresql",
    file: /^postgres$/,
    mark: "postgres (PostgreSQL) ",
    version: /^postgres \(PostgreSQL\) (\d{1,3}(?:\.\d{1,3}){1,2})/,
  },
  {
    name: "apache",
    file: /^(?:httpd|apache2)$/,
    mark: "Apache/2.",
    version: /^Apache\/(2\.\d{1,3}\.\d{1,3})\b/,
    isByName: true,
  },
  {
    name: "memcached",
    file: /^memcached$/,
    mark: "memcached 1.",
    version: /^memcached (1\.\d{1,3}\.\d{1,3})\b/,
    isByName: true,
  },
  {
    name: "mariadb",
    file: /^(?:mariadbd|mysqld)$/,
    mark: "\0MariaDB ",
    version: /^\0MariaDB (\d{1,3}\.\d{1,3}\.\d{1,3})\0/,
    isByName: true,
  },
  {
    name: "haproxy",
    file: /^haproxy$/,
    mark: " version ",
    version: /^ version (\d{1,2}\.\d{1,3}\.\d{1,3})[-,]/,
    isByName: true,
  },
];
