// DuckDB's side of the counting benchmark (count.py).
//
//     node duck.mjs DATABASE
//
// A line of JSON is a command, and is answered by one:
//     {"run": SQL}         runs it                       {"seconds": S, ...}
//     {"time": [SQL...]}   all, with their rows fetched  {"seconds": S,
//                          and how long a processor worked   "work": S}
//     {"rows": [SQL...]}   their rows, as texts          {"rows": [...]}
//     {"prepare": [SQL...]}  for the next
//     {"prepared": true}   all of them, as "time" does
//     {"memory": true}     the most that was in memory   {"kib": N}
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(process.env.NODE_MODULES + "/node_modules/");
const { DuckDBInstance } = require("@duckdb/node-api");
const instance = await DuckDBInstance.create(process.argv[2]);
const duck = await instance.connect();

const seconds = async (work) => {
    const begin = process.hrtime.bigint(), worked = process.cpuUsage();
    await work();
    const took = Number(process.hrtime.bigint() - begin) / 1e9;
    const { user, system } = process.cpuUsage(worked);
    return { seconds: took, work: (user + system) / 1e6 };
};

const text = (value) => value === null ? null : String(value);

let prepared = [];

const commands = {
    run: (sql) => seconds(() => duck.run(sql)),
    time: (list) => seconds(async () => {
        for (const sql of list)
            await duck.runAndReadAll(sql);
    }),
    prepare: async (list) => {
        prepared = [];
        for (const sql of list)
            prepared.push(await duck.prepare(sql));
        return {};
    },
    prepared: () => seconds(async () => {
        for (const statement of prepared)
            await statement.runAndReadAll();
    }),
    rows: async (list) => {
        const rows = [];
        for (const sql of list) {
            const read = await duck.runAndReadAll(sql);
            rows.push(read.getRows().map((row) => row.map(text)));
        }
        return { rows };
    },
    memory: () => ({ kib: process.resourceUsage().maxRSS })
};

for await (const line of createInterface({ input: process.stdin })) {
    const [[name, what]] = Object.entries(JSON.parse(line));
    console.log(JSON.stringify(await commands[name](what)));
}
