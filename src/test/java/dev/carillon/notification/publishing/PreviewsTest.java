package dev.carillon.notification.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.delivery.Channels;
import dev.carillon.notification.size.Sizes;
import dev.carillon.notification.template.Categories;
import dev.carillon.notification.template.InvalidTemplateException;
import dev.carillon.notification.template.NotificationType;
import dev.carillon.notification.template.Reader;
import dev.carillon.notification.template.Templates;
import dev.carillon.notification.template.TypeFolder;
import dev.carillon.notification.template.TypeText;
import dev.carillon.platform.rest.Problem.FieldError;
import dev.carillon.platform.rest.ProblemException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Drafts and what can be read of them, without a database. */
class PreviewsTest {

    private static final String TYPE_FILE = """
            description: A type for a test
            category: order_updates
            channels: [sms]
            variables:
              word: { type: string, required: true, example: hello, description: Any word }
              more: { type: number, required: false, example: 2, description: Any number }
            """;

    private final Templates templates = new Templates(new Categories());

    @Test
    void a_draft_without_a_type_file_leaves_the_type_as_it_is() {
        // Given
        var shipped = templates.folder("ORDER_SHIPPED").orElseThrow();

        // When
        var text = new DraftBody(Map.of("sms.txt", "Gone")).text("ORDER_SHIPPED", shipped);

        // Then
        assertThat(text.files().keySet()).containsExactly("sms.txt", "type.yaml");
        assertThat(text.files().get("type.yaml"))
                .isEqualTo(shipped.text().files().get("type.yaml"));
        assertThat(new DraftBody(Map.of("sms.txt", "Gone"))
                        .text("NEW", null)
                        .files()
                        .keySet())
                .containsExactly("sms.txt");
    }

    @Test
    void the_tag_of_a_draft_changes_with_every_file_and_with_nothing_else() {
        // Given
        var text = new TypeText("T", Map.of("a.txt", "x", "b.txt", "y"));

        // Then
        assertThat(new TypeText("T", Map.of("b.txt", "y", "a.txt", "x")).fingerprint())
                .isEqualTo(text.fingerprint());
        assertThat(List.of(
                        new TypeText("T", Map.of("a.txt", "x", "b.txt", "z")),
                        new TypeText("T", Map.of("a.txt", "x")),
                        new TypeText("T", Map.of("a.txt", "xb", ".txt", "y"))))
                .extracting(TypeText::fingerprint)
                .doesNotContain(text.fingerprint())
                .doesNotHaveDuplicates();
    }

    @Test
    void without_data_it_is_read_with_the_examples() {
        assertThat(preview(folder("{word} {more ?: 0} {customer.name ?: 'you'}"), request("sms", null))
                        .text())
                .isEqualTo("hello 2 you");
        assertThat(preview(folder("{word} {more ?: 0}"), request("sms", Map.of("word", "x")))
                        .text())
                .isEqualTo("x 0");
    }

    @Test
    void what_is_missing_is_named_wherever_it_should_have_been() {
        assertThat(refused(() -> preview(folder("{word}"), request("sms", Map.of("more", "many")))))
                .containsExactlyInAnyOrder(
                        new FieldError("is required", "/context/word"),
                        new FieldError("must be a number, not a string", "/context/more"));
        assertThat(refused(() -> preview(
                        folder("{word}{#if word == 'x'}{customer.tier.name}{/if}"),
                        request("sms", Map.of("word", "x")))))
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.pointer()).isEqualTo("/customer/tier/name");
                    assertThat(error.detail()).startsWith("customer.tier.name is missing in ");
                });
        assertThat(refused(() -> preview(folder("{word}"), request("email", null))))
                .containsExactly(new FieldError("is no channel of T; it has sms", "/channel"));
    }

    @Test
    void what_is_published_takes_the_place_of_the_files_words_until_it_is_taken_back() {
        // Given
        var before = templates.folder("ORDER_SHIPPED").orElseThrow();
        var text = new DraftBody(Map.of("sms.txt", "Gone", "email.subject.txt", "Gone", "email.txt", "Gone"))
                .text("ORDER_SHIPPED", before);

        // When
        templates.publish(List.of(templates.compile(text, "v1"), folder("Say {word}")));

        // Then
        assertThat(templates.folder("ORDER_SHIPPED").orElseThrow().version()).isEqualTo("v1");
        assertThat(templates.file("ORDER_SHIPPED")).containsSame(before);
        assertThat(templates.type("T")).isPresent();
        assertThat(templates.types()).extracting(NotificationType::name).isSorted();
        assertThat(templates
                        .render(
                                "ORDER_SHIPPED",
                                "sms",
                                new Reader(Locale.GERMAN, ZoneOffset.UTC, Map.of()),
                                Map.of("orderId", "o"))
                        .toString())
                .contains("4 characters");

        // When
        templates.publish(List.of());

        // Then
        assertThat(templates.folder("ORDER_SHIPPED")).containsSame(before);
        assertThat(templates.type("T")).isEmpty();
    }

    @Test
    void a_layout_of_the_files_goes_around_words_of_the_api() {
        // Given
        var files = Map.of(
                "type.yaml",
                TYPE_FILE.replace("[sms]", "[email]"),
                "email.subject.txt",
                "s",
                "email.txt",
                "t",
                "email.html",
                "{#include _layout/email.html}{#title}{word}{/title}<p>{word}</p>{/include}",
                "email.subject.de.txt",
                "s",
                "email.de.txt",
                "t",
                "email.de.html",
                "{#include _layout/email.html}{#title}{word}{/title}<p>{word}</p>{/include}");

        // When
        var folder = templates.compile(new TypeText("T", files), "v1");

        // Then
        assertThat(preview(folder, new PreviewRequest("email", "de", null, Map.of("word", "<b>"), null, null, null))
                        .html())
                .contains("<p>&lt;b&gt;</p>", "lang=\"de\"", "Vielen Dank");
        assertThat(preview(folder, request("email", null)).html()).contains("<p>hello</p>", "lang=\"en\"", "Thank you");
        assertThatThrownBy(() -> templates.compile(
                        new TypeText(
                                "T",
                                Map.of(
                                        "type.yaml",
                                        TYPE_FILE,
                                        "sms.txt",
                                        "{#include ORDER_SHIPPED/sms.txt}{/include}")),
                        "v1"))
                .isInstanceOf(InvalidTemplateException.class);
    }

    private static PreviewView preview(TypeFolder folder, PreviewRequest request) {
        return Previews.preview(folder, request, ZoneOffset.UTC, new Sizes(new Channels(List.of())));
    }

    private TypeFolder folder(String sms) {
        return templates.compile(new TypeText("T", Map.of("type.yaml", TYPE_FILE, "sms.txt", sms)), "draft");
    }

    private static PreviewRequest request(String channel, @Nullable Map<String, Object> context) {
        return new PreviewRequest(channel, null, null, context, null, null, null);
    }

    private static List<FieldError> refused(ThrowingCallable preview) {
        return catchThrowableOfType(ProblemException.class, preview).problem().errors();
    }
}
