package dev.carillon.notification.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.template.Rendered.NotRendered;
import dev.carillon.notification.template.Rendered.RenderedText;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a template must not be able to do, tried at start, where each is refused. */
class RestrictedEngineTest {

    @Test
    void loops_go_over_lists_and_maps() {
        Templates scratch = Scratch.saying("{#for t in things.orEmpty}{t_count}:{t.name}{#if t_hasNext}, {/if}{/for}")
                .with("SCRATCH/type.yaml", typeWithThings("[{name: a}]"))
                .templates();

        Rendered rendered = Scratch.rendered(
                scratch,
                Map.of("word", "x", "things", List.of(Map.of("name", "a"), Map.of("name", "b"))),
                Scratch.ALICE);

        assertThat(((RenderedText) rendered).text()).isEqualTo("1:a, 2:b");
    }

    @Test
    void no_loop_counts_up_to_a_number() {
        assertThatThrownBy(Scratch.saying("{#for i in 200000000}x{/for}")::templates)
                .hasMessageContaining("SCRATCH/sms.txt:1: A loop goes over a list or a map only");
        assertThatThrownBy(Scratch.saying("{#let n=200000000}{#for i in n}x{/for}{/let}")::templates)
                .hasMessageContaining("A loop goes over a list or a map only");
        assertThatThrownBy(Scratch.saying("{#for i in things.orEmpty.size}x{/for}")::templates)
                .hasMessageContaining("A loop goes over a list or a map only");
    }

    @Test
    void nested_loops_share_one_allowance() {
        Templates scratch = Scratch.saying(
                        "{#for a in things.orEmpty}{#for b in things}{#for c in things}x{/for}{/for}{/for}")
                .templates();

        Rendered rendered =
                Scratch.rendered(scratch, Map.of("word", "x", "things", Collections.nCopies(100, "y")), Scratch.ALICE);

        assertThat(rendered)
                .isEqualTo(new NotRendered(
                        Reason.VARIABLE_MISSING, "context", "the values cannot be rendered in SCRATCH/sms.txt:1"));
    }

    @Test
    void a_text_that_outgrows_its_limit_is_not_sent() {
        Templates scratch =
                Scratch.saying("{word}{#for a in things.orEmpty}{a}{/for}").templates();

        Rendered rendered = Scratch.rendered(
                scratch, Map.of("word", "x", "things", Collections.nCopies(100, "y".repeat(4096))), Scratch.ALICE);

        assertThat(rendered)
                .isEqualTo(new NotRendered(
                        Reason.VARIABLE_MISSING, "context", "the values cannot be rendered in SCRATCH/sms.txt"));
    }

    @Test
    void no_methods_of_java_objects() {
        assertThatThrownBy(Scratch.saying("{word.length}")::templates).hasMessageContaining("SCRATCH/sms.txt:1");
        assertThatThrownBy(Scratch.saying("{word.getClass}")::templates).hasMessageContaining("SCRATCH/sms.txt:1");
        assertThatThrownBy(Scratch.saying("{customer.getClass.name}")::templates)
                .hasMessageContaining("SCRATCH/sms.txt:1");
    }

    @Test
    void no_beans_no_configuration_no_evaluation_no_raw_text_no_foreign_files() {
        assertThatThrownBy(Scratch.saying("{inject:templates}")::templates)
                .hasMessageContaining("No namespace resolver");
        assertThatThrownBy(Scratch.saying("{cdi:templates}")::templates).hasMessageContaining("No namespace resolver");
        assertThatThrownBy(Scratch.saying("{config:'user.name'}")::templates)
                .hasMessageContaining("No namespace resolver");
        assertThatThrownBy(Scratch.saying("{str:eval('x')}")::templates).hasMessageContaining("No namespace resolver");
        assertThatThrownBy(Scratch.saying("{#eval word /}")::templates).hasMessageContaining("eval");
        assertThatThrownBy(Scratch.saying("{word.raw}")::templates).hasMessageContaining("raw");
        assertThatThrownBy(Scratch.saying("{#include SCRATCH/type.yaml /}")::templates)
                .hasMessageContaining("SCRATCH/type.yaml");
    }

    @Test
    void undeclared_variables_are_out_of_reach_even_when_a_caller_sends_them() {
        Templates scratch =
                Scratch.saying("{#if word == 'hello'}hello{#else}{secret}{/if}").templates();

        Rendered rendered = Scratch.rendered(scratch, Map.of("word", "bye", "secret", "s3cret"), Scratch.ALICE);

        assertThat(rendered)
                .isInstanceOfSatisfying(
                        NotRendered.class, no -> assertThat(no.name()).isEqualTo("secret"));
    }

    private static String typeWithThings(String example) {
        return """
                description: A type for a test
                category: news
                channels: [sms]
                variables:
                  word:   { type: string, required: true, example: hello, description: Any word }
                  things: { type: list, required: false, example: %s, description: Any list }
                """.formatted(example);
    }

    @Test
    void no_section_lies_too_deep_in_others() {
        for (int depth : new int[] {31, 1_000, 50_000}) {
            assertThatThrownBy(Scratch.saying("{#if word}".repeat(depth) + "x" + "{/if}".repeat(depth))::templates)
                    .isInstanceOf(InvalidTemplateException.class)
                    .hasMessageContaining("nested");
        }
    }

    @Test
    void no_loop_multiplies_a_layout_or_goes_through_too_long_a_body() {
        assertThatThrownBy(Scratch.saying("{#for t in things.orEmpty}{#include _layout/sms.txt}{t}{/include}{/for}")
                        .with("_layout/sms.txt", "{#insert}{/insert}")::templates)
                .hasMessageContaining("cannot be included in a loop");
        assertThatThrownBy(
                        Scratch.saying("{#for t in things.orEmpty}" + "{word}{t}".repeat(60_000) + "{/for}")::templates)
                .hasMessageContaining("more than 200000 steps");
    }
}
