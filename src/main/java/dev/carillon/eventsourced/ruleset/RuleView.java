package dev.carillon.eventsourced.ruleset;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.platform.rest.ContentTag;
import dev.carillon.platform.rest.Problem.FieldError;
import dev.carillon.platform.versions.DocumentVersion;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A rule as the API shows it. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Rule", description = "A rule in one of its versions.")
record RuleView(
        @Schema(description = "Its id", examples = "order-shipped")
        String id,

        @Schema(
                description = "Changes with the rule's text; the ETag changes with anything that is shown here",
                examples = "5f0c2d9a7b31")
        String version,

        @Schema(description = "The author's description", examples = "An order has left the warehouse.")
        String description,

        @Schema(description = "The event types it listens to", examples = "[\"ordering.order-status-changed\"]")
        List<String> on,

        @Schema(description = "The notification type", examples = "ORDER_SHIPPED")
        String type,

        @Schema(description = "The channels it may use", examples = "[\"email\", \"sms\"]")
        List<String> channels,

        @Schema(description = "Whether this version is in force", examples = "true")
        boolean inForce,

        @Schema(description = "Whether it is switched on", examples = "true")
        boolean enabled,

        @Schema(description = "Who put it in force", examples = "file")
        RuleOrigin origin,

        @Schema(description = "The file it is in, or whose rule it replaces", examples = "ordering.yaml") @Nullable
        String file,

        @Schema(
                description = "Since when it is in force; of an old version, since when it is known",
                examples = "2026-03-01T12:00:00Z")
        @Nullable
        Instant since,

        @Schema(
                description = "As it was written; left out in lists",
                examples = "id: order-shipped\non: ordering.order-status-changed\n…")
        @Nullable
        String yaml,

        @Schema(
                description =
                        "Of a rule that was only checked: what can be used, and is most likely not what was meant, such as a field that no schema of the event has")
        @Nullable
        List<FieldError> warnings) {

    static RuleView of(DocumentVersion version, Rule rule, List<String> channels) {
        var origin = version.file() == null ? RuleOrigin.API : RuleOrigin.FILE;
        var old = new ActiveRule(rule.switched(false), version.content(), origin, version.file(), version.at());
        return of(old, channels, false);
    }

    static RuleView of(ActiveRule active, List<String> channels, boolean inForce) {
        var rule = active.rule();
        return new RuleView(
                rule.id(),
                rule.version(),
                rule.description(),
                rule.on(),
                rule.type(),
                channels,
                inForce,
                rule.enabled(),
                active.origin(),
                active.file(),
                active.since(),
                active.yaml(),
                null);
    }

    /**
     * A tag over everything shown: the rule's version does not cover whether it is switched on, nor the channels it
     * inherits.
     */
    String tag() {
        return ContentTag.of(version, channels, inForce, enabled, origin, file, since, yaml);
    }

    RuleView with(List<FieldError> warnings) {
        return new RuleView(
                id, version, description, on, type, channels, inForce, enabled, origin, file, since, yaml, warnings);
    }

    RuleView withoutText() {
        return new RuleView(
                id, version, description, on, type, channels, inForce, enabled, origin, file, since, null, null);
    }
}
