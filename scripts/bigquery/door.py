"""
Starts bqemulator (BigQuery's REST interface and SQL over DuckDB) on a loopback port, with two changes that are ours:

- DuckDB's extensions for places and Avro are not fetched from DuckDB's server: nothing of the tests needs them;
- the views of INFORMATION_SCHEMA that it lacks, or of which it lacks columns, are filled from its own catalog, with the columns
  that BigQuery documents. Statements over them run as they are: sqlglot brings them to DuckDB.

door.py <port> <jobs>: a file with jobs that ran, as JSON, for JOBS_BY_PROJECT. The emulator keeps no history of jobs: these are
made up, and what our statements make of them is not.
"""

import json
import re
import sys
from pathlib import Path

from bqemulator.sql import inner_query
from bqemulator.storage import engine

engine.DuckDBEngine._load_spatial = lambda self: None
engine.DuckDBEngine._load_format_extensions = lambda self: None

KINDS = {"TABLE": "BASE TABLE", "MATERIALIZED_VIEW": "MATERIALIZED VIEW"}


def text(value):
    """A text as a literal of GoogleSQL."""
    if value is None:
        return "CAST(NULL AS STRING)"
    return "'" + str(value).replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'"


def number(value):
    return "CAST(NULL AS INT64)" if value is None else str(value)


def type_of(field):
    names = {"INTEGER": "INT64", "FLOAT": "FLOAT64", "BOOLEAN": "BOOL"}
    own = names.get(field.type, field.type)
    if field.type in ("RECORD", "STRUCT"):
        own = "STRUCT<" + ", ".join(f"{one.name} {type_of(one)}" for one in field.fields) + ">"
    return f"ARRAY<{own}>" if field.mode == "REPEATED" else own


def quoted(value):
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def tables(catalog, project, dataset):
    queries = {one.table_id: one.view_query for one in catalog.list_materialized_views(project, dataset)}
    for table in catalog.list_tables(project, dataset):
        base = (table.base_table or "").split(".")
        name = f"`{project}.{dataset}.{table.table_id}`"
        ddl = f"CREATE TABLE {name}"
        if table.table_type == "MATERIALIZED_VIEW":
            ddl = f"CREATE MATERIALIZED VIEW {name} AS {queries.get(table.table_id, '')};"
        yield {
            "table_name": text(table.table_id),
            "table_type": text(KINDS.get(table.table_type, table.table_type)),
            "base_table_catalog": text(base[0] if len(base) == 3 else None),
            "base_table_schema": text(base[1] if len(base) == 3 else None),
            "base_table_name": text(base[2] if len(base) == 3 else None),
            "ddl": text(ddl),
        }


def columns(catalog, project, dataset):
    for table in catalog.list_tables(project, dataset):
        by = table.time_partitioning.field if table.time_partitioning else None
        clusters = list(table.clustering.fields) if table.clustering else []
        for place, field in enumerate(table.schema_.fields, start=1):
            yield {
                "table_name": text(table.table_id),
                "column_name": text(field.name),
                "ordinal_position": number(place),
                "is_nullable": text("NO" if field.mode == "REQUIRED" else "YES"),
                "is_generated": text("NEVER"),
                "generation_expression": text(None),
                "is_hidden": text("NO"),
                "is_partitioning_column": text("YES" if field.name == by else "NO"),
                "clustering_ordinal_position": number(clusters.index(field.name) + 1 if field.name in clusters else None),
                "column_default": text(field.default_value_expression or "NULL"),
            }


def field_paths(catalog, project, dataset):
    def below(table, column, field, path):
        yield {
            "table_name": text(table.table_id),
            "column_name": text(column),
            "field_path": text(".".join(path)),
            "data_type": text(type_of(field)),
            "description": text(field.description),
            "policy_tags": "CAST([] AS ARRAY<STRING>)",
        }
        for one in field.fields:
            yield from below(table, column, one, [*path, one.name])

    for table in catalog.list_tables(project, dataset):
        for field in table.schema_.fields:
            yield from below(table, field.name, field, [field.name])


