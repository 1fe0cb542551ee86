package dev.carillon.notification.throttle;

import java.util.List;

/** Recent sends, for deciding whether one more may go. */
public interface Recent {

    /** No recent sends. */
    Recent NOTHING = throttle -> List.of();

    /** The latest sends of the throttle's key, at least as many as its max if there were so many. */
    List<CountedSend> under(Throttle throttle);
}
