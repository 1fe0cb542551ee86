package dev.carillon.bench;

import java.util.Locale;

/** Items that come evenly, at a rate that can be kept up. */
record Evenly(String title, int perSecond, int seconds, int perRequest) implements Shape {

    @Override
    public Measurement on(Contender contender) throws Exception {
        var since = contender.database().text("select clock_timestamp()");
        var pace = new Pacer.Punctuality[1];
        int requests = perSecond * seconds / perRequest;
        int from = contender.numbers(requests * perRequest);
        var cost = contender.costOfSending(requests * perRequest, () -> {
            pace[0] = new Pacer(contender.http())
                    .send(
                            (double) perSecond / perRequest,
                            requests,
                            n -> perRequest == 1
                                    ? contender.one(from + n)
                                    : contender.many(from + n * perRequest, perRequest));
        });
        return new Measurement(
                cost,
                String.format(
                        Locale.ROOT,
                        "due → sent %s, answered %s; the generator was late by %s",
                        contender.sentAfter(since),
                        pace[0].answered(),
                        pace[0].sent()));
    }
}