def table_options(catalog, project, dataset):
    for table in catalog.list_tables(project, dataset):
        pairs = ", ".join(f"STRUCT({quoted(key)}, {quoted(value)})" for key, value in sorted(table.labels.items()))
        found = {
            "description": quoted(table.description) if table.description else None,
            "labels": f"[{pairs}]" if pairs else None,
            "expiration_timestamp": table.expiration_time.strftime('TIMESTAMP "%Y-%m-%dT%H:%M:%S.%fZ"') if table.expiration_time else None,
        }
        for name, value in found.items():
            if value is not None:
                yield {"table_name": text(table.table_id), "option_name": text(name), "option_value": text(value)}


def views(catalog, project, dataset):
    for table in catalog.list_tables(project, dataset):
        if table.table_type == "VIEW":
            yield {
                "table_name": text(table.table_id),
                "view_definition": text(table.view_query),
                "use_standard_sql": text("NO" if table.use_legacy_sql else "YES"),
            }


def routines(catalog, project, dataset):
    for one in catalog.list_routines(project, dataset):
        body = one.definition_body
        keyword = one.routine_type.split("_")[0] if one.routine_type == "SCALAR_FUNCTION" else one.routine_type
        kind = {"SCALAR_FUNCTION": "FUNCTION", "TABLE_VALUED_FUNCTION": "TABLE FUNCTION"}.get(one.routine_type, keyword)
        names = ", ".join(f"{each.name} {(each.data_type or {}).get('typeKind', 'ANY TYPE')}" for each in one.arguments)
        ddl = f"CREATE {kind} `{project}.{dataset}`.{one.routine_id}({names})"
        ddl += f"\n{body}" if kind == "PROCEDURE" else f" AS ({body})"
        yield {
            "specific_name": text(one.routine_id),
            "routine_name": text(one.routine_id),
            "routine_type": text(kind),
            "routine_body": text("SQL" if one.language == "SQL" else "EXTERNAL"),
            "external_language": text(None if one.language == "SQL" else one.language),
            "ddl": text(ddl),
        }


def routine_options(catalog, project, dataset):
    for one in catalog.list_routines(project, dataset):
        if one.description:
            yield {"specific_name": text(one.routine_id), "option_name": text("description"), "option_value": text(quoted(one.description))}


def partitions(catalog, project, dataset):
    for table in catalog.list_tables(project, dataset):
        yield {"table_name": text(table.table_id), "total_rows": number(table.num_rows)}


def reference(table):
    if table is None:
        return "CAST(NULL AS STRUCT<project_id STRING, dataset_id STRING, table_id STRING>)"
    project, dataset, name = table
    return f"STRUCT({text(project)} AS project_id, {text(dataset)} AS dataset_id, {text(name)} AS table_id)"


def jobs(_, project, region):
    for job in json.loads(Path(sys.argv[2]).read_text()) if len(sys.argv) > 2 else []:
        if job["project"] != project or f"region-{job['location'].lower()}" != region:
            continue
        labels = ", ".join(f"STRUCT({text(key)} AS key, {text(value)} AS value)" for key, value in job.get("labels", {}).items())
        read = ", ".join(reference(table) for table in job.get("read", []))
        yield {
            "job_id": text(job["id"]),
            "parent_job_id": text(job.get("parent")),
            "job_type": text(job.get("type", "QUERY")),
            "statement_type": text(job.get("statement")),
            "query": text(job.get("query")),
            "user_email": text(job.get("user", "ana@example.com")),
            "creation_time": f"TIMESTAMP_MILLIS({job['ended'] - 1000})",
            "end_time": f"TIMESTAMP_MILLIS({job['ended']})",
            "state": text("DONE"),
            "error_result": text(job.get("error")),
            "labels": f"[{labels}]" if labels else "CAST([] AS ARRAY<STRUCT<key STRING, value STRING>>)",
            "destination_table": reference(job.get("target")),
            "referenced_tables": f"[{read}]" if read else "CAST([] AS ARRAY<STRUCT<project_id STRING, dataset_id STRING, table_id STRING>>)",
            "query_info": f"STRUCT(STRUCT({text(job.get('hash'))} AS normalized_literals) AS query_hashes)",
        }


