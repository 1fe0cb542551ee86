package dev.carillon.notification.size;

import dev.carillon.delivery.SizeLimit;
import dev.carillon.delivery.SizeLimit.Part;
import dev.carillon.delivery.SizeLimit.SizedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Shortens text between visible characters, and never inside a URL, which would then lead elsewhere. */
final class Shortening {

    /** Extended grapheme clusters: a family, a flag or an accented letter is one, of however many code points. */
    private static final Pattern SEEN = Pattern.compile("\\X");

    /** Up to the next space, or to a script that is written without any. */
    private static final Pattern ADDRESS = Pattern.compile(
            "(?:[A-Za-z][A-Za-z0-9+.-]{1,30}://|(?i:mailto:|tel:|www\\.))[^\\s\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}\\p{IsThai}]+");

    private Shortening() {}

    /** As much of the limited part as fits, with an ellipsis; null if nothing of it would be left. */
    static @Nullable String of(SizedMessage message, SizeLimit limit) {
        var whole = limit.part() == Part.SUBJECT ? message.subject() : message.text();
        var ends = ends(whole, limit.most());
        int from = 0;
        int to = ends.size();
        while (from < to) { // the longest that fits: shorter ones fit as well
            int middle = (from + to + 1) / 2;
            if (limit.fits(with(message, limit, cut(whole, ends.get(middle - 1), limit)))) {
                from = middle;
            } else {
                to = middle - 1;
            }
        }
        var cut = from == 0 ? "" : cut(whole, outsideOfAddresses(whole, ends.get(from - 1)), limit);
        return cut.isEmpty() ? null : cut;
    }

    /** The ends of all characters that could be the last. Each takes at least one unit of what is counted. */
    private static List<Integer> ends(String whole, int most) {
        var ends = new ArrayList<Integer>();
        var seen = SEEN.matcher(whole);
        while (seen.find() && seen.end() <= most) {
            ends.add(seen.end());
        }
        return ends;
    }

    private static String cut(String whole, int end, SizeLimit limit) {
        var left = whole.substring(0, end).stripTrailing();
        return left.isEmpty() ? "" : left + limit.ellipsis().apply(left);
    }

    private static int outsideOfAddresses(String whole, int end) {
        var addresses = ADDRESS.matcher(whole);
        while (addresses.find() && addresses.start() < end) {
            if (addresses.end() > end) {
                return addresses.start();
            }
        }
        return end;
    }

    private static SizedMessage with(SizedMessage message, SizeLimit limit, String shorter) {
        return limit.part() == Part.SUBJECT
                ? new SizedMessage(message.recipient(), shorter, message.text())
                : new SizedMessage(message.recipient(), message.subject(), shorter);
    }
}
