"""Which test files take the processor time: `python bench/test_time.py [-m "not slow"] [--most 10] [FILE ...]`.

Each test's own seconds and those of the processes that it starts and waits for, in one process: a busy machine hardly
changes them. Fixtures count for the test that asks for them first, and so do the libraries that are loaded first.
"""

import argparse
import os
import sys
from collections import Counter

import pytest


class Meter:
    """A plug-in of pytest that adds up processor time by file, and of collection."""

    def __init__(self):
        self.files, self.tests, self.collecting = Counter(), Counter(), 0.0

    @pytest.hookimpl(wrapper=True)
    def pytest_collection(self):
        """The reading of all test files."""
        begin = used()
        try:
            return (yield)
        finally:
            self.collecting = used() - begin

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item):
        """One test, with what is set up for it and put away after it."""
        begin = used()
        try:
            return (yield)
        finally:
            name = item.nodeid.partition("::")[0]
            self.files[name] += used() - begin
            self.tests[name] += 1


def used():
    """The processor seconds of this process and of those that it has waited for."""
    return sum(os.times()[:4])


def main():
    """Run the tests and print the files, the most expensive first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-m", dest="mark", default="", help='"not slow" for what make check runs')
    parser.add_argument("--most", type=int, default=10, help="how many files to show")
    parser.add_argument("files", nargs="*")
    asked = parser.parse_args()
    meter = Meter()
    code = pytest.main(["-q", "-n", "0", *(["-m", asked.mark] if asked.mark else []), *asked.files], [meter])
    print(f"{meter.collecting:8.1f} s to collect, load {os.getloadavg()[0]:.1f}")
    print(f"{meter.files.total():8.1f} s in {meter.tests.total():,} tests of {len(meter.tests)} files")
    for name, seconds in meter.files.most_common(asked.most):
        print(f"{seconds:8.1f} s in {meter.tests[name]:,} tests of {name}")
    sys.exit(code)


if __name__ == "__main__":
    main()
