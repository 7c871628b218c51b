// A client made with the official SDK: does what an agent would, and prints what it got as one JSON object.
// node client.mjs COMMAND ARGS…   (the server), in the folder of the project
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";

const [command, ...args] = process.argv.slice(2);
const transport = new StdioClientTransport({ command, args, env: { ...process.env }, stderr: "inherit" });
const client = new Client({ name: "test", version: "1" });
await client.connect(transport);
const call = async (name, given = {}, options) => {
  try {
    const result = await client.callTool({ name, arguments: given }, undefined, options);
    return { text: result.content[0].text, isError: result.isError, structured: result.structuredContent ?? null };
  } catch (e) {
    return { code: e.code ?? 0, message: String(e.message) };
  }
};
const got = {};
got.server = client.getServerVersion().name;
got.tools = (await client.listTools()).tools.map((tool) => tool.name);
got.ping = await client.ping();
got.add = await call("add", { text: "from an agent #sh" });
got.list = await call("list");
got.bad = await call("show", {});
got.unknown = await call("add", { text: "x", urgent: "yes" });
got.missing = await call("show", { id: "ffff" });
got.verify = await call("flow_verify");
got.run = await call("flow_run", { name: "hello", args: { who: "you" } });
const cancelled = new AbortController();
const slow = call("flow_run", { name: "slow" }, { signal: cancelled.signal });
setTimeout(() => cancelled.abort("enough"), 3000);
got.meanwhile = await call("status");
got.slow = await slow;
got.after = await client.ping();
await client.close();
console.log(JSON.stringify(got));
process.exit(0);
