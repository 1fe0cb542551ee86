package dev.carillon.eventsourced.oracle;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One rule, as its file says it and as the reference reads it. Good for one history. */
abstract class RuleModel {

    private final String id;
    private final String clauses;
    private final Set<String> told = new HashSet<>();
    private Course course;

    RuleModel(String id, String clauses) {
        this.id = id;
        this.clauses = clauses;
    }

    String id() {
        return id;
    }

    String yaml() {
        return "id: " + id + "\nnotify: { type: ORDER_SHIPPED, channels: [email], context: { orderId: \"'o'\" } }\n"
                + clauses;
    }

    void begin(Course course) {
        this.course = course;
    }

    abstract void hears(Happening event);

    Course course() {
        return course;
    }

    World world() {
        return course.world();
    }

    void ignore(Happening event, String customer, String reason, String note) {
        course.decided(new Verdict(course.now(), id, event.id(), customer, "ignore", reason, note));
    }

    void wait(Happening event, String customer) {
        course.decided(new Verdict(course.now(), id, event.id(), customer, "defer", "", ""));
    }

    void digested(Happening event, String customer) {
        course.decided(new Verdict(course.now(), id, event.id(), customer, "digest", "DIGESTED", ""));
    }

    /** The gate {@code expires}: from then on it is refused. */
    boolean isExpired(Happening event, Duration expires) {
        return !course.now().isBefore(event.counted().plus(expires));
    }

    /** The trait {@code vip}, as a rule knows it at this moment. */
    boolean isVip(String customer) {
        return Boolean.TRUE.equals(world().field(customer, "vip", course.asOf()));
    }

    void send(Happening event, String customer) {
        send(event, customer, null, null, "");
    }

    /** The corridor: once, recipient, throttle, preference, address. Only what goes out keeps its key and counts. */
    void send(Happening event, String customer, @Nullable String once, @Nullable Limit limit, String note) {
        if (once != null && told.contains(once)) {
            suppress(event, customer, "DUPLICATE_BUSINESS_KEY", note);
        } else if (!world().isKnown(customer, course.heard())) {
            suppress(event, customer, "UNKNOWN_RECIPIENT", note);
        } else if (limit != null && limit.refuses(course.now(), zoneOf(customer))) {
            suppress(event, customer, "THROTTLED", limit.words());
        } else if (!world().takesEmail(customer, course.heard())) {
            suppress(event, customer, "CATEGORY_OFF", note);
        } else if (world().field(customer, "email", course.heard()) == null) {
            suppress(event, customer, "NO_ADDRESS", note);
        } else {
            if (once != null) {
                told.add(once);
            }
            if (limit != null) {
                limit.count(course.now());
            }
            course.decided(new Verdict(course.now(), id, event.id(), customer, "notify", "", note));
        }
    }

    private void suppress(Happening event, String customer, String reason, String note) {
        course.decided(new Verdict(course.now(), id, event.id(), customer, "suppress", reason, note));
    }

    ZoneId zoneOf(String customer) {
        var zone = world().field(customer, "timeZone", course.heard());
        return ZoneId.of(zone == null ? "UTC" : (String) zone);
    }

    /** A throttle of one key, counting by looking at everything that went out. */
    interface Limit {

        boolean refuses(Instant now, ZoneId zone);

        void count(Instant sent);

        String words();
    }
}
