import { settingsForm } from "./settings-form.ts";

/**
 * Folders of a distribution or a language: nine tenths of an image's files, with hundreds of test keys
 * (OpenSSL, Python, Go). An application's own files are elsewhere: /app, /srv, /opt, /home, /root, /etc,
 * /usr/src, /usr/local/bin, /var/www, /tmp, /run, or in the web roots of SERVED.
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

/** Names of folders of dependencies and their caches, at any depth. */
const DEPENDENCIES = new Set(
  (
    "node_modules bower_components jspm_packages site-packages dist-packages gems vendor elm-stuff .pnpm .pnpm-store " +
    "_cacache .rustup"
  ).split(" "),
);
/**
 * Folders of dependencies identified only by two names: caches that tools keep beside user settings. In
 * .cache, only caches of package managers.
 */
const LIBRARIES =
  /\/(?:pkg\/mod|cargo\/(?:registry|git)|\.m2\/(?:repository|wrapper)|\.gradle\/(?:caches|wrapper|daemon|jdks|native)|\.ivy2\/(?:cache|local)|\.?nuget\/(?:packages|plugins-cache|v3-cache)|\.yarn\/(?:cache|berry|unplugged|releases|plugins|sdks)|\.hex\/(?:packages|cache)|\.mix\/(?:archives|elixir)|\.conda\/(?:pkgs|envs)|\.bundle\/(?:cache|plugin|ruby)|pnpm\/store|share\/(?:doc|man)|(?:lib|share)\/(?:python|ruby|perl|php|erlang|elixir|jvm)[\d.]*|\.cache\/(?:pip|uv|pypoetry|yarn|pnpm|node|go-build|golangci-lint|composer|ms-playwright|Cypress|electron|puppeteer|mesa_shader_cache|fontconfig|huggingface|torch))\//;
/** System folders whose files no package database lists with a hash. */
const UNLISTED = ["/proc/", "/sys/", "/dev/", "/nix/store/"];

/**
 * Names of credentials files: searched for all kinds, even in system folders and dependencies. Keys
 * recognised by extension alone are excluded in /usr/share, where packages have examples.
 */
const UNMISTAKABLE =
  /^(?:id_(?:rsa|dsa|ecdsa|ed25519)|\.(?:npmrc|netrc|pgpass|git-credentials|dockercfg)|\.my\.cnf|_netrc|kubeconfig|\.env(?:\.[\w.-]+)?)$/;
const UNMISTAKABLE_IN_FOLDER = /\/(?:\.aws\/credentials|\.docker\/config\.json|\.kube\/config)$/;
const UNMISTAKABLE_ENDING = /\.(?:key|p12|pfx|ppk|kubeconfig)$/;

/** Depth of the search in a file. */
export interface SearchScope {
  /**
   * `all`: search for every secret. `keys`: search for private keys, and for tokens proved by their issuer's
   * checksum, in short texts. `settings`: search texts for every secret, programs for keys.
   */
  readonly level: "all" | "settings" | "keys";
  /**
   * `own`: added by the application. `packaged`: in a folder of a language's packages; `shared`: in a folder
   * of the distribution's packages; configuration in these two is the application's unless a package lists
   * it. `installed`: other files in such folders.
   */
  readonly tree: "own" | "installed" | "packaged" | "shared";
}

const OWN: SearchScope = { level: "all", tree: "own" };
const INSTALLED: SearchScope = { level: "keys", tree: "installed" };
const NAMED: SearchScope = { level: "all", tree: "installed" };
/** Search in code of a package that is the application's own. */
export const OWN_PACKAGE: SearchScope = { level: "settings", tree: "packaged" };
const CONFIGURES = {
  packaged: OWN_PACKAGE,
  shared: { level: "settings", tree: "shared" },
} as const;

/**
 * Scope of the search in a file of a layer, determined only by its absolute path; every file is searched to
 * some depth.
 */
export function searchScope(path: string): SearchScope {
  const slash = path.lastIndexOf("/") + 1;
  const tree = treeOf(path.slice(0, slash));
  if (tree === "own") return DEPENDENCIES.has(path.slice(slash)) ? INSTALLED : OWN;
  if (isUnmistakable(path, path.slice(slash))) return NAMED;
  if (tree === "installed") return INSTALLED;
  const configures = mayConfigure(path.slice(slash)) || settingsForm(path) !== undefined;
  return configures || isCodeAmongPackages(path) ? CONFIGURES[tree] : INSTALLED;
}

/**
 * Modules in Python's folder of packages, where `pip install .` puts the application itself; packages installed
 * with `npm install --global`, without their dependencies; and code in a folder of the distribution. A package's
 * list separates published code from the application's.
 */
const CODE_AMONG_PACKAGES =
  /\/(?:site|dist)-packages\/.{1,500}\.py$|^\/usr\/(?:local\/)?lib\/node_modules\/(?!.*\/node_modules\/|npm\/|corepack\/).{1,500}\.[cm]?js$|^\/usr\/(?:lib|share)\/(?!(?:python|ruby|rubygems|perl|php|erlang|elixir|node|go|jvm|gcc|doc|javascript|vim|emacs|x86_64-|aarch64-)[^/]{0,100}\/)[^/]{1,100}\/.{1,500}\.(?:py|[cm]?js|php|rb)$/;

function isCodeAmongPackages(path: string): boolean {
  return CODE_AMONG_PACKAGES.test(path);
}

/** Languages of packages of npm, Composer and RubyGems. */
const CODE_OF_PACKAGE = /(?:\.(?:[cm]?jsx?|php|rb|py|go)|(?<!\.d)\.[cm]?tsx?)$/;
const FOLDER_OF_PACKAGES = /\/(?:node_modules|vendor|gems|bower_components)\//;
/** Packages that come with Node. */
const OF_NODE = /^\/usr\/(?:local\/)?lib\/node_modules\/(?:npm|corepack)\//;

/** Whether a file is code among packages that is searched only if its package is the application's own. */
export function isCodeOfPackage(path: string, scope: SearchScope): boolean {
  if (scope !== INSTALLED || !CODE_OF_PACKAGE.test(path)) return false;
  return FOLDER_OF_PACKAGES.test(path) && !OF_NODE.test(path);
}

/** Whether a path is in an application's own tree, by its folder; most files of an image are not. */
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

/** Extensions of configuration files; code and its comments are full of made-up addresses. */
const CONFIGURING = new Set(
  "json json5 yaml yml toml ini conf cfg config properties env txt xml sh pem key crt".split(" "),
);

/** Whether a file may be configuration, by its name; most other files are code. */
export function mayConfigure(name: string): boolean {
  const dot = name.lastIndexOf(".");
  return dot <= 0 || CONFIGURING.has(name.slice(dot + 1).toLowerCase());
}

type Tree = SearchScope["tree"];

/** Latest folder and its tree, remembered because a tar lists a folder's files one after another. */
let latest: { readonly folder: string; readonly tree: Tree } = { folder: "/", tree: "own" };

/**
 * Tree of a folder.
 *
 * @param folder folder, with a slash at its end
 */
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

/**
 * Whether a file contains an application's settings even inside a library of the archive, since a library may
 * be a module of the application.
 */
export function isApplicationSettings(path: string): boolean {
  return OF_APPLICATION.test(path);
}
