package dev.carillon.notification.publishing;

/** The template examples in the OpenAPI document. */
final class TemplateExamples {

    static final String FILES = """
            {"files": {
              "email.subject.txt": "Your order {orderId} has shipped",
              "email.txt": "Good news: your order {orderId} is on its way.",
              "email.subject.de.txt": "Ihre Bestellung {orderId} ist unterwegs",
              "email.de.txt": "Gute Nachrichten: Ihre Bestellung {orderId} ist unterwegs.",
              "sms.txt": "Your order {orderId} has shipped."}}""";

    static final String DRAFT = """
            {"type": "ORDER_SHIPPED", "tag": "5f0c2d9a7b31", "draftedAt": "2026-03-01T12:00:00Z", "draftedBy": "01KAJ3W4S8M2Q9V7T5R1N3X0ZC",
             "files": {"type.yaml": "description: An order has left the warehouse\\n…", "sms.txt": "Your order {orderId} has shipped."}}""";

    static final String DRAFTS = """
            [{"type": "ORDER_SHIPPED", "tag": "5f0c2d9a7b31", "draftedAt": "2026-03-01T12:00:00Z", "draftedBy": "01KAJ3W4S8M2Q9V7T5R1N3X0ZC"}]""";

    /** Without variables: linters take one for a schema, with its {@code type}, {@code required} and {@code example}. */
    private static final String TEMPLATE_BEGINNING = """
            {"type": "ORDER_SHIPPED", "description": "An order has left the warehouse", "category": "order_updates", "mandatory": false,
             "version": "v3", "origin": "api", "publishedAt": "2026-03-01T12:00:00Z", "publishedBy": "01KAJ3W4S8M2Q9V7T5R1N3X0ZC",
             "channels": [{"channel": "email", "locales": ["en", "de"]}, {"channel": "sms", "locales": ["en"]}],
             "variables": []""";

    static final String TEMPLATE = TEMPLATE_BEGINNING + """
            , "files": {"type.yaml": "description: An order has left the warehouse\\n…", "sms.txt": "Your order {orderId} has shipped."}}""";

    static final String LIST = "[" + TEMPLATE_BEGINNING + "}]";

    static final String VERSION = """
            {"type": "ORDER_SHIPPED", "version": "v2", "publishedAt": "2026-02-01T12:00:00Z", "publishedBy": "01KAJ3W4S8M2Q9V7T5R1N3X0ZC",
             "files": {"type.yaml": "description: An order has left the warehouse\\n…", "sms.txt": "Your order {orderId} is on its way."}}""";

    static final String HISTORY = """
            [{"change": "rolled-back", "version": "v2", "at": "2026-03-02T08:00:00Z", "by": "01KAJ3W4S8M2Q9V7T5R1N3X0ZC"},
             {"change": "published", "version": "v3", "at": "2026-03-01T12:00:00Z", "by": "01KAJ3W4S8M2Q9V7T5R1N3X0ZC"}]""";

    static final String PREVIEW_REQUEST = """
            {"channel": "email", "locale": "de-AT", "version": "draft", "context": {"orderId": "ord-001"}, "timeZone": "Europe/Vienna", "customer": {"name": "Alice Johnson"}}""";

    static final String PREVIEW = """
            {"type": "ORDER_SHIPPED", "version": "draft", "channel": "email", "locale": "de", "subject": "Ihre Bestellung ord-001 ist unterwegs",
             "text": "Gute Nachrichten: Ihre Bestellung ord-001 ist unterwegs.\\n", "cut": false}""";

    private TemplateExamples() {}
}
