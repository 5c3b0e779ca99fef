import { LIMITS } from "../contract/limits.ts";

/**
 * Trees that come with a distribution or a language. They make nine tenths of an image's files,
 * hold test keys by the hundred (OpenSSL, Python, Go), and no team writes there. What an application
 * adds lies elsewhere: /app, /srv, /opt, /home, /root, /etc, /usr/src, /usr/local/bin, /var/www, /tmp,
 * /run, or in the web roots of SERVED.
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
    "node_modules bower_components jspm_packages site-packages dist-packages gems vendor elm-stuff .yarn .pnpm " +
    ".pnpm-store _cacache .gradle .nuget .ivy2 .cargo .rustup .bundle .cache .conda .hex .mix __pycache__"
  ).split(" "),
);
/** The same, where it takes two folders to tell. */
const LIBRARIES =
  /\/(?:pkg\/mod|cargo\/registry|\.m2\/repository|nuget\/packages|share\/(?:doc|man)|(?:lib|share)\/(?:python|ruby|perl|php|erlang|elixir|jvm)[\d.]*)\//;

/**
 * Names under which credentials lie: looked at in system trees, too. Keys by their ending alone are
 * not in /usr/share, where packages keep examples (CMake's Windows_TemporaryKey.pfx).
 */
const UNMISTAKABLE =
  /\/(?:id_(?:rsa|dsa|ecdsa|ed25519)|\.(?:npmrc|netrc|pgpass|git-credentials|dockercfg)|\.my\.cnf|_netrc|kubeconfig|\.env(?:\.[\w.-]+)?|\.aws\/credentials|\.docker\/config\.json|\.kube\/config)$|^(?!\/usr\/share\/).*\.(?:key|p12|pfx|ppk|kubeconfig)$/;

/** Endings of what is compressed, compiled, or no text at all. */
const OPAQUE = new Set(
  (
    "png jpg jpeg gif webp avif ico bmp tif tiff woff woff2 ttf otf eot mp3 mp4 m4a m4v oga ogg ogv webm mov avi wav flac " +
    "pdf gz tgz bz2 xz zst lz4 br zip jar war ear 7z rar deb rpm apk whl egg so a o ko dll exe dylib node wasm class pyc " +
    "pyo gresource mo onnx pt pth safetensors gguf parquet npy npz h5 pack idx jsa"
  ).split(" "),
);

/** How closely a file of a layer deserves to be read, judged by its path (absolute) and size (bytes) alone. */
export function secretScope(path: string, size: number): "none" | "all" {
  if (size === 0 || size > LIMITS.secretFileBytes) return "none";
  const slash = path.lastIndexOf("/") + 1;
  const tree = treeOf(path.slice(0, slash));
  if (tree === "dependencies" || (tree === "system" && !UNMISTAKABLE.test(path))) return "none";
  if (DEPENDENCIES.has(path.slice(slash))) return "none";
  return OPAQUE.has(path.slice(path.lastIndexOf(".") + 1).toLowerCase()) ? "none" : "all";
}

type Tree = "dependencies" | "system" | "own";

/** A tar lists the files of a folder one after the other: most ask what the one before asked. */
let latest: { readonly folder: string; readonly tree: Tree } = { folder: "/", tree: "own" };

/** @param folder with its closing slash */
function treeOf(folder: string): Tree {
  if (latest.folder !== folder) latest = { folder, tree: classify(folder) };
  return latest.tree;
}

function classify(folder: string): Tree {
  if (LIBRARIES.test(folder) || folder.split("/").some((name) => DEPENDENCIES.has(name)))
    return "dependencies";
  const isSystem = SYSTEM.some((tree) => folder.startsWith(tree));
  return isSystem && !SERVED.some((tree) => folder.startsWith(tree)) ? "system" : "own";
}
