// Reads lines for build agents with the agents' own libraries: `read.mjs FORMAT FILE VALIDATORS [PLACES]`.
//
// Prints the findings it read as JSON, `[[rule, path, line, column, severity], …]`, sorted; throws when it cannot.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [format, file, validators, places] = process.argv.slice(2);
const require = createRequire(pathToFileURL(validators + "/package.json"));
const lines = readFileSync(file, "utf8").split("\n").filter((line) => line !== "");

const readers = {
    // Azure's own library takes a command apart.
    azure() {
        const { commandFromString } = require("azure-pipelines-task-lib/taskcommand");
        return lines.map((line) => {
            assert.ok(line.startsWith("##vso[task.logissue "), line);
            assert.equal(line.indexOf("##vso[", 1), -1, "a second command in a line");
            const { command, properties, message } = commandFromString(line);
            assert.equal(command, "task.logissue");
            const info = properties.type === "warning" && message.startsWith("info: ");
            const { code, sourcepath, linenumber, columnnumber } = properties;
            return [code, sourcepath, Number(linenumber), Number(columnnumber), info ? "info" : properties.type];
        });
    },

    // GitHub's own library writes the command again from its parts: both must be the same.
    async github() {
        const command = await import(pathToFileURL(validators + "/node_modules/@actions/core/lib/command.js").href);
        const write = process.stdout.write;
        return lines.map((line) => {
            const [, name, fields, data] = /^::(\w+) ([^:]*)::(.*)$/.exec(line);
            const plain = (text) =>
                text.replace(/%0D/g, "\r").replace(/%0A/g, "\n").replace(/%3A/g, ":").replace(/%2C/g, ",").replace(/%25/g, "%");
            const properties = Object.fromEntries(
                fields.split(",").map((field) => {
                    const at = field.indexOf("=");
                    return [field.slice(0, at), plain(field.slice(at + 1))];
                }),
            );
            let again = "";
            process.stdout.write = (text) => ((again += text), true);
            command.issueCommand(name, properties, plain(data));
            process.stdout.write = write;
            assert.equal(again, line + "\n");
            const { title, file, line: row, endLine, col, endColumn } = properties;
            assert.equal(col === undefined, title !== "failure" ? row !== endLine : true, "columns across lines");
            assert.equal(col === undefined, endColumn === undefined);
            return [title, file, Number(row), col === undefined ? null : Number(col), name === "notice" ? "info" : name];
        });
    },

    // reviewdog's own ESLint formatter turns UTF-16 columns into its UTF-8 columns: ours must be the same.
    rdjson() {
        const formatter = require("eslint-formatter-rdjson");
        const results = JSON.parse(readFileSync(places, "utf8"));
        const theirs = JSON.parse(formatter(results, { rulesMeta: {}, cwd: "" })).diagnostics;
        const ours = JSON.parse(readFileSync(file, "utf8")).diagnostics;
        let compared = 0;
        for (const their of theirs) {
            const same = ours.filter((our) => our.location.path === their.location.path && our.message.startsWith(their.message));
            assert.ok(same.some((our) => JSON.stringify(our.location.range) === JSON.stringify(their.location.range)), JSON.stringify(their));
            compared += 1;
        }
        assert.equal(compared, results.flatMap((result) => result.messages).length);
        return [];
    },
};

const found = (await readers[format]()).filter(([rule]) => rule !== "failure");
console.log(JSON.stringify(found.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))));
