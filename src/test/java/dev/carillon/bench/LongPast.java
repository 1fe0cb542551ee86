package dev.carillon.bench;

/** What is due is sent as fast beside a million that wait and after a million that were sent. */
record LongPast(String title, int count) {

    private static final String DRAIN = "W6 drain of %,d due, beside %,d waiting and after %,d of eight weeks";

    static LongPast of(int count) {
        return new LongPast(DRAIN.formatted(Bench.BACKLOG, count, count), count);
    }

    void load(Carillon carillon) throws Exception {
        carillon.copies().past(count);
        carillon.copies().waiting(count);
        carillon.database().run("checkpoint");
    }

    Draining drain() {
        return new Draining(title, Bench.BACKLOG);
    }
}
