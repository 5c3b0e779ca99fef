/**
 * Whether a jar is part of OpenJDK, at its original path below the JDK's folder, for version 8 and for 9 and
 * later. Jars with other names were added.
 *
 * @param homes folders with OpenJDK's `release` file, ending in `/`
 */
export function isOfJdk(path: string, homes: readonly string[]): boolean {
  return homes.some((home) => path.startsWith(home) && OWN.test(path.slice(home.length)));
}

const OWN =
  /^(?:lib\/(?:jrt-fs|tools|dt|jconsole|sa-jdi)|(?:jre\/)?lib\/(?:rt|jce|jsse|jfr|charsets|resources|management-agent|ext\/(?:cldrdata|dnsns|icedtea-sound|jaccess|java-atk-wrapper|localedata|nashorn|sunec|sunjce_provider|sunpkcs11|zipfs)|security\/policy\/(?:un)?limited\/(?:US_export|local)_policy))\.jar$/;