def nothing(*_):
    return ()


TEXTS = "CAST(NULL AS STRING)"
# The view, what fills it, and a row of it for the case that there is none.
VIEWS = {
    "COLUMN_FIELD_PATHS": (field_paths, {**dict.fromkeys(["table_name", "column_name", "field_path", "data_type", "description"], TEXTS), "policy_tags": "CAST([] AS ARRAY<STRING>)"}),
    "CONSTRAINT_COLUMN_USAGE": (nothing, dict.fromkeys(["constraint_name", "table_schema", "table_name"], TEXTS)),
    "KEY_COLUMN_USAGE": (nothing, {**dict.fromkeys(["constraint_name", "table_name", "column_name"], TEXTS), "ordinal_position": "1", "position_in_unique_constraint": "1"}),
    "TABLE_CONSTRAINTS": (nothing, dict.fromkeys(["constraint_name", "table_name", "constraint_type"], TEXTS)),
    "TABLE_OPTIONS": (table_options, dict.fromkeys(["table_name", "option_name", "option_value"], TEXTS)),
    "ROUTINE_OPTIONS": (routine_options, dict.fromkeys(["specific_name", "option_name", "option_value"], TEXTS)),
    "PARTITIONS": (partitions, {"table_name": TEXTS, "total_rows": "0"}),
    "ROUTINES": (routines, dict.fromkeys(["specific_name", "routine_name", "routine_type", "routine_body", "external_language", "ddl"], TEXTS)),
    "COLUMNS": (columns, {**dict.fromkeys(["table_name", "column_name", "is_nullable", "is_generated", "generation_expression", "is_hidden", "is_partitioning_column", "column_default"], TEXTS), "ordinal_position": "1", "clustering_ordinal_position": "1"}),
    "TABLES": (tables, dict.fromkeys(["table_name", "table_type", "base_table_catalog", "base_table_schema", "base_table_name", "ddl"], TEXTS)),
    "JOBS_BY_PROJECT": (
        jobs,
        {
            **dict.fromkeys(["job_id", "parent_job_id", "job_type", "statement_type", "query", "user_email", "state", "error_result"], TEXTS),
            "creation_time": "CURRENT_TIMESTAMP()",
            "end_time": "CURRENT_TIMESTAMP()",
            "labels": "CAST([] AS ARRAY<STRUCT<key STRING, value STRING>>)",
            "destination_table": reference(None),
            "referenced_tables": "CAST([] AS ARRAY<STRUCT<project_id STRING, dataset_id STRING, table_id STRING>>)",
            "query_info": "STRUCT(STRUCT(CAST(NULL AS STRING) AS normalized_literals) AS query_hashes)",
        },
    ),
    "VIEWS": (views, dict.fromkeys(["table_name", "view_definition", "use_standard_sql"], TEXTS)),
}
PLACE = re.compile(r"`([^`]+)`\.`([^`]+)`\.INFORMATION_SCHEMA\.([A-Z_]+)")


def row(values):
    return "SELECT " + ", ".join(f"{value} AS {name}" for name, value in values.items())


def expanded(sql, project_id, catalog, others=inner_query.expand_information_schema):
    def filled(found):
        project, dataset, view = found.groups()
        if view not in VIEWS:
            return found.group(0)
        fill, empty = VIEWS[view]
        rows = [row(values) for values in fill(catalog, project, dataset)]
        return "(" + (" UNION ALL ".join(rows) if rows else f"SELECT * FROM ({row(empty)}) AS none WHERE FALSE") + ")"

    return others(PLACE.sub(filled, sql), project_id, catalog)


inner_query.expand_information_schema = expanded

if __name__ == "__main__":
    from bqemulator.cli import main

    main(["start", "--rest-port", sys.argv[1], "--grpc-port", "0", "--ephemeral"])
