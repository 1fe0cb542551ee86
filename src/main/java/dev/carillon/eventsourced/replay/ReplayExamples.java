package dev.carillon.eventsourced.replay;

/** The replay examples in the OpenAPI document. */
final class ReplayExamples {

    static final String RUNNING = """
            {"id": "01KAJ3W4S8M2Q9V7T5R1N3X0ZC", "state": "running", "position": 42000, "of": 120000, "events": 41377,
             "eventsPerSecond": 4100, "startedAt": "2026-03-01T12:00:00Z"}""";

    static final String DONE = """
            {"id": "01KAJ3W4S8M2Q9V7T5R1N3X0ZC", "state": "done", "position": 120016, "of": 120016, "events": 118220,
             "eventsPerSecond": 4080, "liveHash": "9e107d9d372bb6826bd81d3542a419d6", "rebuiltHash": "9e107d9d372bb6826bd81d3542a419d6",
             "equal": true, "startedAt": "2026-03-01T12:00:00Z", "endedAt": "2026-03-01T12:00:29Z"}""";

    static final String LIST = "[" + DONE + "]";

    private ReplayExamples() {}
}
