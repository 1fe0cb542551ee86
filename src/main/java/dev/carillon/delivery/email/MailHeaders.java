package dev.carillon.delivery.email;

import dev.carillon.delivery.Delivery;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What every mail says in its head, whoever sends it: that nobody wrote it, so that nobody's machine answers (RFC 3834), and where one click
 * unsubscribes, where there is something to unsubscribe from (RFC 8058).
 */
final class MailHeaders {

    /** What may stand between the brackets; visible ASCII, which no mail client encodes or folds. */
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
