/** A program that contains its version as text, however it was installed. */
export interface Runtime {
  /** Name in Bitnami's advisories. */
  readonly name: string;
  /** Matches the file name, without folders. */
  readonly file: RegExp;
  /** Text before the version, which occurs nowhere else in the program. */
  readonly mark: string;
  /** Pattern of the mark, with the version after it. */
  readonly version: RegExp;
  /** Further text in the program, needed if the mark alone could occur in other programs. */
  readonly certainty?: string;
  /** Set if the program has 100 MB or more, and may contain an application. */
  readonly isLarge?: true;
  /** Set if other programs contain the same mark, so that only files with the program's name are searched. */
  readonly isByName?: true;
}

/** Runtimes with texts that they print or send, verified in builds of Debian and of the projects. */
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
