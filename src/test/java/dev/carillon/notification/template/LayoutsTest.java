package dev.carillon.notification.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.notification.template.Rendered.RenderedText;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Layouts that take the place of the files' ones. */
class LayoutsTest {

    private final Templates templates = Scratch.saying("{#include _layout/sms.txt}{word}{/include}")
            .with("_layout/sms.txt", "file: {#insert}{/insert}")
            .with("_layout/page.html", "of web pages")
            .templates();

    @Test
    void are_listed_with_who_uses_them_and_without_that_of_web_pages() {
        assertThat(templates.layouts())
                .containsExactly(new Layout(layout("file: {#insert}{/insert}"), false, List.of("SCRATCH")));
    }

    @Test
    void a_published_one_is_around_all_texts_of_files_and_published_ones_until_it_is_gone() {
        // Given
        templates.publish(List.of(templates.compile(
                new TypeText(
                        "OTHER",
                        templates.folder("SCRATCH").orElseThrow().text().files()),
                "v1")));

        // When
        templates.useLayouts(List.of(layout("api: {#insert}{/insert}")));

        // Then
        assertThat(said("SCRATCH")).isEqualTo("api: hello");
        assertThat(said("OTHER")).isEqualTo("api: hello");
        assertThat(templates.layout("sms").orElseThrow().published()).isTrue();

        // When
        templates.useLayouts(List.of());

        // Then
        assertThat(said("SCRATCH")).isEqualTo("file: hello");
        assertThat(said("OTHER")).isEqualTo("file: hello");
    }

    @Test
    void a_type_that_was_compiled_before_is_published_in_the_layout_in_use() {
        // Given
        var before = templates.compile(
                new TypeText(
                        "OTHER",
                        templates.folder("SCRATCH").orElseThrow().text().files()),
                "v1");
        templates.useLayouts(List.of(layout("api: {#insert}{/insert}")));

        // When
        templates.publish(List.of(before));

        // Then
        assertThat(said("OTHER")).isEqualTo("api: hello");
    }

    @Test
    void one_that_breaks_a_type_is_named_with_it_and_changes_nothing() {
        // Given
        var broken = layout("api: {brand} {#insert}{/insert}");

        // Then
        assertThat(templates.brokenBy("sms", broken, () -> false))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.type()).isEqualTo("SCRATCH");
                    assertThat(one.why().path()).isEqualTo("_layout/sms.txt");
                    assertThat(one.why().line()).isEqualTo(1);
                    assertThat(one.why().detail()).contains("brand");
                });
        assertThat(templates.brokenBy("sms", layout("fine"), () -> false)).isEmpty();
        assertThatThrownBy(() -> templates.useLayouts(List.of(broken))).isInstanceOf(InvalidTemplateException.class);
        assertThat(said("SCRATCH")).isEqualTo("file: hello");
    }

    @Test
    void what_no_type_could_use_is_refused_with_its_place() {
        assertThatThrownBy(() -> templates.checkLayout(layout("one\n{#if}")))
                .hasMessageStartingWith("notifications/_layout/sms.txt:2: ");
        assertThatThrownBy(() -> templates.checkLayout(new TypeText("sms", Map.of("email.html", "fine"))))
                .hasMessageContaining("is no file of the layout sms");
        assertThatThrownBy(() -> templates.checkLayout(new TypeText("page", Map.of("page.html", "fine"))))
                .hasMessageContaining("is no file of the layout page");
    }

    private String said(String type) {
        return ((RenderedText)
                        templates.render(templates.type(type).orElseThrow(), "sms", Map.of("word", "hello"), Map.of()))
                .text();
    }

    private static TypeText layout(String sms) {
        return new TypeText("sms", Map.of("sms.txt", sms));
    }
}
