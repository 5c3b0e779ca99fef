import { settingsForm } from "./settings-form.ts";

/**
 * Trees that come with a distribution or a language. They make nine tenths of an image's files, and
 * hold test keys by the hundred (OpenSSL, Python, Go). What an application adds lies elsewhere: /app,
 * /srv, /opt, /home, /root, /etc, /usr/src, /usr/local/bin, /var/www, /tmp, /run, or in the web roots
 * of SERVED.
 */
const SYSTEM = (
  "/proc/ /sys/ /dev/ /boot/ /bin/ /sbin/ /lib/ /lib32/ /lib64/ /libx32/ /usr/bin/ /usr/sbin/ /usr/lib/ /usr/lib32/ " +
  "/usr/lib64/ /usr/libx32/ /usr/libexec/ /usr/include/ /usr/share/ /usr/games/ /var/cache/ /var/lib/dpkg/ " +
  "/var/lib/apt/ /var/lib/apk/ /var/lib/rpm/ /var/lib/pacman/ /var/lib/dnf/ /var/lib/yum/ /var/lib/db/sbom/ " +
  "/etc/ssl/certs/ /etc/ca-certificates/ /etc/alternatives/ /etc/pki/ca-trust/ /etc/pki/tls/certs/ /etc/pki/rpm-gpg/ " +
  "/etc/apk/keys/ /etc/apt/trusted.gpg.d/ /usr/local/include/ /usr/local/share/man/ /usr/local/share/doc/ " +
  "/usr/local/share/perl/ /usr/local/share/ca-certificates/ /usr/local/go/ /usr/local/rustup/ /opt/java/ /opt/conda/ " +
  "/nix/store/"
).split(" ");
const SERVED = (
  "/usr/share/nginx/ /usr/share/caddy/ /usr/share/httpd/ /usr/share/apache2/ /usr/share/www/ /usr/share/app/ " +
  "/usr/share/webapps/ /usr/share/tomcat/ /usr/share/jetty/"
).split(" ");

/** Folders of dependencies and their caches, wherever the application lies. */
const DEPENDENCIES = new Set(
  (
    "node_modules bower_components jspm_packages site-packages dist-packages gems vendor elm-stuff .pnpm .pnpm-store " +
    "_cacache .rustup"
  ).split(" "),
);
/**
 * The same, where it takes two folders to tell: what tools keep beside their users' settings. Of .cache
 * only what tools that install keep there.
 */
const LIBRARIES =
  /\/(?:pkg\/mod|cargo\/(?:registry|git)|\.m2\/(?:repository|wrapper)|\.gradle\/(?:caches|wrapper|daemon|jdks|native)|\.ivy2\/(?:cache|local)|\.?nuget\/(?:packages|plugins-cache|v3-cache)|\.yarn\/(?:cache|berry|unplugged|releases|plugins|sdks)|\.hex\/(?:packages|cache)|\.mix\/(?:archives|elixir)|\.conda\/(?:pkgs|envs)|\.bundle\/(?:cache|plugin|ruby)|pnpm\/store|share\/(?:doc|man)|(?:lib|share)\/(?:python|ruby|perl|php|erlang|elixir|jvm)[\d.]*|\.cache\/(?:pip|uv|pypoetry|yarn|pnpm|node|go-build|golangci-lint|composer|ms-playwright|Cypress|electron|puppeteer|mesa_shader_cache|fontconfig|huggingface|torch))\//;
/** Of the first, those whose files no list names with a hash. */
const UNLISTED = ["/proc/", "/sys/", "/dev/", "/nix/store/"];

/**
 * Names under which credentials lie: all that is known is looked for in them, in system trees and
 * dependencies, too. Keys by their ending alone are not in /usr/share, where packages keep examples.
 */
const UNMISTAKABLE =
  /^(?:id_(?:rsa|dsa|ecdsa|ed25519)|\.(?:npmrc|netrc|pgpass|git-credentials|dockercfg)|\.my\.cnf|_netrc|kubeconfig|\.env(?:\.[\w.-]+)?)$/;
const UNMISTAKABLE_IN_FOLDER = /\/(?:\.aws\/credentials|\.docker\/config\.json|\.kube\/config)$/;
const UNMISTAKABLE_ENDING = /\.(?:key|p12|pfx|ppk|kubeconfig)$/;

