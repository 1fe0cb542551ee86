package dev.carillon.notification.tracking;

import dev.carillon.platform.rest.Paged;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of notifications, newest first. */
@RegisterForReflection
@Schema(name = "NotificationPage", description = "A page of notifications, newest first.")
public record NotificationPage(
        @Schema(description = "At most `limit`; fewer, or none, where few in a long stretch match")
        List<NotificationView> notifications,

        @Schema(description = "`after` of the next page; null on the last", examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
        @Nullable
        String next)
        implements Paged {}
