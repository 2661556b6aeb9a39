"""Runs our statements on a real Spark over tables of the shape of Databricks' system tables and information schema.

Reads {name: statement} as JSON, writes {name: {"columns": [...], "rows": [[text or null]]}} as JSON. One session in another
time zone than UTC, with the strict arithmetic that SQL warehouses have.
"""

import datetime
import json
import sys

from pyspark.sql import SparkSession

folder = sys.argv[1]
spark = (
    SparkSession.builder.master("local[1]")
    .config("spark.sql.warehouse.dir", folder + "/warehouse")
    .config("spark.ui.enabled", "false")
    .config("spark.sql.shuffle.partitions", "1")
    .config("spark.sql.session.timeZone", "America/New_York")
    .config("spark.sql.ansi.enabled", "true")
    .config("spark.driver.bindAddress", "127.0.0.1")
    .config("spark.driver.host", "127.0.0.1")
    .getOrCreate()
)
spark.sparkContext.setLogLevel("ERROR")


def table(name, columns, rows):
    spark.createDataFrame(rows, columns).write.mode("overwrite").saveAsTable(name)


def at(day, hour, minute=0):
    return datetime.datetime(2026, 11, day, hour, minute, tzinfo=datetime.timezone.utc)


def text(*names):
    return ", ".join(name + " string" for name in names)


for database in ("info", "access", "query"):
    spark.sql("CREATE DATABASE IF NOT EXISTS " + database)

of = ("catalog_name", "schema_name", "table_name", "column_name")
table("info.catalog_tags", text("catalog_name", "tag_name", "tag_value"), [("main", "region", "eu")])
table("info.schema_tags", text(*of[:2], "tag_name", "tag_value"), [("main", "sales", "domain", "shop")])
table("info.table_tags", text(*of[:3], "tag_name", "tag_value"), [("main", "sales", "customers", "tier", "gold")])
table("info.volume_tags", text(*of[:2], "volume_name", "tag_name", "tag_value"), [("main", "sales", "letters", "kind", "")])
table("info.column_tags", text(*of, "tag_name", "tag_value"), [("main", "sales", "customers", "email", "pii", "email")])
where = ("constraint_catalog", "constraint_schema", "constraint_name")
there = ("table_catalog", "table_schema", "table_name")
table(
    "info.table_constraints",
    text(*where, *there, "constraint_type"),
    [
        ("main", "sales", "people_pk", "main", "sales", "people", "PRIMARY KEY"),
        ("main", "sales", "orders_fk", "main", "sales", "orders", "FOREIGN KEY"),
        ("main", "sales", "positive", "main", "sales", "orders", "CHECK"),
    ],
)
table(
    "info.key_column_usage",
    text(*where, *there, "column_name") + ", ordinal_position int, position_in_unique_constraint int",
    [
        ("main", "sales", "people_pk", "main", "sales", "people", "land", 1, None),
        ("main", "sales", "people_pk", "main", "sales", "people", "id", 2, None),
        ("main", "sales", "orders_fk", "main", "sales", "orders", "person", 1, 2),
        ("main", "sales", "orders_fk", "main", "sales", "orders", "land", 2, 1),
    ],
)
table(
    "info.referential_constraints",
    text(*where, "unique_constraint_catalog", "unique_constraint_schema", "unique_constraint_name"),
    [("main", "sales", "orders_fk", "main", "sales", "people_pk")],
)
table(
    "info.tables",
    text(*there, "table_type"),
    [
        ("main", "sales", "people", "MANAGED"),
        ("main", "sales", "orders", "VIEW"),
        ("other", "sales", "people", "MANAGED"),
    ],
)
table(
    "info.table_privileges",
    text("grantor", "grantee", *there, "privilege_type", "is_grantable", "inherited_from"),
    [
        ("x", "support", "main", "sales", "people", "SELECT", "NO", "NONE"),
        ("x", "support", "main", "sales", "people", "SELECT", "NO", "SCHEMA"),
        ("x", "support", "main", "sales", "people", "APPLY TAG", "NO", "NONE"),
    ],
)

