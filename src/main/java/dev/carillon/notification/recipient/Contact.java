package dev.carillon.notification.recipient;

import dev.carillon.platform.lww.Stamp;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A statement about a customer's contact details. For each field the latest time counts, whatever the order of arrival;
 * a direct change wins over everything recorded before it.
 *
 * @param said     field → value, null for "unknown from now on"; the four named here are contact details, all others attributes
 * @param direct   whether it is a direct change and not from an event: it replaces everything known before
 * @param position the journal position from which it holds
 */
public record Contact(
        String tenant,
        String customerId,
        Map<String, ? extends @Nullable Object> said,
        boolean direct,
        Stamp stamp,
        long position) {

    public static final String NAME = "name";
    public static final String EMAIL = "email";
    public static final String PHONE = "phone";
    public static final String SEGMENT = "segment";

    RecipientKey key() {
        return new RecipientKey(tenant, customerId);
    }
}
