#!/usr/bin/env python3
"""Runs every story through both doors a number of times and prints counts and median wall times.

    docs/medians.py http://127.0.0.1:8080 31 [api key]

The first five runs warm up and do not count.
"""
import json
import statistics
import sys
import urllib.request

WARM_UP = 5


def comparison(base, key):
    request = urllib.request.Request(base + "/demo/comparison", headers={"X-API-Key": key} if key else {})
    return json.load(urllib.request.urlopen(request))["scenarios"]


def main(base, runs, key=None):
    seen = {}
    for run in range(WARM_UP + int(runs)):
        for line in comparison(base, key):
            if run >= WARM_UP:
                seen.setdefault(line["scenario"], []).append(line)
    print("scenario door same messages events calls lookups-by-teams lookups-by-service median-ms min-ms max-ms")
    for scenario, lines in seen.items():
        for door in ("eventSourced", "apiDriven"):
            costs = [line[door] for line in lines]
            millis = [cost["micros"] / 1000 for cost in costs]
            counts = ["/".join(map(str, sorted({cost[name] for cost in costs}))) for name in
                      ("eventsPublished", "apiCalls", "lookupsByDomainTeams", "lookupsByNotificationService")]
            print(scenario, door, all(line["sameOutcome"] for line in lines), lines[0]["messages"], *counts,
                  f"{statistics.median(millis):.1f} {min(millis):.1f} {max(millis):.1f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
