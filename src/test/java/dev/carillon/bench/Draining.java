package dev.carillon.bench;

/** A backlog that is there at once is sent. Nobody rings for it: the time counts from the first one sent to the last. */
record Draining(String title, int count) implements Shape {

    @Override
    public Measurement on(Contender contender) throws Exception {
        var since = contender.database().text("select clock_timestamp()");
        long before = contender.sent();
        contender.due(count);
        var cost = contender.meter().costOf(count, contender::drained);
        contender.mustHaveSent(before + count);
        return Measurement.of(cost.in(contender.secondsOfSending(since)));
    }
}
