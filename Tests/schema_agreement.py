"""Validates scenario files against the JSON Schema. Prints one line for each file:

    valid PATH
    refused PATH: where: what

To scen every scalar is text, so YAML is read without types. With --typed it is read as editors do (YAML 1.2's core
schema), which must come to the same for files that are valid.
"""

import json
import re
import sys
import warnings

warnings.simplefilter("ignore")

import jsonschema
import yaml


class CoreLoader(yaml.SafeLoader):
    """YAML 1.2: `on`, `yes` and dates are text."""


CoreLoader.yaml_implicit_resolvers = {}
for tag, pattern, first in [
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789"),
]:
    CoreLoader.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile(pattern), list(first))


def main():
    arguments = sys.argv[1:]
    loader = yaml.BaseLoader
    if arguments[0] == "--typed":
        loader = CoreLoader
        arguments = arguments[1:]
    with open(arguments[0], encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    for path in arguments[1:]:
        try:
            with open(path, encoding="utf-8") as file:
                document = yaml.load(file, Loader=loader)
        except yaml.YAMLError as error:
            print(f"refused {path}: {error}".replace("\n", " "))
            continue
        error = jsonschema.exceptions.best_match(validator.iter_errors(document))
        if error is None:
            print("valid", path)
        else:
            print(f"refused {path}: {error.json_path}: {error.message}".replace("\n", " "))


if __name__ == "__main__":
    main()
