package dev.carillon.bench;

import io.vertx.core.buffer.Buffer;

/**
 * As fast as it is accepted, by clients that each wait for an answer before their next request.
 *
 * @param count items in all
 * @param perRequest items in a request
 * @param sends whether it is sent as well: measured until nothing is left. Else it is due another day
 */
record Accepting(String title, int count, int perRequest, int clients, boolean sends) implements Shape {

    @Override
    public Measurement on(Contender contender) throws Exception {
        int requests = count / perRequest;
        int from = contender.numbers(count);
        Meter.Work submit =
                () -> contender.http().inTurns(clients, requests, n -> request(contender, from + n * perRequest));
        if (sends) {
            return Measurement.of(contender.costOfSending(requests * perRequest, submit));
        }
        var cost = contender.meter().costOf(requests * perRequest, submit);
        contender.forgetLater();
        return Measurement.of(cost);
    }

    private Buffer request(Contender contender, int number) {
        if (perRequest == 1) {
            return sends ? contender.one(number) : contender.oneForLater(number);
        }
        return sends ? contender.many(number, perRequest) : contender.manyForLater(number, perRequest);
    }
}
