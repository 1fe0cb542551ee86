package dev.carillon.notification.recipient;

import dev.carillon.platform.lww.LatestFields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A version of a customer, and the journal position from which it holds.
 *
 * @param version counts the changes, on from where an erased one of the id ended
 * @param position {@link #NOT_YET} if there is no such customer
 * @param changed whether it says something else than the version before, and not only the same again later
 */
record CustomerVersion(RecipientKey key, LatestFields state, int version, long position, boolean changed) {

    private static final long NOT_YET = -1;

    /** @param last the last version of an erased customer with this id; 0 if there never was one */
    static CustomerVersion nobody(RecipientKey key, int last) {
        return new CustomerVersion(key, LatestFields.NOTHING, last, NOT_YET, false);
    }

    /** The versions after each statement that brought news, in order. */
    static List<CustomerVersion> news(Map<RecipientKey, CustomerVersion> before, List<Contact> said) {
        var present = new HashMap<>(before);
        var news = new ArrayList<CustomerVersion>();
        for (var contact : said) {
            var was = present.getOrDefault(contact.key(), nobody(contact.key(), 0));
            var isNew = was.position() == NOT_YET;
            var state = contact.direct()
                    ? LatestFields.only(contact.said(), contact.stamp())
                    : was.state().with(contact.said(), contact.stamp());
            if (state != was.state() || isNew) {
                var changed = isNew
                        || contact.direct()
                        || !state.values().equals(was.state().values());
                var is = new CustomerVersion(
                        contact.key(), state, changed ? was.version() + 1 : was.version(), contact.position(), changed);
                present.put(contact.key(), is);
                news.add(is);
            }
        }
        return news;
    }

    /** A contact detail; what is not text, or holds a line break or NUL that no header and no column takes, is none. */
    @Nullable
    String detail(String field) {
        return state.values().get(field) instanceof String text && text.chars().noneMatch(Character::isISOControl)
                ? text
                : null;
    }

    /** Everything that is not a contact detail. */
    Map<String, Object> attributes() {
        var attributes = new LinkedHashMap<>(state.values());
        attributes.keySet().removeAll(List.of(Contact.NAME, Contact.EMAIL, Contact.PHONE, Contact.SEGMENT));
        return attributes;
    }
}
