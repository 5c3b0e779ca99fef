import { createServer } from "node:http";

const { HOST, PORT, SITE_URL } = process.env;

const server = createServer((request, response) => {
  console.log(JSON.stringify({ at: new Date().toISOString(), method: request.method, url: request.url }));
  if (request.url === "/healthz") response.end("ok\n");
  else if (request.url === "/") response.end(`Portal of ${SITE_URL}\n`);
  else response.writeHead(404).end();
});

server.listen(Number(PORT), HOST);
process.once("SIGTERM", () => {
  server.close();
  server.closeIdleConnections();
});