routine = ("specific_catalog", "specific_schema", "specific_name")
table(
    "info.routines",
    text(*routine, "routine_catalog", "routine_schema", "routine_name", "routine_type", "routine_body")
    + ", "
    + text("external_language", "routine_definition", "comment"),
    [
        ("main", "sales", "load", "main", "sales", "load", "PROCEDURE", "SQL", None, "BEGIN END", "nightly"),
        ("main", "sales", "hide", "main", "sales", "hide", "FUNCTION", "SQL", None, "1", None),
    ],
)
table(
    "info.parameters",
    text(*routine, "parameter_name", "full_data_type", "parameter_mode") + ", ordinal_position int",
    [("main", "sales", "load", "n", "INT", "OUT", 2), ("main", "sales", "load", "since", "DATE", "IN", 1)],
)

load = "INSERT INTO a SELECT 1"
table(
    "query.history",
    text("statement_id", "statement_text", "statement_type", "execution_status") + ", end_time timestamp",
    [
        ("s1", load, "INSERT", "FINISHED", at(18, 12)),
        ("s2", load, "INSERT", "FINISHED", at(18, 23, 30)),
        # The next day in UTC, the same one in New York.
        ("s3", load, "INSERT", "FINISHED", at(19, 0, 30)),
        ("s4", "SELECT 1", "SELECT", "FINISHED", at(18, 13)),
        ("s5", load, "INSERT", "FAILED", at(18, 13)),
        ("s6", None, "MERGE", "FINISHED", at(18, 13)),
        ("s7", "", "MERGE", "FINISHED", at(18, 13)),
        ("s8", load, "INSERT", "FINISHED", at(21, 0)),
    ],
)
events = text(
    "entity_type",
    "entity_id",
    "entity_run_id",
    "statement_id",
    "record_id",
    "created_by",
    "source_table_full_name",
    "source_path",
    "target_table_full_name",
    "target_path",
) + ", event_time timestamp, event_date date"


def event(entity, run, statement, who, source, target, when, *columns, path=None):
    kind, entity_id = entity
    record = "%s-%s" % (run or statement, when.isoformat())
    return (kind, entity_id, run, statement, record, who, source, None, target, path, when, when.date(), *columns)


job, other, nobody = ("JOB", "1"), ("JOB", "2"), (None, None)
table(
    "access.table_lineage",
    events,
    [
        event(job, "r1", None, "ada", "main.sales.people", "main.mart.m", at(15, 12)),
        event(job, "r2", None, "bob", "main.sales.people", "main.mart.m", at(20, 12)),
        event(other, "r3", None, "bob", "main.sales.orders", "main.mart.o", at(15, 12)),
        event(nobody, None, "s2", "bob", "main.sales.orders", "main.mart.a", at(18, 23)),
        event(nobody, None, None, "bob", "main.sales.orders", None, at(20, 13), path="s3://lake/x"),
        event(nobody, None, "s4", "ada", "main.sales.orders", None, at(18, 13)),
        event(nobody, None, "s9", "us", "system.access.table_lineage", None, at(18, 13)),
        event(job, "r2", None, "bob", "system.query.history", "main.mart.m", at(20, 12)),
    ],
)
table(
    "access.column_lineage",
    events + ", source_column_name string, target_column_name string",
    [
        event(job, "r1", None, "ada", "main.sales.people", "main.mart.m", at(15, 12), "email", "mail"),
        event(job, "r2", None, "bob", "main.sales.people", "main.mart.m", at(20, 12), "id", "id"),
        event(nobody, None, "s2", "bob", "main.sales.orders", "main.mart.a", at(18, 23), "id", "id"),
        event(nobody, None, "s4", "ada", "main.sales.orders", None, at(18, 13), "id", None),
    ],
)
table("info.people", "id int, email string", [(i, "person%d@example.com" % i) for i in range(500)])

answers = {}
for name, sql in json.load(sys.stdin).items():
    own = sql.replace("`system`.", "").replace("`main`.`information_schema`", "`info`").replace("`hive_metastore`", "`info`")
    given = {key: value for key, value in (("catalog", "main"), ("schema", "sales"), ("relation", "customers")) if ":" + key in own}
    result = spark.sql(own, args=given) if given else spark.sql(own)
    rows = [[None if value is None else str(value) for value in row] for row in result.collect()]
    answers[name] = {"columns": [column.lower() for column in result.columns], "rows": rows}
print(json.dumps(answers))
spark.stop()