/** How closely a file is looked at. */
export interface SearchScope {
  /**
   * `all`: for every secret. `keys`: for private keys, and tokens that their issuer's checksum proves, in
   * little text. `settings`: a text for every secret, a program for keys.
   */
  readonly level: "all" | "settings" | "keys";
  /**
   * `own`: what an application adds. `packaged`: where packages of a language lie, `shared`: where those of
   * a distribution do; what in them configures something is an application's unless a package brought it.
   * `installed`: the rest there.
   */
  readonly tree: "own" | "installed" | "packaged" | "shared";
}

const OWN: SearchScope = { level: "all", tree: "own" };
const INSTALLED: SearchScope = { level: "keys", tree: "installed" };
const NAMED: SearchScope = { level: "all", tree: "installed" };
const CONFIGURES = {
  packaged: { level: "settings", tree: "packaged" },
  shared: { level: "settings", tree: "shared" },
} as const;

/** How closely a file of a layer is looked at, judged by its path (absolute) alone; nothing is left out. */
export function searchScope(path: string): SearchScope {
  const slash = path.lastIndexOf("/") + 1;
  const tree = treeOf(path.slice(0, slash));
  if (tree === "own") return DEPENDENCIES.has(path.slice(slash)) ? INSTALLED : OWN;
  if (isUnmistakable(path, path.slice(slash))) return NAMED;
  if (tree === "installed") return INSTALLED;
  const configures = mayConfigure(path.slice(slash)) || settingsForm(path) !== undefined;
  return configures ? CONFIGURES[tree] : INSTALLED;
}

/** Whether a path lies where an application adds its own, by its folder alone: most of an image's do not. */
export function isInOwnTree(path: string): boolean {
  return treeOf(path.slice(0, path.lastIndexOf("/") + 1)) === "own";
}

function isUnmistakable(path: string, name: string): boolean {
  if (UNMISTAKABLE.test(name)) return true;
  if (
    (name === "credentials" || name === "config" || name === "config.json") &&
    UNMISTAKABLE_IN_FOLDER.test(path)
  )
    return true;
  return UNMISTAKABLE_ENDING.test(name) && !path.startsWith("/usr/share/");
}

/** Endings of what configures an application: code and its comments are full of made-up addresses. */
const CONFIGURING = new Set(
  "json json5 yaml yml toml ini conf cfg config properties env txt xml sh pem key crt".split(" "),
);

/** Whether a file may configure something, by its name: most others are code. */
export function mayConfigure(name: string): boolean {
  const dot = name.lastIndexOf(".");
  return dot <= 0 || CONFIGURING.has(name.slice(dot + 1).toLowerCase());
}

type Tree = SearchScope["tree"];

/** A tar lists the files of a folder one after the other: most ask what the one before asked. */
let latest: { readonly folder: string; readonly tree: Tree } = { folder: "/", tree: "own" };

/** @param folder with its closing slash */
function treeOf(folder: string): Tree {
  if (latest.folder !== folder) latest = { folder, tree: classify(folder) };
  return latest.tree;
}

function classify(folder: string): Tree {
  if (LIBRARIES.test(folder) || folder.split("/").some((name) => DEPENDENCIES.has(name))) return "packaged";
  const isSystem = SYSTEM.some((tree) => folder.startsWith(tree));
  if (!isSystem || SERVED.some((tree) => folder.startsWith(tree))) return "own";
  return UNLISTED.some((tree) => folder.startsWith(tree)) ? "installed" : "shared";
}

/** Files in which frameworks look for an application's settings, wherever on the class path; libraries have none. */
const OF_APPLICATION =
  /\/(?:(?:application|bootstrap)(?:-[\w-]{1,60})?\.(?:properties|ya?ml)|microprofile-config(?:-[\w-]{1,60})?\.properties|persistence\.xml|[\w.-]{0,60}(?:datasource|-ds)\.(?:xml|properties|ya?ml)|hibernate\.(?:properties|cfg\.xml)|(?:[\w-]{0,60}\.)?env(?:\.[\w-]{1,60})?)$/;

/** Whether a file holds an application's settings even in a library of its archive: a module of its own is one, too. */
export function isApplicationSettings(path: string): boolean {
  return OF_APPLICATION.test(path);
}
