import { isTemplate } from "../../secrets/placeholder.ts";
import { isEnvironmentName, isRemoteHost, isRemoteUrl, wasMasked } from "./environment-values.ts";

/**
 * Effect of a build variable on the image: `baked` ties the image to an environment, `none` has no effect;
 * the other effects give a note.
 */
export type Baking = "baked" | "replaced" | "proxy" | "constant" | "none";

/** Variables that bundlers replace by their value while they build: nothing can change them at run time. */
export const INLINED =
  /^(?:NEXT_PUBLIC|NUXT_PUBLIC|VITE|REACT_APP|VUE_APP|GATSBY|NG_APP|EXPO_PUBLIC|PUBLIC|STORYBOOK|DOCUSAURUS|ASTRO_PUBLIC)_/;
/** Addresses of the application or of the services beside it; registries and mirrors have other names. */
export const ADDRESS =
  /(?:^|_)(?:API|SITE|APP|BASE|BACK|BACKEND|FRONT|FRONTEND|WEB|WEBSITE|PUBLIC|GRAPHQL|AUTH|KEYCLOAK|OIDC|CMS|STRAPI|HASURA)_(?:BASE_)?(?:URL|URI|HOST|HOSTNAME|DOMAIN|ORIGIN|ENDPOINT|SERVER)$|^(?:URL|HOTE|ADRESSE|DOMAINE|SERVEUR)_(?:API|SITE|APP|BACK|BACKEND|FRONT|FRONTEND|BASE|AUTH|SSO)$/;
/** The same at the end of any name that bundlers inline. */
const INLINED_ADDRESS = /_(?:URL|URI|HOST|HOSTNAME|DOMAIN|ORIGIN|ENDPOINT|SERVER|ENV|ENVIRONMENT|STAGE)$/;
/** Services that are the same for every environment: their identifiers may differ, their addresses do not. */
export const SHARED =
  /(?:^|_)(?:MATOMO|PIWIK|SENTRY|PLAUSIBLE|UMAMI|CRISP|GTM|ANALYTICS|TARTEAUCITRON|ADRESSE|ADDOK|BAN|IGN|GEO_?API|API_GEO|API_ADRESSE|CDN|MAPBOX|MAPTILER|TILES?|STATUS|DOCS?|DOCUMENTATION|GITHUB|GITLAB|SUPPORT|HELP|FAQ|CONTACT|LINKEDIN|TWITTER|YOUTUBE|FACEBOOK|INSTAGRAM|MASTODON)_(?:[A-Z]+_)?(?:URL|URI|HOST|HOSTNAME|DOMAIN|ORIGIN|ENDPOINT|SERVER)$/;
const STAGE =
  /^(?:APP_|DEPLOY_|TARGET_|BUILD_|RUNTIME_|SPRING_|MAVEN_)?(?:ENV|ENVIRONMENT|ENVIRONNEMENT|STAGE|PLATEFORME|CIBLE|PROFILE?)$/;
/** Names that denote a deployment target rather than a framework's mode. */
const DESTINATION = /ENVIRONNEMENT|PLATEFORME|CIBLE|^(?:DEPLOY|TARGET)_/;
/** Switches, numbers, versions. */
const SWITCH = /^(?:true|false|on|off|yes|no|v?\d{1,9}(?:\.\d{1,9}){0,3}(?:-[\w.]{1,40})?)$/i;
/** Modes of frameworks and bundlers: optimised, or verbose. */
const BUILT_IN = /^(?:prod|production|dev|development)$/i;
const PROXY = /^(?:https?|ftp|no|all)_proxy$/i;

/**
 * Classifies NAME=value. A build argument ties the image to an environment if bundlers inline it or if it is
 * an address; a variable of ENV does so only if bundlers inline it, since other variables can be overridden
 * at start.
 */
export function baking(name: string, value: string, from: "argument" | "env"): Baking {
  if (value === "" || wasMasked(value)) return "none";
  if (PROXY.test(name)) return /^no_/i.test(name) ? "none" : "proxy";
  const inlined = INLINED.test(name);
  if (!inlined && (from === "env" || !(ADDRESS.test(name) || STAGE.test(name)))) return "none";
  if (fixesEnvironment(name, value, inlined)) return SHARED.test(name) ? "constant" : "baked";
  if (!inlined || SWITCH.test(value)) return "none";
  return isReplacedLater(name, value) ? "replaced" : "constant";
}

/**
 * Judges the name of a build argument without a default: `baked` if the name asks for an address, `constant`
 * for another variable that bundlers inline.
 */
export function bakingByName(name: string): Extract<Baking, "baked" | "constant" | "none"> {
  const inlined = INLINED.test(name);
  const address = ADDRESS.test(name) || (inlined && INLINED_ADDRESS.test(name));
  if (address) return SHARED.test(name) ? "constant" : "baked";
  return inlined && !/_(?:VERSION|COMMIT|SHA|REVISION|BUILD_ID|RELEASE)$/.test(name) ? "constant" : "none";
}

function fixesEnvironment(name: string, value: string, inlined: boolean): boolean {
  if (isRemoteUrl(value) || isRemoteHost(ADDRESS.test(name) ? `${name}_HOST` : name, value)) return true;
  if (!isEnvironmentName(value) || name.endsWith("NODE_ENV")) return false;
  // APP_ENV=production selects a framework's optimised mode; any other name denotes an environment.
  if (inlined) return /ENV|STAGE/.test(name) || (/MODE/.test(name) && !BUILT_IN.test(value));
  return DESTINATION.test(name) || !BUILT_IN.test(value);
}

/** Whether a start script replaces the value later: `APP_NEXT_PUBLIC_X`, `__NEXT_PUBLIC_X__`, `%%X%%`. */
function isReplacedLater(name: string, value: string): boolean {
  return isTemplate(value) || (!value.includes("://") && value.includes(name));
}
