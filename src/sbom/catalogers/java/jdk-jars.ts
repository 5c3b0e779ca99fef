/**
 * Whether a jar is one of OpenJDK's own, in its own place below its folder: those that builds of 8 and
 * of 9 and later bring. Not all that lies there is: what has another name was added.
 *
 * @param homes folders that OpenJDK's `release` lies in, with `/` at their ends
 */
export function isOfJdk(path: string, homes: readonly string[]): boolean {
  return homes.some((home) => path.startsWith(home) && OWN.test(path.slice(home.length)));
}

const OWN =
  /^(?:lib\/(?:jrt-fs|tools|dt|jconsole|sa-jdi)|(?:jre\/)?lib\/(?:rt|jce|jsse|jfr|charsets|resources|management-agent|ext\/(?:cldrdata|dnsns|icedtea-sound|jaccess|java-atk-wrapper|localedata|nashorn|sunec|sunjce_provider|sunpkcs11|zipfs)|security\/policy\/(?:un)?limited\/(?:US_export|local)_policy))\.jar$/;
