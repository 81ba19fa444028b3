"""Planted faults: `semgrep --test` fails unless each line after `ruleid` is found and none after `ok`."""

import pickle
import subprocess


def evaluated(text):
    # ruleid: text-run-as-code
    return eval(text)


def executed(text):
    # ruleid: text-run-as-code
    exec(text)


def imported(name):
    # ruleid: text-run-as-code
    return __import__(name)


def unpickled(data):
    # ruleid: text-run-as-code
    return pickle.loads(data)


def in_a_shell(name):
    # ruleid: text-run-as-code
    subprocess.run(f"ls {name}", shell=True)


def a_pattern(text):
    # ok: text-run-as-code
    return re.compile(text)


def without_a_shell(name):
    # ok: text-run-as-code
    subprocess.run(["ls", name])


def rows(name):
    # ruleid: sql-by-hand
    return User.objects.raw(f"select * from accounts_user where name = '{name}'")


def more(rows):
    # ruleid: sql-by-hand
    return rows.extra(where=["name = 'x'"])


def with_a_name_in_it(cursor, name):
    # ruleid: sql-by-hand
    cursor.execute(f"select * from accounts_user where name = '{name}'")


def with_a_parameter(cursor, name):
    # ruleid: sql-by-hand
    cursor.execute("select * from accounts_user where name = %s", [name])


def made_elsewhere(cursor, statement):
    # ruleid: sql-by-hand
    cursor.execute(statement)


def a_fixed_statement(connection):
    with connection.cursor() as cursor:
        # ok: sql-by-hand
        cursor.execute("select 1")


def rows_by_the_orm(name):
    # ok: sql-by-hand
    return User.objects.filter(name=name)
