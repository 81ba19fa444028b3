from __future__ import annotations

from bench.imports import own_times, package_of

TOLD = """import time: self [us] | cumulative | imported package
import time:       100 |        100 |       django.utils
import time:       250 |        350 |     django
import time:        40 |         40 |     portal
import time:       160 |        550 |   portal.graph.client
import time:        30 |        580 | portal.wsgi
a warning on the same stream
"""


def test_own_times_are_summed_by_package_in_milliseconds() -> None:
    assert own_times(TOLD) == {"django": 0.35, "portal": 0.04, "portal.graph": 0.16, "portal.wsgi": 0.03}


def test_own_times_can_be_told_by_module() -> None:
    assert own_times(TOLD, str)["portal.graph.client"] == 0.16


def test_packages_of_the_site_are_told_apart() -> None:
    assert package_of("portal.graph.client") == "portal.graph"
    assert package_of("django.contrib.auth") == "django"
