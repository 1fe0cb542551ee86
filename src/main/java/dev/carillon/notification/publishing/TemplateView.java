package dev.carillon.notification.publishing;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.carillon.notification.template.NotificationType;
import dev.carillon.notification.template.TypeFolder;
import dev.carillon.platform.versions.DocumentVersion;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A notification type and its texts, as the API shows them. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Template", description = "A notification type: what it needs, and its texts.")
record TemplateView(
        @Schema(description = "The notification type", examples = "ORDER_SHIPPED")
        String type,

        @Schema(description = "The author's description", examples = "An order has left the warehouse")
        String description,

        @Schema(description = "What customers switch on or off", examples = "order_updates")
        String category,

        @Schema(description = "Whether it is sent regardless of the customer's preferences", examples = "false")
        boolean mandatory,

        @Schema(
                description = "The version in use, also its ETag: v3 of the API's, or the fingerprint of the files",
                examples = "v3")
        String version,

        @Schema(description = "Where the texts come from", examples = "api")
        TemplateOrigin origin,

        @Schema(
                description = "Since when they are published; only for texts published through the API",
                examples = "2026-03-01T12:00:00Z")
        @Nullable
        Instant publishedAt,

        @Schema(
                description = "The key that published them; only for texts published through the API",
                examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
        @Nullable
        String publishedBy,

        @Schema(description = "In order of preference") List<ChannelView> channels,

        @Schema(description = "The variables the texts may use")
        List<VariableView> variables,

        @Schema(
                description = "File name to content; left out in lists",
                examples = "{\"sms.txt\": \"Your order {orderId} has shipped\"}")
        @Nullable
        Map<String, String> files) {

    /** Where a type's texts come from. */
    @RegisterForReflection
    public enum TemplateOrigin {
        API,
        FILE;

        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A channel the type has texts for. */
    @RegisterForReflection
    @Schema(name = "TemplateChannel", description = "A channel it has texts for.")
    record ChannelView(
            @Schema(description = "The channel", examples = "email")
            String channel,

            @Schema(
                    description =
                            "The languages it has texts in; the first one is the default, for customers who read none of the others",
                    examples = "[\"en\", \"de\"]")
            List<String> locales) {}

    /** A value the texts may use. */
    @RegisterForReflection
    @Schema(name = "TemplateVariable", description = "A variable the texts may use.")
    record VariableView(
            @Schema(description = "Its name in the context", examples = "orderId")
            String name,

            @Schema(description = "string, number, integer, boolean, list or timestamp", examples = "string")
            String type,

            @Schema(description = "Whether it is required", examples = "true")
            boolean required,

            @Schema(description = "Used to try the texts", examples = "ord-001") @Nullable
            Object example,

            @Schema(description = "The author's description", examples = "The order")
            String description) {}

    static TemplateView of(TypeFolder folder, @Nullable DocumentVersion published) {
        NotificationType type = folder.type();
        return new TemplateView(
                type.name(),
                type.description(),
                type.category(),
                type.mandatory(),
                folder.version(),
                published == null ? TemplateOrigin.FILE : TemplateOrigin.API,
                published == null ? null : published.at(),
                published == null ? null : published.by(),
                type.channels().stream()
                        .map(channel -> new ChannelView(channel, folder.locales(channel)))
                        .toList(),
                type.variables().entrySet().stream()
                        .map(one -> new VariableView(
                                one.getKey(),
                                one.getValue().kind().name().toLowerCase(Locale.ROOT),
                                one.getValue().required(),
                                one.getValue().example(),
                                one.getValue().description()))
                        .toList(),
                folder.text().files());
    }

    TemplateView withoutText() {
        return new TemplateView(
                type,
                description,
                category,
                mandatory,
                version,
                origin,
                publishedAt,
                publishedBy,
                channels,
                variables,
                null);
    }
}
