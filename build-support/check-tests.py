#!/usr/bin/env python3
# Copyright (c) 2026 The Inverso authors
# SPDX-License-Identifier: Apache-2.0
"""Looks through the reports of a finished build: check-tests.py ROOT [--shared]

Fails when a module that has tests ran none of them, when a test failed, or, with --shared, when a test was skipped for
want of the shared photos.
"""
import pathlib
import sys
import xml.etree.ElementTree as xml


def main() -> int:
    root = pathlib.Path(sys.argv[1])
    shared = "--shared" in sys.argv[2:]
    problems, passed, failed, skipped = [], 0, 0, 0
    poms = xml.parse(root / "pom.xml").getroot()
    space = {"m": "http://maven.apache.org/POM/4.0.0"}
    for module in poms.findall("m:modules/m:module", space):
        folder = root / module.text
        sources = folder / "src/test/java"
        has = {
            "surefire-reports": any(sources.rglob("*Test.java")),
            "failsafe-reports": any(sources.rglob("*IT.java")),
        }
        for reports, expected in has.items():
            ran = 0
            for report in sorted((folder / "target" / reports).glob("TEST-*.xml")):
                for case in xml.parse(report).getroot().iter("testcase"):
                    name = f"{case.get('classname')}.{case.get('name')}"
                    ran += 1
                    skip = case.find("skipped")
                    if case.find("failure") is not None or case.find("error") is not None:
                        failed += 1
                        problems.append(f"{name} failed")
                    elif skip is not None:
                        skipped += 1
                        reason = f"{skip.get('message') or ''} {skip.text or ''}".strip()
                        print(f"skipped: {name}: {reason.splitlines()[0] if reason else 'no reason given'}")
                        if shared and "shared" in reason.lower():
                            problems.append(f"{name} was skipped although shared/ is there")
                    else:
                        passed += 1
            if expected and ran == 0:
                problems.append(f"{module.text} has tests, but {reports} has no result")
    for problem in problems:
        print(f"check-tests: {problem}", file=sys.stderr)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if problems or passed == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
