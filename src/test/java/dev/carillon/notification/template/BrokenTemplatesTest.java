package dev.carillon.notification.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A broken file stops the start, and the message says which and where. */
class BrokenTemplatesTest {

    private static final String GOOD = "{word}";

    @Test
    void the_scratch_type_is_fine_when_nobody_bends_it() {
        assertThat(Scratch.saying(GOOD).templates().types())
                .extracting(NotificationType::name)
                .containsExactly("SCRATCH");
    }

    @Test
    void a_template_that_cannot_be_parsed() {
        refused(Scratch.saying("Hello\n{#if word}{/for}\nbye"), "notifications/SCRATCH/sms.txt:2: ");
        // What is never closed is noticed where the file ends.
        refused(
                Scratch.saying("Hello\n{#if word}\nbye"),
                "notifications/SCRATCH/sms.txt:3: ",
                "unterminated section [if]");
    }

    @Test
    void a_template_that_uses_a_variable_nobody_declared() {
        refused(Scratch.saying("Hello\n\n{wrod}"), "notifications/SCRATCH/sms.txt:3: ", "wrod");
    }

    @Test
    void a_template_that_takes_an_optional_variable_for_granted() {
        refused(
                Scratch.saying("{things.size}"),
                "notifications/SCRATCH/sms.txt:1: ",
                "SCRATCH rendered with its examples for [word]");
    }

    @Test
    void a_broken_layout_is_named_with_its_own_line() {
        Scratch scratch =
                Scratch.saying("{#include _layout/sms.txt}{word}{/include}").with("_layout/sms.txt", "a\n{nobody}");

        refused(scratch, "notifications/_layout/sms.txt:2: ", "SCRATCH");
    }

    @Test
    void a_file_that_the_index_names_but_is_not_there() {
        Scratch scratch = Scratch.saying(GOOD)
                .with("index.txt", "SCRATCH/type.yaml\nSCRATCH/sms.txt")
                .without("SCRATCH/sms.txt");

        refused(scratch, "notifications/SCRATCH/sms.txt is missing");
    }

    @Test
    void a_channel_without_its_templates() {
        refused(Scratch.saying(GOOD).without("SCRATCH/sms.txt"), "notifications/SCRATCH/sms.txt: is missing");
        refused(
                withType("channels: [sms]", "channels: [sms, email]").with("SCRATCH/email.txt", GOOD),
                "notifications/SCRATCH/email.subject.txt: is missing");
    }

    @Test
    void a_file_that_no_channel_reads() {
        refused(
                Scratch.saying(GOOD).with("SCRATCH/smss.txt", GOOD),
                "notifications/SCRATCH/smss.txt: belongs to none of the channels [sms]");
    }

    @Test
    void a_folder_without_a_type_file() {
        refused(Scratch.saying(GOOD).without("SCRATCH/type.yaml"), "notifications/SCRATCH/type.yaml: is missing");
    }

    @Test
    void a_type_file_with_a_misspelt_key_or_value() {
        refused(
                withType("category: news", "category: news\nmandatry: true"),
                "SCRATCH/type.yaml:3 at /: 'mandatry' is unknown");
        refused(
                withType("category: news", "category: olds"),
                "SCRATCH/type.yaml at /category: 'olds' is not in categories.yaml");
        refused(withType("category: news", "mandatory: true"), "SCRATCH/type.yaml:1 at /: 'category' is missing");
        refused(
                withType("type: string", "type: text"),
                "SCRATCH/type.yaml:",
                " at /variables/word/type: must be one of");
        refused(
                withType("required: true", "required: maybe"),
                "SCRATCH/type.yaml:",
                " at /variables/word/required: must be true or false");
        refused(withType("channels: [sms]", "channels: sms"), "SCRATCH/type.yaml:", " at /channels: must be a list");
        refused(withType("word:", "customer:"), "SCRATCH/type.yaml:", " at /variables/customer: a variable's name");
    }

    @Test
    void a_variable_without_a_fitting_example() {
        refused(withType("example: hello", "example: 12"), "at /variables/word/example: does not fit the type string");
        refused(withType("example: hello, ", ""), "at /variables/word: 'example' is missing");
    }

    @Test
    void a_yaml_file_that_is_no_yaml_or_says_a_thing_twice() {
        refused(
                Scratch.saying(GOOD).with("SCRATCH/type.yaml", "category: news\n  oops: ["),
                "notifications/SCRATCH/type.yaml:2: ");
        refused(
                withType("category: news", "category: news\ncategory: news"),
                "notifications/SCRATCH/type.yaml:3: 'category' is there twice");
        refused(
                Scratch.saying(GOOD).with("categories.yaml", "news: { description: News, commercial: yes please }"),
                "notifications/categories.yaml:1 at /news");
    }

    @Test
    void a_yaml_file_that_says_more_than_one_document_or_what_cannot_be_stored() {
        refused(withType("category: news", "category: news\n---\nmore: 1"), "one YAML document per file");
        refused(withType("example: hello", "example: \"a\\0b\""), "SCRATCH/type.yaml:", "the text must hold no ");
        refused(withType("example: hello", "example: *it"), "aliases (*it) are not allowed");
        refused(Scratch.saying(GOOD).with("SCRATCH/type.yaml", "# nothing"), "SCRATCH/type.yaml:1 at /: must be a map");
    }

    private static void refused(Scratch scratch, String... parts) {
        assertThatThrownBy(scratch::templates)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(parts);
    }

    private static Scratch withType(String from, String to) {
        Scratch scratch = Scratch.saying(GOOD);
        String type = scratch.read("SCRATCH/type.yaml");
        assertThat(type).contains(from);
        return scratch.with("SCRATCH/type.yaml", type.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to)));
    }
}
