package dev.carillon.eventsourced.intake;

/** The event examples in the OpenAPI document. */
final class EventExamples {

    static final String PLAIN = """
            {"user_id": "cust-001", "event_type": "ordering.order-status-changed", "event_timestamp": "2025-10-31T19:00:00Z",
              "properties": {"orderId": "ord-001", "customerId": "cust-001", "newStatus": "SHIPPED"}}""";

    static final String CLOUD_EVENT = """
            {"specversion": "1.0", "id": "evt-001", "source": "https://shop.example/ordering", "type": "ordering.order-status-changed",
             "subject": "cust-001", "time": "2025-10-31T19:00:00Z", "datacontenttype": "application/json",
             "data": {"orderId": "ord-001", "customerId": "cust-001", "newStatus": "SHIPPED"}}""";

    static final String ONE_REJECTED = """
            {"accepted": 1, "duplicates": 0, "rejected": [{"index": 1, "problem": {
              "type": "https://carillon.dev/problems/validation", "title": "The request is not valid", "status": 422, "detail": "1 field is not valid",
              "errors": [{"detail": "is required", "pointer": "/properties/newPrice"}]}}]}""";

    private EventExamples() {}
}
