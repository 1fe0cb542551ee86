package journeys;

import static org.assertj.core.api.Assertions.assertThat;

import generated.api.TemplatesApi;
import generated.model.TemplateChangeKind;
import generated.model.TemplateDraft;
import generated.model.TemplateFiles;
import generated.model.TemplateOrigin;
import generated.model.TemplatePreviewRequest;
import generated.model.TemplateRollback;
import generated.model.TemplateVariable;
import java.net.URI;
import java.util.Map;
import java.util.UUID;

/** Words: drafted, read, published, had again. */
public class Templates extends Caller {

    private static final String TYPE_FILE = """
            description: Made by a client
            category: order_updates
            channels: [email]
            variables:
              word: { type: string, required: true, example: hello, description: What to say }
            """;

    private final TemplatesApi templates;

    public Templates(URI service, String key) {
        super(service, key);
        templates = new TemplatesApi(client);
    }

    public void those_that_come_with_the_service_say_what_they_need() throws Exception {
        var shipped = templates.getTemplate("ORDER_SHIPPED");

        assertThat(shipped.getOrigin()).isEqualTo(TemplateOrigin.FILE);
        assertThat(shipped.getMandatory()).isFalse();
        assertThat(shipped.getVariables()).extracting(TemplateVariable::getName).contains("orderId", "carrier");
        assertThat(shipped.getVariables().get(0).getRequired()).isTrue();
        assertThat(shipped.getVariables().get(0).getExample()).isEqualTo("ord-001");
        assertThat(shipped.getFiles()).containsKeys("email.txt", "sms.de.txt");
        assertThat(templates.listTemplates()).extracting(one -> one.getType()).contains("ORDER_SHIPPED", "PAYMENT_FAILED");
    }

    public void words_are_drafted_previewed_published_and_rolled_back() throws Exception {
        var type = "T" + UUID.randomUUID().toString().replace("-", "").toUpperCase();
        var draft = templates.putTemplateDraft(type, words("One"), null, null);
        assertThat(templates.listTemplateDrafts()).extracting(TemplateDraft::getType).contains(type);
        assertThat(templates.getTemplateDraft(type).getFiles()).containsEntry("email.txt", "One {word}");
        assertThat(templates.getTemplateDraft(type).getDraftedAt()).isEqualTo(draft.getDraftedAt());

        var preview = templates.previewTemplate(type, new TemplatePreviewRequest().channel("email").version("draft").context(Map.of("word", "now")));

        assertThat(preview.getText()).isEqualTo("One now\n");
        assertThat(preview.getSubject()).isEqualTo("One");
        assertThat(preview.getHtml()).isNull();
        assertThat(problem(412, () -> templates.publishTemplate(type, null, "\"000000000000\"", null)).getDetail()).isNotBlank();
        var published = templates.publishTemplate(type, null, '"' + draft.getTag() + '"', null);
        assertThat(published.getVersion()).isEqualTo("v1");
        assertThat(published.getOrigin()).isEqualTo(TemplateOrigin.API);
        assertThat(templates.getTemplate(type)).isEqualTo(published);
        templates.putTemplateDraft(type, words("Two"), null, null);
        assertThat(templates.publishTemplate(type, null, null, null).getVersion()).isEqualTo("v2");
        assertThat(templates.getTemplateVersion(type, "v1").getFiles()).containsEntry("email.txt", "One {word}");
        assertThat(templates.rollBackTemplate(type, new TemplateRollback().version("v1"), null, null, null).getVersion()).isEqualTo("v1");
        assertThat(templates.getTemplateHistory(type, 10)).extracting(change -> change.getChange()).contains(TemplateChangeKind.PUBLISHED);
        templates.resetTemplate(type, null, null);
        problem(404, () -> templates.getTemplate(type));
    }

    public void a_missing_variable_is_named() throws Exception {
        var refused = problem(422, () -> templates.previewTemplate("ORDER_SHIPPED", new TemplatePreviewRequest().channel("sms").context(Map.of("carrier", "UPS"))));

        assertThat(refused.getErrors()).singleElement().satisfies(error -> assertThat(error.getPointer()).isEqualTo("/context/orderId"));
    }

    public void words_that_do_not_compile_are_shown_by_line_and_column() throws Exception {
        var refused = problem(422, () -> templates.putTemplateDraft("BROKEN", new TemplateFiles().files(
                Map.of("type.yaml", TYPE_FILE, "email.subject.txt", "Hi", "email.txt", "First\nthen {wrod}")), null, null));

        assertThat(refused.getErrors()).singleElement().satisfies(error -> {
            assertThat(error.getPointer()).isEqualTo("/files/email.txt");
            assertThat(error.getLine()).isEqualTo(2);
            assertThat(error.getColumn()).isPositive();
        });
    }

    private static TemplateFiles words(String word) {
        return new TemplateFiles().files(Map.of("type.yaml", TYPE_FILE, "email.subject.txt", word, "email.txt", word + " {word}"));
    }
}
