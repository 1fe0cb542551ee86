package dev.carillon.notification.publishing;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.delivery.sms.SmsSize;
import dev.carillon.notification.size.SizeResult.Carried;
import dev.carillon.notification.template.Rendered.RenderedText;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A rendered preview. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "TemplatePreview", description = "Texts as a customer would read them.")
record PreviewView(
        @Schema(description = "The notification type", examples = "ORDER_SHIPPED")
        String type,

        @Schema(description = "The version of the texts", examples = "draft")
        String version,

        @Schema(description = "The channel", examples = "email")
        String channel,

        @Schema(description = "The language they are in", examples = "de")
        String locale,

        @Schema(
                description = "One line; left out where the channel has none",
                examples = "Ihre Bestellung ord-001 ist unterwegs")
        @Nullable
        String subject,

        @Schema(description = "Plain text", examples = "Ihre Bestellung ord-001 ist unterwegs.")
        String text,

        @Schema(
                description = "The same with mark-up; left out where the channel has none",
                examples = "<p>Ihre Bestellung …</p>")
        @Nullable
        String html,

        @Schema(description = "Whether something was left out, because the channel carries no more", examples = "false")
        boolean cut,

        @Schema(description = "How a text message is counted; left out on other channels") @Nullable
        SmsSize sms) {

    private static final String SMS = "sms";

    static PreviewView of(String type, String channel, Carried carried) {
        RenderedText content = carried.content();
        return new PreviewView(
                type,
                content.edition().version(),
                channel,
                content.edition().locale().toLanguageTag(),
                content.subject(),
                content.text(),
                content.html(),
                carried.cut(),
                channel.equals(SMS) ? SmsSize.of(content.text()) : null);
    }
}
