// Row 7: tokens that carry their issuer's mark, keys and passwords that code passes by position, forms of programs.

import { HEX, noise } from "../../fixtures/secrets.ts";
import type { Cases } from "../case.ts";
import { type BakedFiles, bakedFiles } from "../given/baked.ts";

const KEY = "k3Jx9vQ2mL8pZ4wT7nB1cR6yH5sD0fGa";
const PASSWORD = "Tr7.mineral-58";
const WHY = "1.4: secrets are injected at start, whatever name or position gives them to the program.";
const SILENT = "Injected, public, a published default, a name, or an example.";

const SECRETS: BakedFiles = {
  "app/src/a.js": `client("dop_v1_${noise(64, HEX)}");\n`,
  "app/src/b.js": `post("https://api.telegram.org/bot1234567890:AA${noise(33)}/send");\n`,
  "app/src/c.py": `client = connect("${noise(14)}.atlasv1.${noise(65)}")\n`,
  "app/notes.txt": `shpat_${noise(32, HEX)}\n`,
  "app/model.py": `login("hf_${noise(34)}")\n`,
  "root/.gem/credentials": `---\n:rubygems_api_key: rubygems_${noise(48, HEX)}\n`,
  "app/src/hook.php": `<?php return hash_hmac('sha256', $x, '${KEY}');\n`,
  "app/src/db.php": `<?php $db = new PDO('mysql:host=db;dbname=p', 'app', '${PASSWORD}');\n`,
  "app/src/sign.go": `package x\n\nvar m = hmac.New(sha256.New, []byte("${KEY}"))\n`,
  "app/src/api.py": `r = requests.get(url, auth=('svc', '${PASSWORD}'))\n`,
  "app/src/pg.py": `c = psycopg2.connect("host=db user=app password=${PASSWORD} dbname=p")\n`,
  "app/src/lib.rs": `const API_KEY: &str = "${KEY}";\n`,
  "app/src/call.js": `fetch(url, { headers: { 'X-Api-Key': '${KEY}' } });\n`,
  "app/dist/server.js.map": JSON.stringify({
    version: 3,
    sources: ["../src/db.ts"],
    sourcesContent: [`export const db = {\n  dbPassword: "${KEY}",\n};\n`],
    mappings: "AAAA",
  }),
  "var/www/app/etc/env.php": `<?php return ['crypt' => ['key' => '${noise(32, HEX)}']];\n`,
  "etc/consul/consul.hcl": `encrypt = "${Buffer.from(noise(32)).toString("base64")}"\n`,
  "app/variables.tf": `variable "db_password" {\n  type    = string\n  default = "${PASSWORD}"\n}\n`,
  "app/portail/settings_prod.py": `DATABASES = {\n    "default": {\n        "HOST": "pg.prod.corp.fr",\n    },\n}\n`,
  "app/log4j2-prod.xml": `<Configuration><Appenders><Socket host="logs-prod.corp.fr"/></Appenders></Configuration>\n`,
};

const NONE: BakedFiles = {
  "app/src/a.js": "client(process.env.DIGITALOCEAN_TOKEN);\n",
  "app/src/names.py":
    "from huggingface_hub import hf_hub_download\nhf_hub_url_with_a_long_name_of_words = 1\n",
  "app/src/filler.js": `client("dop_v1_${"0".repeat(64)}");\n`,
  "app/src/map.js": `mapboxgl.accessToken = "pk.eyJ1${noise(40)}.${noise(22)}";\n`,
  "app/src/hook.php": "<?php return hash_hmac('sha256', $x, getenv('HOOK_KEY'));\n",
  "app/src/db.php": "<?php $db = new PDO('mysql:host=localhost', 'root', '');\n",
  "app/tests/test_api.py": `r = requests.get(url, auth=('svc', '${PASSWORD}'))\n`,
  "app/dist/server.js.map": JSON.stringify({
    version: 3,
    sources: ["../src/db.ts"],
    sourcesContent: ["export const db = {\n  dbPassword: process.env.DB_PASSWORD,\n};\n"],
    mappings: "AAAA",
  }),
  "usr/share/grafana/conf/defaults.ini":
    "[security]\nadmin_password = admin\nsecret_key = SW2YcwTIb9zpOOhoPsMm\n",
  "app/portail/settings_prod.py": `import os\nDEBUG = False\nDATABASES = {\n    "default": {\n        "HOST": os.environ["DB_HOST"],\n    },\n}\n`,
  "app/log4j2-prod.xml": `<Configuration><Appenders><Console target="SYSTEM_OUT"/></Appenders></Configuration>\n`,
};

export const cases: Cases = [...bakedFiles(SECRETS, "no", WHY), ...bakedFiles(NONE, "yes", SILENT)];
