package dev.carillon.notification.publishing;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.delivery.sms.SmsSize;
import dev.carillon.notification.template.Inspection;
import dev.carillon.notification.template.Inspection.Finding;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a check of texts found. */
@RegisterForReflection
@Schema(name = "TemplateCheck", description = "All that is wrong or odd with the texts of a type.")
record TemplateCheckView(
        @Schema(description = "Whether they can be used", examples = "false")
        boolean ok,

        @Schema(description = "Why they cannot be used") List<TemplateFinding> errors,

        @Schema(description = "What can be used, and is most likely not what was meant")
        List<TemplateFinding> warnings,

        @Schema(description = "Each channel in each language, rendered with the examples; empty if there are errors")
        List<CheckedMessage> messages) {

    /** One finding and its place. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "TemplateFinding", description = "What is wrong or odd, and where.")
    record TemplateFinding(
            @Schema(description = "The file", examples = "email.de.html")
            String file,

            @Schema(description = "1-based; left out when it is about the whole file", examples = "2") @Nullable
            Integer line,

            @Schema(description = "1-based; left out when only the line is known", examples = "7") @Nullable
            Integer column,

            @Schema(description = "The variable it is about, if it is about one", examples = "ordrId") @Nullable
            String variable,

            @Schema(
                    description = "What it is",
                    examples = "ordrId is not among the type's variables; did you mean orderId?")
            String detail) {

        static TemplateFinding of(Finding found) {
            return new TemplateFinding(found.file(), found.line(), found.column(), found.variable(), found.detail());
        }
    }

    /** One channel in one language. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "CheckedMessage", description = "A message for one channel in one language.")
    record CheckedMessage(
            @Schema(description = "The channel", examples = "sms")
            String channel,

            @Schema(description = "The language", examples = "de")
            String locale,

            @Schema(
                    description = "Whether something was left out, because the channel carries no more",
                    examples = "false")
            boolean cut,

            @Schema(description = "How a text message is counted; left out on other channels") @Nullable
            SmsSize sms) {

        static CheckedMessage of(PreviewView preview) {
            return new CheckedMessage(preview.channel(), preview.locale(), preview.cut(), preview.sms());
        }
    }

    static TemplateCheckView of(Inspection found, List<CheckedMessage> messages) {
        return new TemplateCheckView(
                found.errors().isEmpty(),
                found.errors().stream().map(TemplateFinding::of).toList(),
                found.warnings().stream().map(TemplateFinding::of).toList(),
                messages);
    }
}
