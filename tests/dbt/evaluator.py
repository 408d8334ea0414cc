"""The checks of dbt-project-evaluator over a manifest, under the names of its models.

The package comes from dbt's hub, which not every machine can reach, and needs a database; these say
the same of the graph alone. Thresholds, prefixes and tests of keys are the project's own variables.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

DEFAULTS = {
    "models_fanout_threshold": 3,
    "too_many_joins_threshold": 7,
    "chained_views_threshold": 5,
    "exclude_paths_from_project": [],
    "primary_key_test_macros": [["dbt.test_unique", "dbt.test_not_null"]],
    "staging_prefixes": ["stg_"],
    "intermediate_prefixes": ["int_"],
    "marts_prefixes": ["fct_", "dim_"],
}
LAYERS = ("staging", "intermediate", "marts")
NOT_STORED = ("view", "ephemeral")
TABLE = r"""[\[`"']?\w+[\]`"']?"""
HARD_CODED = [
    re.compile(rf"(?<!distinct\s)(?:from|join)\s+{pattern}", re.IGNORECASE)
    for pattern in (
        r"\{\{\s*var\s*\(",
        rf"{TABLE}\.{TABLE}(?=\s|$)",
        rf"{TABLE}\.{TABLE}\.{TABLE}(?=\s|$)",
        r"""[\[`"']\w+[\]`"'](?=\s|$)""",
    )
]


@dataclass(frozen=True)
class Graph:
    """What a manifest says of models, sources, exposures and the tests on them."""

    manifest: Mapping
    variables: Mapping

    def variable(self, name: str) -> object:
        return self.variables.get(name, DEFAULTS[name])

    @cached_property
    def resources(self) -> dict[str, Mapping]:
        of_dbt = {
            **self.manifest["nodes"],
            **self.manifest["sources"],
            **self.manifest["exposures"],
        }
        kinds = ("model", "seed", "source", "snapshot", "exposure")
        return {id: node for id, node in of_dbt.items() if node["resource_type"] in kinds}

    def of_kind(self, *kinds: str) -> dict[str, Mapping]:
        return {id: node for id, node in self.resources.items() if node["resource_type"] in kinds}

    @cached_property
    def models(self) -> dict[str, Mapping]:
        return self.of_kind("model")

    @cached_property
    def sources(self) -> dict[str, Mapping]:
        return self.of_kind("source")

    @cached_property
    def tests(self) -> list[Mapping]:
        return [n for n in self.manifest["nodes"].values() if n["resource_type"] == "test"]

    @cached_property
    def parents(self) -> dict[str, list[str]]:
        return {
            id: sorted(set(node.get("depends_on", {}).get("nodes", [])))
            for id, node in self.resources.items()
        }

    @cached_property
    def children(self) -> dict[str, list[str]]:
        return {
            id: sorted(child for child, parents in self.parents.items() if id in parents)
            for id in self.resources
        }

    def edges(self, parents: Mapping, children: Mapping) -> Iterator[tuple[str, str]]:
        for child in children:
            yield from ((parent, child) for parent in self.parents[child] if parent in parents)

    def layer(self, id: str) -> str | None:
        """By the prefix, as far as the underscore; else by the folder."""
        node = self.resources[id]
        if node["resource_type"] not in ("model", "snapshot"):
            return None
        prefix = node["name"].split("_")[0] + "_"
        for layer in LAYERS:
            if prefix in self.variable(f"{layer}_prefixes"):
                return layer
        return self.layer_of_folder(id)

    def layer_of_folder(self, id: str) -> str | None:
        folders = PurePath(self.resources[id]["original_file_path"]).parts
        return next((folder for folder in reversed(folders) if folder in LAYERS), None)

    def is_excluded(self, id: str) -> bool:
        """Named as an exception. All checks pass over it in the package, here only the one it is for."""
        path = self.resources[id]["original_file_path"]
        return any(re.search(out, path) for out in self.variable("exclude_paths_from_project"))

    def name(self, id: str) -> str:
        node = self.resources[id]
        source = f"{node['source_name']}." if node["resource_type"] == "source" else ""
        return source + node["name"]


# ------------------------------------------------------------------------------------------ the graph


def fct_direct_join_to_source(graph: Graph) -> Iterator[str]:
    for id in graph.models:
        kinds = {graph.resources[parent]["resource_type"] for parent in graph.parents[id]}
        if "source" in kinds and kinds - {"source"}:
            yield graph.name(id)


def fct_duplicate_sources(graph: Graph) -> Iterator[str]:
    tables = Counter((s["database"], s["schema"], s["identifier"]) for s in graph.sources.values())
    yield from (".".join(table) for table, times in tables.items() if times > 1)


def fct_hard_coded_references(graph: Graph) -> Iterator[str]:
    for id, model in graph.models.items():
        for pattern in HARD_CODED:
            yield from (
                f"{graph.name(id)}: {f.group()}" for f in pattern.finditer(model["raw_code"])
            )


def fct_marts_or_intermediate_dependent_on_source(graph: Graph) -> Iterator[str]:
    for source, model in graph.edges(graph.sources, graph.models):
        if graph.layer(model) in ("marts", "intermediate"):
            yield f"{graph.name(model)} on {graph.name(source)}"


def fct_model_fanout(graph: Graph) -> Iterator[str]:
    for id in graph.models:
        leaves = [
            child
            for child in graph.children[id]
            if child in graph.models and not graph.children[child]
        ]
        if len(leaves) >= graph.variable("models_fanout_threshold"):
            yield f"{graph.name(id)}: {', '.join(map(graph.name, leaves))}"


def fct_multiple_sources_joined(graph: Graph) -> Iterator[str]:
    for id in graph.models:
        if sum(parent in graph.sources for parent in graph.parents[id]) > 1:
            yield graph.name(id)


def fct_rejoining_of_upstream_concepts(graph: Graph) -> Iterator[str]:
    """A model whose only child also reads the parent that it reads itself."""
    exposures = graph.of_kind("exposure")
    for between in graph.of_kind("model", "seed", "snapshot"):
        children = [child for child in graph.children[between] if child not in exposures]
        if len(children) != 1 or graph.is_excluded(between):
            continue
        (child,) = children
        for parent in set(graph.parents[between]) & set(graph.parents[child]):
            yield f"{graph.name(parent)}, {graph.name(between)}, {graph.name(child)}"


def fct_root_models(graph: Graph) -> Iterator[str]:
    yield from (graph.name(id) for id in graph.models if not graph.parents[id])


def fct_source_fanout(graph: Graph) -> Iterator[str]:
    for id in graph.sources:
        if sum(child in graph.models for child in graph.children[id]) > 1:
            yield graph.name(id)


def fct_staging_dependent_on_marts_or_intermediate(graph: Graph) -> Iterator[str]:
    for parent, child in graph.edges(graph.models, graph.models):
        if graph.layer(child) == "staging" and graph.layer(parent) in ("marts", "intermediate"):
            yield f"{graph.name(child)} on {graph.name(parent)}"


def fct_staging_dependent_on_staging(graph: Graph) -> Iterator[str]:
    for parent, child in graph.edges(graph.models, graph.models):
        if graph.layer(child) == graph.layer(parent) == "staging":
            yield f"{graph.name(child)} on {graph.name(parent)}"


def fct_too_many_joins(graph: Graph) -> Iterator[str]:
    for id in graph.models:
        if len(graph.parents[id]) >= graph.variable("too_many_joins_threshold"):
            yield f"{graph.name(id)}: {', '.join(map(graph.name, graph.parents[id]))}"


def fct_unused_sources(graph: Graph) -> Iterator[str]:
    yield from (graph.name(id) for id in graph.sources if not graph.children[id])


# -------------------------------------------------------------------------------------------- testing


def fct_missing_primary_key_tests(graph: Graph) -> Iterator[str]:
    for id in graph.models:
        macros: dict[str | None, set[str]] = {}
        for test in graph.tests:
            if test.get("attached_node") == id:
                macros.setdefault(test["column_name"], set()).update(
                    macro.removeprefix("macro.") for macro in test["depends_on"]["macros"]
                )
        sets = graph.variable("primary_key_test_macros")
        if not any(set(wanted) <= column for wanted in sets for column in macros.values()):
            yield graph.name(id)


def fct_sources_without_freshness(graph: Graph) -> Iterator[str]:
    for id, source in graph.sources.items():
        freshness = source["freshness"] or {}
        if not any(
            (freshness.get(limit) or {}).get("count") for limit in ("warn_after", "error_after")
        ):
            yield graph.name(id)


def fct_test_coverage(graph: Graph) -> Iterator[str]:
    tested = {test.get("attached_node") for test in graph.tests}
    yield from (graph.name(id) for id in graph.models if id not in tested)


# -------------------------------------------------------------------------------------- documentation


def fct_documentation_coverage(graph: Graph) -> Iterator[str]:
    yield from fct_undocumented_models(graph)


def fct_undocumented_models(graph: Graph) -> Iterator[str]:
    yield from (graph.name(id) for id, model in graph.models.items() if not model["description"])


def fct_undocumented_source_tables(graph: Graph) -> Iterator[str]:
    yield from (graph.name(id) for id, source in graph.sources.items() if not source["description"])


def fct_undocumented_sources(graph: Graph) -> Iterator[str]:
    yield from (s["source_name"] for s in graph.sources.values() if not s["source_description"])


# ------------------------------------------------------------------------------------------ structure


def fct_model_directories(graph: Graph) -> Iterator[str]:
    for id in graph.models:
        if graph.layer(id) != graph.layer_of_folder(id):
            yield graph.name(id)
    for source, model in graph.edges(graph.sources, graph.models):
        folder = str(PurePath(graph.models[model]["original_file_path"]).parent)
        if graph.sources[source]["source_name"] not in folder:
            yield graph.name(model)


def fct_model_naming_conventions(graph: Graph) -> Iterator[str]:
    prefixes = [prefix for layer in LAYERS for prefix in graph.variable(f"{layer}_prefixes")]
    for id, model in graph.models.items():
        if model["name"].split("_")[0] + "_" not in prefixes:
            yield graph.name(id)


def fct_source_directories(graph: Graph) -> Iterator[str]:
    for id, source in graph.sources.items():
        if source["source_name"] not in str(PurePath(source["original_file_path"]).parent):
            yield graph.name(id)


def fct_test_directories(graph: Graph) -> Iterator[str]:
    for test in graph.tests:
        model = graph.models.get(test.get("attached_node") or "")
        if model and (
            PurePath(test["original_file_path"]).parent
            != PurePath(model["original_file_path"]).parent
        ):
            yield test["name"]


# ---------------------------------------------------------------------------------------- performance


def fct_chained_views_dependencies(graph: Graph) -> Iterator[str]:
    def views_above(id: str) -> int:
        model = graph.models.get(id)
        if model is None or model["config"]["materialized"] not in NOT_STORED:
            return 0
        return 1 + max(map(views_above, graph.parents[id]), default=0)

    for id in graph.models:
        chain = max(map(views_above, graph.parents[id]), default=0)
        if chain > graph.variable("chained_views_threshold"):
            yield f"{graph.name(id)}: {chain} views"


def fct_exposure_parents_materializations(graph: Graph) -> Iterator[str]:
    exposures = graph.of_kind("exposure")
    for source, exposure in graph.edges(graph.sources, exposures):
        yield f"{graph.name(exposure)} on {graph.name(source)}"
    for model, exposure in graph.edges(graph.models, exposures):
        if graph.models[model]["config"]["materialized"] in NOT_STORED:
            yield f"{graph.name(exposure)} on {graph.name(model)}"


# ----------------------------------------------------------------------------------------- governance


def fct_exposures_dependent_on_private_models(graph: Graph) -> Iterator[str]:
    for model, exposure in graph.edges(graph.models, graph.of_kind("exposure")):
        if graph.models[model]["access"] != "public":
            yield f"{graph.name(exposure)} on {graph.name(model)}"


def fct_public_models_without_contract(graph: Graph) -> Iterator[str]:
    for id, model in graph.models.items():
        if model["access"] == "public" and not model["contract"]["enforced"]:
            yield graph.name(id)


def fct_undocumented_public_models(graph: Graph) -> Iterator[str]:
    for id, model in graph.models.items():
        columns = model["columns"].values()
        is_described = model["description"] and columns and all(c["description"] for c in columns)
        if model["access"] == "public" and not is_described:
            yield graph.name(id)


CHECKS: list[Callable[[Graph], Iterator[str]]] = [
    check for name, check in sorted(globals().items()) if name.startswith("fct_")
]
