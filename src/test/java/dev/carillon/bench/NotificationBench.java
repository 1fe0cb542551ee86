package dev.carillon.bench;

import java.net.http.HttpRequest;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What one notification costs from the request to the recorded attempt: CPU time of the service and of PostgreSQL, WAL
 * bytes, for both doors. Nothing is asserted. Run it by its name (docs/benchmarks.md):
 * {@code ./mvnw verify -Djacoco.skip -Dtest=none -Dit.test=NotificationBench}
 */
@Isolated
@Tag("packaged")
class NotificationBench {

    private static final int CUSTOMERS = 1000;
    private static final int WARM_UP = Integer.getInteger("bench.warm-up", 20_000);
    private static final int MEASURED = Integer.getInteger("bench.measured", 50_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);

    @Test
    void cost_of_a_notification() throws Exception {
        try (var service = ServiceUnderLoad.start(ServiceUnderLoad.newDirectory(), Map.of())) {
            service.customers(CUSTOMERS);
            for (int round = 0; round < ROUNDS; round++) {
                var run = "r" + round + "-";
                measure(
                        "api-driven, 1 delivery ",
                        service,
                        n -> service.post(
                                "/api/v1/notifications",
                                "{\"type\": \"ORDER_SHIPPED\", \"customerId\": \"cust-%d\", \"context\": {\"orderId\": \"a%s%d\"}, \"businessKey\": \"order/a%s%d/shipped\"}"
                                        .formatted(n % CUSTOMERS, run, n, run, n)));
                measure(
                        "event-sourced, 1 delivery",
                        service,
                        n -> service.post(
                                "/api/v1/events",
                                "{\"user_id\": \"cust-%d\", \"event_type\": \"ordering.order-status-changed\", \"event_timestamp\": \"2025-10-31T19:00:00Z\", \"properties\": {\"orderId\": \"e%s%d\", \"customerId\": \"cust-%d\", \"newStatus\": \"SHIPPED\"}}"
                                        .formatted(n % CUSTOMERS, run, n, n % CUSTOMERS)));
            }
        }
    }

    private static void measure(String what, ServiceUnderLoad service, IntFunction<HttpRequest> requests)
            throws Exception {
        service.send(0, WARM_UP, requests);
        service.drained();
        System.out.println(what + "  " + service.costOf(WARM_UP, MEASURED, requests));
    }
}
