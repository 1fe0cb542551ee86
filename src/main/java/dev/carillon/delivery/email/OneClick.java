package dev.carillon.delivery.email;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The headers with which a mail program can offer to unsubscribe by one click (RFC 8058). */
final class OneClick {

    /** What may stand between the brackets; visible ASCII, which no mail client encodes or folds. */
    private static final Pattern URL = Pattern.compile("https://[!-;=?-~]{1,900}");

    private OneClick() {
    }

    static boolean isFit(@Nullable String url) {
        return url == null || URL.matcher(url).matches();
    }

    /** None when there is nothing to unsubscribe from. */
    static Map<String, String> headers(@Nullable String url) {
        var headers = new LinkedHashMap<String, String>();
        if (url != null) {
            headers.put("List-Unsubscribe", "<" + url + ">");
            headers.put("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        return headers;
    }
}
