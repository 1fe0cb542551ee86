package dev.carillon.delivery.email;

import dev.carillon.delivery.Delivery;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The headers of every mail, whatever the provider: it is automatic, so nobody's machine replies (RFC 3834), and, where
 * it applies, the one-click unsubscribe link (RFC 8058).
 */
final class MailHeaders {

    /** The characters allowed between the brackets: visible ASCII, which no mail client encodes or folds. */
    private static final Pattern URL = Pattern.compile("https://[!-;=?-~]{1,900}");

    private MailHeaders() {}

    static boolean isFit(@Nullable String url) {
        return url == null || URL.matcher(url).matches();
    }

    static Map<String, String> of(Delivery delivery) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Auto-Submitted", "auto-generated");
        var url = delivery.unsubscribeUrl();
        if (url != null) {
            headers.put("List-Unsubscribe", "<" + url + ">");
            headers.put("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        return headers;
    }
}
