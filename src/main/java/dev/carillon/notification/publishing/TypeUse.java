package dev.carillon.notification.publishing;

import dev.carillon.notification.template.NotificationType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Implemented by whoever relies on notification types. Asked before a type changes or goes away. */
public interface TypeUse {

    /**
     * What would stop working, one sentence each; empty if nothing.
     *
     * @param after what it would be from then on; null when there would be none of this name
     */
    List<String> objections(String type, @Nullable NotificationType after);
}
