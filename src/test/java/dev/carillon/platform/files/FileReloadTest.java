package dev.carillon.platform.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileReloadTest {

    private final Texts texts = new Texts();

    @Test
    void a_change_is_taken_once_when_two_looks_in_a_row_see_the_same() {
        // When
        texts.say("begun", "half", "whole", "whole", "whole");

        // Then
        assertThat(texts.taken).containsExactly("whole");
    }

    @Test
    void what_goes_back_before_it_has_come_to_rest_is_no_change() {
        // When
        texts.say("other", "begun", "begun");

        // Then
        assertThat(texts.taken).isEmpty();
    }

    @Test
    void what_is_refused_is_tried_again_because_what_is_missing_may_come() {
        // When
        texts.say("broken", "broken", "broken");
        assertThat(texts.refused).containsExactly("broken", "broken");
        texts.usable = true;
        texts.say("broken", "broken");

        // Then
        assertThat(texts.taken).containsExactly("broken");
    }

    @Test
    void what_could_not_be_read_is_taken_when_it_can() {
        // When
        texts.say("begun", null, "begun", "begun");

        // Then
        assertThat(texts.refused).containsExactly("away");
        assertThat(texts.taken).containsExactly("begun");
    }

    private static final class Texts extends FileReload<String> {

        private final List<String> taken = new ArrayList<>();
        private final List<String> refused = new ArrayList<>();
        private String now;
        private boolean usable;

        private Texts() {
            super("begun");
        }

        private void say(String... each) {
            for (var one : each) {
                now = one;
                look();
            }
        }

        @Override
        protected String read() {
            if (now == null) {
                throw new UncheckedIOException("away", new IOException());
            }
            return now;
        }

        @Override
        protected List<String> take(String files) {
            if (files.equals("broken") && !usable) {
                return List.of(files);
            }
            taken.add(files);
            return List.of();
        }

        @Override
        protected void refused(List<String> problems) {
            refused.addAll(problems);
        }
    }
}
