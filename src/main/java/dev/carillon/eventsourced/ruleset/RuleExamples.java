package dev.carillon.eventsourced.ruleset;

/** The rule examples in the OpenAPI document. */
final class RuleExamples {

    static final String YAML = """
            id: back-in-stock
            description: Something on the wishlist can be had again.
            on: inventory.back-in-stock
            audience: { wishlist: event.data.productId }
            notify: { type: BACK_IN_STOCK }
            once: "back-in-stock/${event.data.restockId}/${customer.id}"
            """;

    static final String JSON = """
            {"id": "order-shipped", "on": "ordering.order-status-changed", "when": "event.data.newStatus == 'SHIPPED'",
             "notify": {"type": "ORDER_SHIPPED", "channels": ["email"]}, "once": "order/${event.data.orderId}/shipped"}""";

    static final String VIEW = """
            {"id": "order-shipped", "version": "5f0c2d9a7b31", "description": "An order has left the warehouse.",
             "on": ["ordering.order-status-changed"], "type": "ORDER_SHIPPED", "channels": ["email", "sms"],
             "inForce": true, "enabled": true, "origin": "file", "file": "ordering.yaml", "since": "2026-03-01T12:00:00Z",
             "yaml": "id: order-shipped\\non: ordering.order-status-changed\\n"}""";

    static final String LIST = """
            [{"id": "order-shipped", "version": "5f0c2d9a7b31", "description": "An order has left the warehouse.",
              "on": ["ordering.order-status-changed"], "type": "ORDER_SHIPPED", "channels": ["email", "sms"],
              "inForce": true, "enabled": true, "origin": "file", "file": "ordering.yaml", "since": "2026-03-01T12:00:00Z"}]""";

    static final String HISTORY = """
            [{"change": "disabled", "version": "5f0c2d9a7b31", "origin": "file", "file": "ordering.yaml",
              "at": "2026-03-02T08:00:00Z", "by": "01KAJ3W4S8M2Q9V7T5R1N3X0ZC"},
             {"change": "file-changed", "version": "5f0c2d9a7b31", "origin": "file", "file": "ordering.yaml", "at": "2026-03-01T12:00:00Z"}]""";

    private RuleExamples() {}
}
