package dev.carillon.eventsourced.intake;

import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The forms of events over HTTP. */
enum Form {

    /** Our own objects, one or an array. */
    PLAIN,
    /** One CloudEvent in the body. */
    STRUCTURED,
    /** CloudEvents in an array. */
    BATCH,
    /** One CloudEvent, its attributes in {@code ce-} headers, its data the body, of whatever type. */
    BINARY;

    static final String CLOUD_EVENT = "application/cloudevents+json";
    static final String CLOUD_EVENTS = "application/cloudevents-batch+json";

    /** CloudEvents clients of others look at the status only: for them one rejected event means a failed request. */
    boolean failsAsOne() {
        return this == STRUCTURED || this == BINARY;
    }

    /** A 415 for what is none of them. */
    static Form of(@Nullable String contentType, boolean attributesInHeaders) {
        var type = essence(contentType == null && attributesInHeaders ? "application/json" : contentType);
        if (type.equals(CLOUD_EVENT)) {
            return STRUCTURED;
        }
        if (type.equals(CLOUD_EVENTS)) {
            return BATCH;
        }
        if (!type.startsWith("application/cloudevents") && (attributesInHeaders || isJson(type))) {
            return attributesInHeaders ? BINARY : PLAIN;
        }
        throw new ProblemException(
                ProblemType.UNSUPPORTED_MEDIA_TYPE,
                "Send application/json, " + CLOUD_EVENT + ", " + CLOUD_EVENTS
                        + ", or anything with the attributes of a CloudEvent in ce- headers");
    }

    static boolean isJson(String contentType) {
        var type = essence(contentType);
        return type.endsWith("/json") || type.endsWith("+json");
    }

    /** Whether it is for people to read, and in UTF-8. */
    static boolean isText(String contentType) {
        var type = essence(contentType);
        var parameters = contentType.toLowerCase(Locale.ROOT).replaceAll("[\\s\"]", "");
        return (type.startsWith("text/") || type.endsWith("/xml") || type.endsWith("+xml"))
                && (!parameters.contains(";charset=")
                        || parameters.contains(";charset=utf-8")
                        || parameters.contains(";charset=us-ascii"));
    }

    /** Without parameters such as the charset: JSON is UTF-8. */
    private static String essence(@Nullable String contentType) {
        return contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
