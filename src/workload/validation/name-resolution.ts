import { isIP } from "node:net";
import type { Text } from "../../contract/text.ts";
import {
  checkRequiredText,
  checkText,
  entries,
  type Field,
  isSet,
  member,
  reject,
  rejectMissing,
  type Spelling,
  textOf,
} from "./field.ts";
import { DNS_SUBDOMAIN } from "./names.ts";

// Bounds from core/validation: MaxDNSNameservers, MaxDNSSearchPaths, MaxDNSSearchListChars.
const [NAMESERVERS, SEARCHES, SEARCH_CHARACTERS] = [3, 32, 2048];

/** Checks names that a pod resolves by its own list (hostAliases), and its own name servers (dnsConfig). */
export function checkNameResolution(spec: Field): void {
  for (const alias of entries(member(spec, "hostAliases"))) {
    checkRequiredText(member(alias, "ip"), ADDRESS);
    for (const name of entries(member(alias, "hostnames"))) checkText(name, DNS_SUBDOMAIN);
  }
  const config = member(spec, "dnsConfig");
  const servers = member(config, "nameservers");
  if (member(spec, "dnsPolicy").value === "None" && entries(servers).length === 0)
    rejectMissing(isSet(config) ? servers : config);
  if (entries(servers).length > NAMESERVERS) reject(servers, TOO_MANY_SERVERS);
  for (const server of entries(servers)) checkRequiredText(server, ADDRESS);
  const searches = member(config, "searches");
  const domains = entries(searches);
  if (domains.length > SEARCHES || domains.map(textOf).join(" ").length > SEARCH_CHARACTERS)
    reject(searches, TOO_LONG_SEARCH);
  for (const domain of domains) checkText(domain, SEARCH_DOMAIN);
  for (const option of entries(member(config, "options"))) {
    const name = member(option, "name");
    if ((name.value ?? "") === "") rejectMissing(name);
  }
}

/** An IP address; IPv4 addresses with leading zeros are accepted, as before Go 1.17. */
const ADDRESS: Spelling = {
  isValid: (text) => isIP(text.includes(":") ? text : text.replace(/\b0+(?=\d)/g, "")) !== 0,
  expected: { fr: "une adresse IP", en: "an IP address" },
};

/** Search domain, as relaxed in Kubernetes 1.32: underscores, and the root alone. */
const SEARCH_DOMAIN: Spelling = {
  isValid: (text) =>
    text === "." ||
    DNS_SUBDOMAIN.isValid(
      text
        .replace(/\.$/, "")
        .replaceAll("_", "-")
        .replace(/^-|(?<=\.)-/g, "a"),
    ),
  expected: DNS_SUBDOMAIN.expected,
};

const TOO_MANY_SERVERS: Text = {
  fr: `a plus de ${NAMESERVERS} entrées`,
  en: `has more than ${NAMESERVERS} entries`,
};

const TOO_LONG_SEARCH: Text = {
  fr: `dépasse ${SEARCHES} domaines ou ${SEARCH_CHARACTERS} caractères`,
  en: `exceeds ${SEARCHES} domains or ${SEARCH_CHARACTERS} characters`,
};
