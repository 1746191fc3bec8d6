// Validates cases with a library of JavaScript: validate.cjs <library> <folder of schemas> <file of cases>.
//
// A case is a line of JSON with the file of a schema, the expected verdict and a value. Prints each case with another verdict as a line of
// JSON, and the number of cases at the end.

const fs = require("node:fs");
const path = require("node:path");

const compilers = {
    ajv() {
        const Ajv = require("ajv/dist/2020");
        // The strict mode rejects the keywords that begin with `x-`. Formats are annotations.
        const ajv = new Ajv({ strict: false, validateFormats: false });
        return (schema) => ajv.compile(schema);
    },
    // The validator of VS Code.
    "vscode-json-languageservice"() {
        const { getLanguageService, DiagnosticSeverity, TextDocument } = require("vscode-json-languageservice");
        const service = getLanguageService({});
        return (schema) => async (value) => {
            const text = TextDocument.create("file:///event.json", "json", 0, JSON.stringify(value));
            const document = service.parseJSONDocument(text);
            const found = await service.doValidation(text, document, { schemaValidation: "error" }, schema);
            return found.every((diagnostic) => diagnostic.severity !== DiagnosticSeverity.Error);
        };
    },
};

async function main(library, folder, cases) {
    const compile = compilers[library]();
    const validators = new Map();
    let count = 0;
    for (const line of fs.readFileSync(cases, "utf8").trimEnd().split("\n")) {
        const { schema, valid, value } = JSON.parse(line);
        if (!validators.has(schema)) {
            validators.set(schema, compile(JSON.parse(fs.readFileSync(path.join(folder, schema), "utf8"))));
        }
        if ((await validators.get(schema)(value)) !== valid) {
            console.log(line);
        }
        count += 1;
    }
    console.log(count);
}

main(...process.argv.slice(2));
