"""Validates cases with a library of Python: validate.py <library> <folder of schemas> <file of cases>.

A case is a line of JSON with the file of a schema, the expected verdict and a value. Prints each case with another verdict as a line of
JSON, and the number of cases at the end.
"""

import json
import sys
from pathlib import Path


def with_jsonschema(schema):
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema).is_valid


def with_fastjsonschema(schema):
    import fastjsonschema

    # Defaults and formats are annotations.
    validate = fastjsonschema.compile(schema, use_default=False, use_formats=False)

    def is_valid(value):
        try:
            validate(value)
            return True
        except fastjsonschema.JsonSchemaValueException:
            return False

    return is_valid


def main(library, folder, cases):
    compile_schema = {"jsonschema": with_jsonschema, "fastjsonschema": with_fastjsonschema}[library]
    validators = {}
    count = 0
    with open(cases, encoding="utf-8") as lines:
        for line in lines:
            case = json.loads(line)
            name = case["schema"]
            if name not in validators:
                validators[name] = compile_schema(json.loads((Path(folder) / name).read_text(encoding="utf-8")))
            if validators[name](case["value"]) != case["valid"]:
                print(line, end="")
            count += 1
    print(count)


main(*sys.argv[1:])
