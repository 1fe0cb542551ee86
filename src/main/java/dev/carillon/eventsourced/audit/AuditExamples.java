package dev.carillon.eventsourced.audit;

/** The audit examples in the OpenAPI document. */
final class AuditExamples {

    static final String PAGE = """
            {"events": [{"id": "evt-001", "source": "/api/v1/events", "type": "payment_failed", "subject": "u_12345",
              "occurredAt": "2025-10-31T19:30:00Z", "recordedAt": "2025-10-31T19:30:00.123456Z", "position": 42, "answered": true}],
             "next": "1761939000123456-42"}""";

    static final String EVENT = """
            {"id": "evt-001", "source": "/api/v1/events", "type": "ordering.order-status-changed", "subject": "cust-001",
             "occurredAt": "2025-10-31T19:00:00Z", "recordedAt": "2025-10-31T19:00:00.123456Z", "position": 42,
             "data": {"orderId": "ord-001", "customerId": "cust-001", "newStatus": "PROCESSING"}, "dataBase64": null, "traits": {}, "extensions": {},
             "state": "answered", "answered": true,
             "decisions": [{"id": "01KAJ3W4S8M2Q9V7T5R1N3X0ZC", "decidedAt": "2025-10-31T19:00:00.130Z", "ruleId": "order-shipped",
               "ruleVersion": "1", "customerId": null, "verdict": "ignore", "reason": "CONDITION_FALSE",
               "sentence": "What happened did not meet the condition for sending a message.", "detail": "event.data.newStatus == 'SHIPPED'",
               "gates": [{"name": "when", "passed": false, "reason": "CONDITION_FALSE", "detail": "event.data.newStatus == 'SHIPPED'"}],
               "notificationId": null}],
             "nextDecisions": null}""";

    static final String AUDIT = """
            {"user_id": "u_12345",
             "recent_events": [{"event_id": "abc-123", "event_type": "payment_failed", "event_timestamp": "2025-10-31T19:22:11Z",
               "properties": {"failure_reason": "INSUFFICIENT_FUNDS", "attempt_number": 2}}],
             "notification_history": [
               {"notification_type": "INSUFFICIENT_FUNDS_EMAIL", "trigger_event": "payment_failed", "status": "suppressed",
                "created_at": "2025-10-31T20:15:00Z", "suppression_reason": "skipped INSUFFICIENT_FUNDS_EMAIL: already sent today"},
               {"notification_type": "INSUFFICIENT_FUNDS_EMAIL", "trigger_event": "payment_failed", "status": "sent",
                "created_at": "2025-10-31T19:22:12Z", "suppression_reason": null}]}""";

    private AuditExamples() {}
}
