import { createServer } from "node:http";

const { HOST, PORT, SITE_URL } = process.env;

const server = createServer((request, response) => {
  console.log(JSON.stringify({ at: new Date().toISOString(), method: request.method, url: request.url }));
  response.end(`Portal of ${SITE_URL}\n`);
});

server.listen(Number(PORT), HOST);
process.once("SIGTERM", () => server.close());
